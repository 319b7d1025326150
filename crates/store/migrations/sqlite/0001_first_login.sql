-- The first login. Times are milliseconds since 1970; ids are text, a prefix and a UUIDv7.
-- Tenant tables: the primary key begins with client_id, and so does every index, so that the schema can be
-- distributed by client. Phones and end users are found by keyed hashes and kept sealed; secrets, tokens
-- and codes are not here at all.

-- Customer accounts.
CREATE TABLE clients (
    client_id TEXT NOT NULL,           -- CLNT-<uuid>
    name TEXT NOT NULL,                -- for people; not unique
    version INTEGER NOT NULL,          -- grows with every change to the client's secrets or apps; caches compare it
    created_at INTEGER NOT NULL,       -- ms
    PRIMARY KEY (client_id)
) STRICT, WITHOUT ROWID;

-- Bearer keys of clients' backends.
CREATE TABLE api_secrets (
    client_id TEXT NOT NULL,           -- whose it is
    secret_id TEXT NOT NULL,           -- SCRT-<uuid>; names it without revealing it
    secret_hash BLOB NOT NULL,         -- SHA-256 of the secret, 32 bytes
    hint TEXT NOT NULL,                -- last four characters, for people to recognise it by
    created_at INTEGER NOT NULL,       -- ms
    revoked_at INTEGER,                -- ms; NULL while it is live
    PRIMARY KEY (client_id, secret_id),
    FOREIGN KEY (client_id) REFERENCES clients (client_id)
) STRICT, WITHOUT ROWID;

-- Containers of settings, one per site.
CREATE TABLE apps (
    client_id TEXT NOT NULL,           -- whose it is
    app_id TEXT NOT NULL,              -- APPX-<uuid>
    settings TEXT NOT NULL,            -- JSON, written and read by core
    revision INTEGER NOT NULL,         -- grows by 1 with every update; an update names the one it has seen
    created_at INTEGER NOT NULL,       -- ms
    updated_at INTEGER NOT NULL,       -- ms; when the settings last changed
    PRIMARY KEY (client_id, app_id),
    FOREIGN KEY (client_id) REFERENCES clients (client_id)
) STRICT, WITHOUT ROWID;

-- The key ring of the whole installation; opens nothing without the master key. Not a tenant table.
CREATE TABLE key_ring (
    key_id TEXT NOT NULL,              -- RKEY-<uuid>
    purpose TEXT NOT NULL,             -- what for, core's word
    generation INTEGER NOT NULL,       -- counts up per purpose, from 1
    not_before INTEGER NOT NULL,       -- ms; from when it makes new things
    not_after INTEGER,                 -- ms; from when it is no longer accepted; NULL: no end set
    wrapped BLOB NOT NULL,             -- the material, sealed under the master key
    created_at INTEGER NOT NULL,       -- ms
    PRIMARY KEY (key_id),
    UNIQUE (purpose, generation)
) STRICT, WITHOUT ROWID;

-- Logins. What belongs to one (challenges, attempts, messages) has no foreign key to it: the guards of a change set say more,
-- and on PostgreSQL each key would lock the action's row once more. Retention deletes those with it.
CREATE TABLE actions (
    client_id TEXT NOT NULL,           -- whose it is
    action_id TEXT NOT NULL,           -- ACTN-<uuid>, the jti of its access token
    app_id TEXT NOT NULL,              -- in this app, which may be gone meanwhile
    mode TEXT NOT NULL,                -- sandbox | live, as the app was
    purpose TEXT NOT NULL              -- what it is for
        CHECK (purpose IN ('login', 'factors')),
    end_user_hash BLOB NOT NULL,       -- keyed hash of end_user_uuid, 32 bytes
    phone_hash BLOB NOT NULL,          -- keyed hash of the phone number, 32 bytes
    sealed BLOB NOT NULL,              -- phone number, end_user_uuid, redirect_uri; bound to this action
    language TEXT NOT NULL,            -- BCP 47
    region TEXT NOT NULL,              -- which base URL serves the widget
    status TEXT NOT NULL               -- where it is
        CHECK (status IN ('open', 'passed', 'cancelled')),
    proven TEXT NOT NULL,              -- channels that passed in it, in order, with commas between them; '' for none
    sends INTEGER NOT NULL,            -- messages so far; also the number of the next step
    extensions INTEGER NOT NULL,       -- how often more time was given
    phone_changed INTEGER NOT NULL,    -- 1 when the end user last passed with another number, else 0
    country TEXT NOT NULL,             -- of the phone number, ISO 3166-1
    created_at INTEGER NOT NULL,       -- ms
    expires_at INTEGER NOT NULL,       -- ms; over from this moment on
    ended_at INTEGER,                  -- ms; when it passed or was cancelled
    offered TEXT NOT NULL,             -- what it could begin with and what not, core's words
    trust TEXT,                        -- what was decided about a trusted device, core's words; NULL: the app wants none
    PRIMARY KEY (client_id, action_id)
) STRICT, WITHOUT ROWID;

-- Uses of a channel. A code that is sent is derived from the seed under a ring key, and stored nowhere; where a factor
-- proves, there is neither.
CREATE TABLE challenges (
    client_id TEXT NOT NULL,           -- whose it is
    action_id TEXT NOT NULL,           -- in this action
    challenge_id TEXT NOT NULL,        -- CHLG-<uuid>
    step INTEGER NOT NULL,             -- the action's sends when it was made or, for a factor, last chosen
    channel TEXT NOT NULL,             -- how the code travels, or which kind of factor proves
    seed BLOB,                         -- 16 random bytes; NULL where a factor proves
    code_key_id TEXT,                  -- the ring key that derives the code; NULL where a factor proves
    digits INTEGER NOT NULL,           -- length of the code
    max_attempts INTEGER NOT NULL,     -- checks allowed
    attempts INTEGER NOT NULL,         -- checks so far, counted before a verdict is told
    created_at INTEGER NOT NULL,       -- ms; for a factor, when it was last chosen
    expires_at INTEGER NOT NULL,       -- ms; over from this moment on
    consumed_at INTEGER,               -- ms; when the code was used; NULL before
    PRIMARY KEY (client_id, action_id, challenge_id),
    CHECK (attempts <= max_attempts),
    CHECK ((seed IS NULL) = (code_key_id IS NULL))
) STRICT, WITHOUT ROWID;

-- Counted checks, so that the very same form gets the same answer again. The row comes first in its change set, and a
-- challenge that is not there is then a refusal.
CREATE TABLE challenge_attempts (
    client_id TEXT NOT NULL,           -- whose it is
    action_id TEXT NOT NULL,           -- in this action
    challenge_id TEXT NOT NULL,        -- at this challenge
    fingerprint BLOB NOT NULL,         -- keyed hash of form and input, 32 bytes
    verdict TEXT NOT NULL              -- what core found
        CHECK (verdict IN ('right', 'wrong', 'malformed', 'used', 'clock_off')),
    created_at INTEGER NOT NULL,       -- ms
    PRIMARY KEY (client_id, action_id, challenge_id, fingerprint)
) STRICT, WITHOUT ROWID;

-- End users as they were when they last passed, or were brought along from another system.
CREATE TABLE end_users (
    client_id TEXT NOT NULL,           -- whose it is
    app_id TEXT NOT NULL,              -- of this app
    mode TEXT NOT NULL,                -- sandbox and live are two worlds
    end_user_hash BLOB NOT NULL,       -- keyed hash of end_user_uuid, 32 bytes
    user_id TEXT NOT NULL,             -- USER-<uuid>, a name of ours
    phone_hash BLOB,                   -- keyed hash of the number that last passed, 32 bytes; NULL: none did yet
    sealed_phone BLOB,                 -- that number
    sealed_uuid BLOB NOT NULL,         -- end_user_uuid; opens in this row only
    created_at INTEGER NOT NULL,       -- ms; when they became known
    last_passed_at INTEGER,            -- ms; NULL: never yet
    last_channel TEXT,                 -- by which channel; NULL: never yet
    PRIMARY KEY (client_id, app_id, mode, end_user_hash),
    CHECK ((phone_hash IS NULL) = (sealed_phone IS NULL)),
    CHECK ((last_passed_at IS NULL) = (last_channel IS NULL))
) STRICT, WITHOUT ROWID;

-- By the name of ours, which addresses hold.
CREATE UNIQUE INDEX end_users_by_id ON end_users (client_id, user_id);
-- An app's, page by page, for statements that say so by this condition, which is true of all: to others it would look as good a way
-- to one end user as the primary key. Neither index is written to when somebody known passes.
CREATE INDEX end_users_by_app ON end_users (client_id, app_id, mode, user_id) WHERE user_id > '';

-- What end users enrolled, but for their phones. Each is of an end user who has a row above.
CREATE TABLE factors (
    client_id TEXT NOT NULL,           -- whose it is
    app_id TEXT NOT NULL,              -- of this app
    mode TEXT NOT NULL,                -- sandbox and live are two worlds
    end_user_hash BLOB NOT NULL,       -- of this end user, 32 bytes
    factor_id TEXT NOT NULL,           -- FCTR-<uuid>
    channel TEXT NOT NULL              -- by which it proves
        CHECK (channel IN ('totp', 'webauthn')),
    lookup_hash BLOB NOT NULL,         -- keyed hash of the secret or credential id, 32 bytes: nothing is enrolled twice
    sealed BLOB NOT NULL,              -- secret or credential; opens in this row only
    sealed_name BLOB,                  -- what the end user calls it; NULL: nothing. Opens in this row only
    position INTEGER NOT NULL,         -- totp: the last step that was accepted; webauthn: the signature counter
    created_at INTEGER NOT NULL,       -- ms; when it was enrolled
    last_used_at INTEGER,              -- ms; NULL: never yet
    PRIMARY KEY (client_id, app_id, mode, end_user_hash, factor_id)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX factors_by_lookup
    ON factors (client_id, app_id, mode, end_user_hash, channel, lookup_hash);

-- Codes for the day on which a device is lost: a set for each end user, each code good once.
CREATE TABLE backup_codes (
    client_id TEXT NOT NULL,           -- whose it is
    app_id TEXT NOT NULL,              -- of this app
    mode TEXT NOT NULL,                -- sandbox and live are two worlds
    end_user_hash BLOB NOT NULL,       -- of this end user, 32 bytes
    code_hash BLOB NOT NULL,           -- keyed hash of the code, 32 bytes
    handed_out_in TEXT NOT NULL,       -- ACTN-<uuid>; the set is the one of this login
    created_at INTEGER NOT NULL,       -- ms; when it was handed out
    consumed_at INTEGER,               -- ms; when it passed; NULL: never yet
    PRIMARY KEY (client_id, app_id, mode, end_user_hash, code_hash)
) STRICT, WITHOUT ROWID;

-- Browsers that end users chose to trust: each row is one end user's trust in one browser. Neither the browser's token nor
-- anything else about it is here.
CREATE TABLE trusted_devices (
    client_id TEXT NOT NULL,           -- whose it is
    app_id TEXT NOT NULL,              -- of this app
    mode TEXT NOT NULL,                -- sandbox and live are two worlds
    end_user_hash BLOB NOT NULL,       -- of this end user, 32 bytes
    device_id TEXT NOT NULL,           -- DEVC-<uuid>
    token_hash BLOB NOT NULL,          -- SHA-256 of what the browser keeps, 32 bytes; of other end users it is the same
    phone_hash BLOB NOT NULL,          -- keyed hash of the number that the login named, 32 bytes
    country TEXT,                      -- of the address, as a proxy said; NULL: none did
    in_action TEXT NOT NULL,           -- the login in which it was last trusted, or stood in
    created_at INTEGER NOT NULL,       -- ms; when it was first trusted
    trusted_at INTEGER NOT NULL,       -- ms; when it was last trusted
    expires_at INTEGER NOT NULL,       -- ms; not trusted from this moment on
    last_used_at INTEGER,              -- ms; when it last stood in; NULL: never yet
    revoked_at INTEGER,                -- ms; when the trust was taken back; NULL while it is not
    PRIMARY KEY (client_id, app_id, mode, end_user_hash, device_id)
) STRICT, WITHOUT ROWID;

-- By what a browser shows.
CREATE UNIQUE INDEX trusted_devices_by_token
    ON trusted_devices (client_id, token_hash, app_id, mode, end_user_hash);

-- What may leave.
CREATE INDEX trusted_devices_by_end ON trusted_devices (client_id, expires_at);

-- One-time links that were opened. Each leads to the pages on which end users look after their factors.
CREATE TABLE factor_links (
    client_id TEXT NOT NULL,           -- whose it is
    action_id TEXT NOT NULL,           -- ACTN-<uuid>; the action that may begin by it
    fingerprint BLOB NOT NULL,         -- keyed hash of the form that opened it, 32 bytes: the very same is answered again
    opened_at INTEGER NOT NULL,        -- ms; when
    expires_at INTEGER NOT NULL,       -- ms; when the link is over
    PRIMARY KEY (client_id, action_id)
) STRICT, WITHOUT ROWID;


-- Uses of WebAuthn in a login: a challenge that the browser's answer must sign.
CREATE TABLE ceremonies (
    client_id TEXT NOT NULL,           -- whose it is
    action_id TEXT NOT NULL,           -- in this action
    ceremony_id TEXT NOT NULL,         -- CHLG-<uuid>
    kind TEXT NOT NULL                 -- a passkey is made or used
        CHECK (kind IN ('create', 'get')),
    sealed BLOB NOT NULL,              -- options for the browser, and what judging its answer needs
    created_at INTEGER NOT NULL,       -- ms
    expires_at INTEGER NOT NULL,       -- ms; over from this moment on
    consumed_at INTEGER,               -- ms; when an answer was judged; NULL before
    PRIMARY KEY (client_id, action_id, ceremony_id)
) STRICT, WITHOUT ROWID;

-- Failures in a row, across actions; only success or an operator's reset brings them to 0.
CREATE TABLE failure_counters (
    client_id TEXT NOT NULL,           -- whose it is
    app_id TEXT NOT NULL,              -- of this app
    mode TEXT NOT NULL,                -- sandbox | live
    end_user_hash BLOB NOT NULL,       -- whose failures, 32 bytes
    channel TEXT NOT NULL,             -- on this channel
    failures INTEGER NOT NULL,         -- how many
    last_failure_at INTEGER,           -- ms; NULL when there is none
    PRIMARY KEY (client_id, app_id, mode, end_user_hash, channel)
) STRICT, WITHOUT ROWID;

-- Success tokens. They outlive their action's row, so they copy what a redemption tells.
CREATE TABLE success_tokens (
    client_id TEXT NOT NULL,           -- whose it is
    action_id TEXT NOT NULL,           -- the action that passed
    app_id TEXT NOT NULL,              -- for this app
    token_hash BLOB NOT NULL,          -- SHA-256 of the token, 32 bytes
    mode TEXT NOT NULL,                -- sandbox | live
    end_user_hash BLOB NOT NULL,       -- who passed, 32 bytes
    sealed BLOB NOT NULL,              -- the action's sealed part
    channels TEXT NOT NULL,            -- those passed, in order, with commas between them
    phone_changed INTEGER NOT NULL,    -- as the action says, 0 or 1
    passed_at INTEGER NOT NULL,        -- ms
    expires_at INTEGER NOT NULL,       -- ms; over from this moment on
    consumed_at INTEGER,               -- ms; when it was redeemed; NULL before
    PRIMARY KEY (client_id, action_id)
) STRICT, WITHOUT ROWID;

-- Limits, one row per key. Not a tenant table: some keys are over all clients. No index by time: each use would move
-- its row in it, while purging can as well go through the keys.
CREATE TABLE limits (
    limit_key TEXT NOT NULL,           -- which limit, for whom
    tat INTEGER NOT NULL,              -- ms; theoretical arrival time of GCRA
    PRIMARY KEY (limit_key)
) STRICT, WITHOUT ROWID;

-- Messages on their way.
CREATE TABLE outbox (
    client_id TEXT NOT NULL,           -- whose it is
    message_id TEXT NOT NULL,          -- MESG-<uuid>
    app_id TEXT NOT NULL,              -- from this app
    action_id TEXT NOT NULL,           -- in this action, which holds the phone number; a notice that comes of no login
                                       -- has an id of its own here
    challenge_id TEXT,                 -- with the code of this challenge; NULL: a notice, of which more is below
    step INTEGER NOT NULL,             -- the how-manieth message of its action; 0 for a notice
    mode TEXT NOT NULL,                -- sandbox messages stay in the building
    channel TEXT NOT NULL,             -- how it travels
    status TEXT NOT NULL               -- where it is; 'unknown' is never sent again by itself, and 'delivered' and
                                       -- 'failed', which a provider's receipt may tell after 'sent', are final
        CHECK (status IN ('pending', 'sending', 'sent', 'delivered', 'failed', 'unknown')),
    reason TEXT,                       -- why it failed, or why nobody knows
    tries INTEGER NOT NULL,            -- how often a worker took it
    lease_until INTEGER,               -- ms; while 'sending': when its worker counts as gone
    next_try_at INTEGER NOT NULL,      -- ms; not before
    created_at INTEGER NOT NULL,       -- ms
    sent_at INTEGER,                   -- ms; when a provider took it
    settled_at INTEGER,                -- ms; when it was known to have arrived, failed or got lost
    PRIMARY KEY (client_id, message_id)
) STRICT, WITHOUT ROWID;

-- What the worker looks for; finished rows are not in these.
CREATE INDEX outbox_due ON outbox (client_id, next_try_at) WHERE status = 'pending';
CREATE INDEX outbox_leases ON outbox (client_id, lease_until) WHERE status = 'sending';
-- How an action's messages fare.
CREATE INDEX outbox_by_action ON outbox (client_id, action_id, step);

-- What is told to end users when the ways into their account change. Each has a row in the outbox, of the same ids.
CREATE TABLE notices (
    client_id TEXT NOT NULL,           -- whose it is
    action_id TEXT NOT NULL,           -- as in the outbox
    message_id TEXT NOT NULL,          -- the outbox's id of it
    notice TEXT NOT NULL,              -- what is told, core's word
    end_user_hash BLOB NOT NULL,       -- keyed hash of end_user_uuid, 32 bytes
    sealed BLOB NOT NULL,              -- the phone number that was known, and whose it is
    language TEXT NOT NULL,            -- BCP 47
    created_at INTEGER NOT NULL,       -- ms
    PRIMARY KEY (client_id, action_id, message_id)
) STRICT, WITHOUT ROWID;

-- What was done to end users' ways in, by whom. Nothing personal is in it.
CREATE TABLE audit (
    client_id TEXT NOT NULL,           -- whose it is
    audit_id TEXT NOT NULL,            -- AUDT-<uuid>
    app_id TEXT NOT NULL,              -- in this app, which may be gone meanwhile
    mode TEXT NOT NULL,                -- sandbox | live
    user_id TEXT NOT NULL,             -- about this end user, who may be erased meanwhile
    deed TEXT NOT NULL,                -- what was done, core's word
    detail TEXT NOT NULL,              -- to what, or why; empty: nothing more to say
    actor TEXT NOT NULL,               -- who did it, core's word
    created_at INTEGER NOT NULL,       -- ms
    PRIMARY KEY (client_id, audit_id)
) STRICT, WITHOUT ROWID;

-- All that was done to an end user.
CREATE INDEX audit_by_user ON audit (client_id, user_id, audit_id);

-- The sandbox's inbox: codes in clear, of sandbox apps only. No foreign key, so nothing cascades to it: rows
-- stay until retention deletes them by age.
CREATE TABLE sandbox_messages (
    client_id TEXT NOT NULL,           -- whose it is
    app_id TEXT NOT NULL,              -- in this app's inbox
    message_id TEXT NOT NULL,          -- the outbox's id of it
    channel TEXT NOT NULL,             -- how it would have travelled
    phone_hash BLOB NOT NULL,          -- keyed hash of the phone number, 32 bytes
    end_user_hash BLOB NOT NULL,       -- keyed hash of end_user_uuid, 32 bytes
    sealed BLOB NOT NULL,              -- phone number and end_user_uuid
    body TEXT NOT NULL,                -- what the phone would show
    code TEXT NOT NULL,                -- the code in it
    created_at INTEGER NOT NULL,       -- ms; when it arrived
    PRIMARY KEY (client_id, app_id, message_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX sandbox_messages_by_phone
    ON sandbox_messages (client_id, app_id, phone_hash, message_id);

-- Another installation is being copied into this database. While there is a row nobody may serve from it. Not a
-- tenant table.
CREATE TABLE unfinished_copies (
    begun_at INTEGER NOT NULL,         -- ms; when
    PRIMARY KEY (begun_at)
) STRICT, WITHOUT ROWID;

-- What remains of logins once they leave: how many began in an hour, and what became of them.
CREATE TABLE login_hours (
    client_id TEXT NOT NULL,           -- whose they were
    hour INTEGER NOT NULL,             -- ms; the first moment of the hour (UTC) in which they started
    app_id TEXT NOT NULL,              -- in this app, which may be gone meanwhile
    mode TEXT NOT NULL,                -- sandbox | live
    channel TEXT NOT NULL,             -- by which they passed ('trusted_device': none was needed), or the last that was tried; 'none' where none was
    country TEXT NOT NULL,             -- of the phone number, ISO 3166-1
    outcome TEXT NOT NULL              -- what became of them
        CHECK (outcome IN ('passed', 'cancelled', 'expired')),
    latency INTEGER NOT NULL,          -- s; from start to end at most 5, 10, 20, 40, …; 0 where time ran out
    logins INTEGER NOT NULL,           -- how many
    wrong_codes INTEGER NOT NULL,      -- codes in them that were judged and not right, on whichever channel
    PRIMARY KEY (client_id, hour, app_id, mode, channel, country, outcome, latency)
) STRICT, WITHOUT ROWID;

-- The same of messages.
CREATE TABLE message_hours (
    client_id TEXT NOT NULL,           -- whose they were
    hour INTEGER NOT NULL,             -- ms; the first moment of the hour (UTC) in which they were asked for
    app_id TEXT NOT NULL,              -- from this app, which may be gone meanwhile
    mode TEXT NOT NULL,                -- sandbox | live
    channel TEXT NOT NULL,             -- how they travelled
    country TEXT NOT NULL,             -- of the phone number, ISO 3166-1
    status TEXT NOT NULL               -- where they were when their login was counted
        CHECK (status IN ('sent', 'delivered', 'failed', 'unknown')),
    messages INTEGER NOT NULL,         -- how many
    PRIMARY KEY (client_id, hour, app_id, mode, channel, country, status)
) STRICT, WITHOUT ROWID;

-- How far a client's actions are counted in these hours. It moves in the commit that counts, and from where it
-- was seen only, so that nothing is counted twice; and only what is counted may leave.
CREATE TABLE counted_actions (
    client_id TEXT NOT NULL,           -- whose actions
    up_to TEXT NOT NULL,               -- ACTN-<uuid>; this one and all whose ids sort before it are counted
    counted_at INTEGER NOT NULL,       -- ms; when it last moved
    PRIMARY KEY (client_id)
) STRICT, WITHOUT ROWID;

-- Work that one instance does for all. Not a tenant table. A lease spares the others the trouble, no more:
-- whatever two do at the same time must be right without it.
CREATE TABLE leases (
    task TEXT NOT NULL,                -- which work
    holder TEXT NOT NULL,              -- which instance does it, by a name that it has given itself at its start
    lease_until INTEGER NOT NULL,      -- ms; from this moment on another may
    PRIMARY KEY (task)
) STRICT, WITHOUT ROWID;

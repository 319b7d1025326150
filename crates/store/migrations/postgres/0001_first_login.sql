-- The first login. Times are milliseconds since 1970; ids are text, a prefix and a UUIDv7.
-- Tenant tables: the primary key begins with client_id, and so does every index, so that the schema can be
-- distributed by client. Phones and end users are found by keyed hashes and kept sealed; secrets, tokens
-- and codes are not here at all.
-- Texts compare by their bytes, as they do in SQLite, whatever the database's own collation is.

-- Customer accounts.
CREATE TABLE clients (
    client_id TEXT COLLATE "C" NOT NULL,   -- CLNT-<uuid>
    name TEXT COLLATE "C" NOT NULL,        -- for people; not unique
    version BIGINT NOT NULL,               -- grows with every change to the client's secrets or apps; caches compare it
    created_at BIGINT NOT NULL,            -- ms
    PRIMARY KEY (client_id)
);

-- Bearer keys of clients' backends.
CREATE TABLE api_secrets (
    client_id TEXT COLLATE "C" NOT NULL,   -- whose it is
    secret_id TEXT COLLATE "C" NOT NULL,   -- SCRT-<uuid>; names it without revealing it
    secret_hash BYTEA NOT NULL,            -- SHA-256 of the secret, 32 bytes
    hint TEXT COLLATE "C" NOT NULL,        -- last four characters, for people to recognise it by
    created_at BIGINT NOT NULL,            -- ms
    revoked_at BIGINT,                     -- ms; NULL while it is live
    PRIMARY KEY (client_id, secret_id),
    FOREIGN KEY (client_id) REFERENCES clients (client_id)
);

-- Containers of settings, one per site.
CREATE TABLE apps (
    client_id TEXT COLLATE "C" NOT NULL,   -- whose it is
    app_id TEXT COLLATE "C" NOT NULL,      -- APPX-<uuid>
    settings TEXT COLLATE "C" NOT NULL,    -- JSON, written and read by core
    revision BIGINT NOT NULL,              -- grows by 1 with every update; an update names the one it has seen
    created_at BIGINT NOT NULL,            -- ms
    updated_at BIGINT NOT NULL,            -- ms; when the settings last changed
    PRIMARY KEY (client_id, app_id),
    FOREIGN KEY (client_id) REFERENCES clients (client_id)
);

-- The key ring of the whole installation; opens nothing without the master key. Not a tenant table.
CREATE TABLE key_ring (
    key_id TEXT COLLATE "C" NOT NULL,      -- RKEY-<uuid>
    purpose TEXT COLLATE "C" NOT NULL,     -- what for, core's word
    generation BIGINT NOT NULL,            -- counts up per purpose, from 1
    not_before BIGINT NOT NULL,            -- ms; from when it makes new things
    not_after BIGINT,                      -- ms; from when it is no longer accepted; NULL: no end set
    wrapped BYTEA NOT NULL,                -- the material, sealed under the master key
    created_at BIGINT NOT NULL,            -- ms
    PRIMARY KEY (key_id),
    UNIQUE (purpose, generation)
);

-- Logins. What belongs to one (challenges, attempts, messages) has no foreign key to it: the guards of a change set say more,
-- and on PostgreSQL each key would lock the action's row once more. Retention deletes those with it.
CREATE TABLE actions (
    client_id TEXT COLLATE "C" NOT NULL,   -- whose it is
    action_id TEXT COLLATE "C" NOT NULL,   -- ACTN-<uuid>, the jti of its access token
    app_id TEXT COLLATE "C" NOT NULL,      -- in this app, which may be gone meanwhile
    mode TEXT COLLATE "C" NOT NULL,        -- sandbox | live, as the app was
    purpose TEXT COLLATE "C" NOT NULL      -- what it is for
        CHECK (purpose IN ('login', 'factors')),
    end_user_hash BYTEA NOT NULL,          -- keyed hash of end_user_uuid, 32 bytes
    phone_hash BYTEA NOT NULL,             -- keyed hash of the phone number, 32 bytes
    sealed BYTEA NOT NULL,                 -- phone number, end_user_uuid, redirect_uri; bound to this action
    language TEXT COLLATE "C" NOT NULL,    -- BCP 47
    region TEXT COLLATE "C" NOT NULL,      -- which base URL serves the widget
    status TEXT COLLATE "C" NOT NULL       -- where it is
        CHECK (status IN ('open', 'passed', 'cancelled')),
    proven TEXT COLLATE "C" NOT NULL,      -- channels that passed in it, in order, with commas between them; '' for none
    sends BIGINT NOT NULL,                 -- messages so far; also the number of the next step
    extensions BIGINT NOT NULL,            -- how often more time was given
    phone_changed BIGINT NOT NULL,         -- 1 when the end user last passed with another number, else 0
    country TEXT COLLATE "C" NOT NULL,     -- of the phone number, ISO 3166-1
    created_at BIGINT NOT NULL,            -- ms
    expires_at BIGINT NOT NULL,            -- ms; over from this moment on
    ended_at BIGINT,                       -- ms; when it passed or was cancelled
    offered TEXT COLLATE "C" NOT NULL,     -- what it could begin with and what not, core's words
    trust TEXT COLLATE "C",                -- what was decided about a trusted device, core's words; NULL: the app wants none
    PRIMARY KEY (client_id, action_id)
);

-- Uses of a channel. A code that is sent is derived from the seed under a ring key, and stored nowhere; where a factor
-- proves, there is neither.
CREATE TABLE challenges (
    client_id TEXT COLLATE "C" NOT NULL,   -- whose it is
    action_id TEXT COLLATE "C" NOT NULL,   -- in this action
    challenge_id TEXT COLLATE "C" NOT NULL, -- CHLG-<uuid>
    step BIGINT NOT NULL,                  -- the action's sends when it was made or, for a factor, last chosen
    channel TEXT COLLATE "C" NOT NULL,     -- how the code travels, or which kind of factor proves
    seed BYTEA,                            -- 16 random bytes; NULL where a factor proves
    code_key_id TEXT COLLATE "C",          -- the ring key that derives the code; NULL where a factor proves
    digits BIGINT NOT NULL,                -- length of the code
    max_attempts BIGINT NOT NULL,          -- checks allowed
    attempts BIGINT NOT NULL,              -- checks so far, counted before a verdict is told
    created_at BIGINT NOT NULL,            -- ms; for a factor, when it was last chosen
    expires_at BIGINT NOT NULL,            -- ms; over from this moment on
    consumed_at BIGINT,                    -- ms; when the code was used; NULL before
    PRIMARY KEY (client_id, action_id, challenge_id),
    CHECK (attempts <= max_attempts),
    CHECK ((seed IS NULL) = (code_key_id IS NULL))
);

-- Counted checks, so that the very same form gets the same answer again. The row comes first in its change set, and a
-- challenge that is not there is then a refusal.
CREATE TABLE challenge_attempts (
    client_id TEXT COLLATE "C" NOT NULL,   -- whose it is
    action_id TEXT COLLATE "C" NOT NULL,   -- in this action
    challenge_id TEXT COLLATE "C" NOT NULL, -- at this challenge
    fingerprint BYTEA NOT NULL,            -- keyed hash of form and input, 32 bytes
    verdict TEXT COLLATE "C" NOT NULL      -- what core found
        CHECK (verdict IN ('right', 'wrong', 'malformed', 'used', 'clock_off')),
    created_at BIGINT NOT NULL,            -- ms
    PRIMARY KEY (client_id, action_id, challenge_id, fingerprint)
);

-- End users as they were when they last passed, or were brought along from another system.
CREATE TABLE end_users (
    client_id TEXT COLLATE "C" NOT NULL,   -- whose it is
    app_id TEXT COLLATE "C" NOT NULL,      -- of this app
    mode TEXT COLLATE "C" NOT NULL,        -- sandbox and live are two worlds
    end_user_hash BYTEA NOT NULL,          -- keyed hash of end_user_uuid, 32 bytes
    user_id TEXT COLLATE "C" NOT NULL,     -- USER-<uuid>, a name of ours
    phone_hash BYTEA,                      -- keyed hash of the number that last passed, 32 bytes; NULL: none did yet
    sealed_phone BYTEA,                    -- that number
    sealed_uuid BYTEA NOT NULL,            -- end_user_uuid; opens in this row only
    created_at BIGINT NOT NULL,            -- ms; when they became known
    last_passed_at BIGINT,                 -- ms; NULL: never yet
    last_channel TEXT COLLATE "C",         -- by which channel; NULL: never yet
    PRIMARY KEY (client_id, app_id, mode, end_user_hash),
    CHECK ((phone_hash IS NULL) = (sealed_phone IS NULL)),
    CHECK ((last_passed_at IS NULL) = (last_channel IS NULL))
);

-- By the name of ours, which addresses hold.
CREATE UNIQUE INDEX end_users_by_id ON end_users (client_id, user_id);
-- An app's, page by page, for statements that say so by this condition, which is true of all: to others it would look as good a way
-- to one end user as the primary key. Neither index is written to when somebody known passes.
CREATE INDEX end_users_by_app ON end_users (client_id, app_id, mode, user_id) WHERE user_id > '';

-- What end users enrolled, but for their phones. Each is of an end user who has a row above.
CREATE TABLE factors (
    client_id TEXT COLLATE "C" NOT NULL,   -- whose it is
    app_id TEXT COLLATE "C" NOT NULL,      -- of this app
    mode TEXT COLLATE "C" NOT NULL,        -- sandbox and live are two worlds
    end_user_hash BYTEA NOT NULL,          -- of this end user, 32 bytes
    factor_id TEXT COLLATE "C" NOT NULL,   -- FCTR-<uuid>
    channel TEXT COLLATE "C" NOT NULL      -- by which it proves
        CHECK (channel IN ('totp', 'webauthn')),
    lookup_hash BYTEA NOT NULL,            -- keyed hash of the secret or credential id, 32 bytes: nothing is enrolled twice
    sealed BYTEA NOT NULL,                 -- secret or credential; opens in this row only
    sealed_name BYTEA,                     -- what the end user calls it; NULL: nothing. Opens in this row only
    position BIGINT NOT NULL,              -- totp: the last step that was accepted; webauthn: the signature counter
    created_at BIGINT NOT NULL,            -- ms; when it was enrolled
    last_used_at BIGINT,                   -- ms; NULL: never yet
    PRIMARY KEY (client_id, app_id, mode, end_user_hash, factor_id)
);

CREATE UNIQUE INDEX factors_by_lookup
    ON factors (client_id, app_id, mode, end_user_hash, channel, lookup_hash);

-- Codes for the day on which a device is lost: a set for each end user, each code good once.
CREATE TABLE backup_codes (
    client_id TEXT COLLATE "C" NOT NULL,   -- whose it is
    app_id TEXT COLLATE "C" NOT NULL,      -- of this app
    mode TEXT COLLATE "C" NOT NULL,        -- sandbox and live are two worlds
    end_user_hash BYTEA NOT NULL,          -- of this end user, 32 bytes
    code_hash BYTEA NOT NULL,              -- keyed hash of the code, 32 bytes
    handed_out_in TEXT COLLATE "C" NOT NULL, -- ACTN-<uuid>; the set is the one of this login
    created_at BIGINT NOT NULL,            -- ms; when it was handed out
    consumed_at BIGINT,                    -- ms; when it passed; NULL: never yet
    PRIMARY KEY (client_id, app_id, mode, end_user_hash, code_hash)
);

-- Browsers that end users chose to trust: each row is one end user's trust in one browser. Neither the browser's token nor
-- anything else about it is here.
CREATE TABLE trusted_devices (
    client_id TEXT COLLATE "C" NOT NULL,   -- whose it is
    app_id TEXT COLLATE "C" NOT NULL,      -- of this app
    mode TEXT COLLATE "C" NOT NULL,        -- sandbox and live are two worlds
    end_user_hash BYTEA NOT NULL,          -- of this end user, 32 bytes
    device_id TEXT COLLATE "C" NOT NULL,   -- DEVC-<uuid>
    token_hash BYTEA NOT NULL,             -- SHA-256 of what the browser keeps, 32 bytes; of other end users it is the same
    phone_hash BYTEA NOT NULL,             -- keyed hash of the number that the login named, 32 bytes
    country TEXT COLLATE "C",              -- of the address, as a proxy said; NULL: none did
    in_action TEXT COLLATE "C" NOT NULL,   -- the login in which it was last trusted, or stood in
    created_at BIGINT NOT NULL,            -- ms; when it was first trusted
    trusted_at BIGINT NOT NULL,            -- ms; when it was last trusted
    expires_at BIGINT NOT NULL,            -- ms; not trusted from this moment on
    last_used_at BIGINT,                   -- ms; when it last stood in; NULL: never yet
    revoked_at BIGINT,                     -- ms; when the trust was taken back; NULL while it is not
    PRIMARY KEY (client_id, app_id, mode, end_user_hash, device_id)
);

-- By what a browser shows.
CREATE UNIQUE INDEX trusted_devices_by_token
    ON trusted_devices (client_id, token_hash, app_id, mode, end_user_hash);

-- What may leave.
CREATE INDEX trusted_devices_by_end ON trusted_devices (client_id, expires_at);

-- One-time links that were opened. Each leads to the pages on which end users look after their factors.
CREATE TABLE factor_links (
    client_id TEXT COLLATE "C" NOT NULL,   -- whose it is
    action_id TEXT COLLATE "C" NOT NULL,   -- ACTN-<uuid>; the action that may begin by it
    fingerprint BYTEA NOT NULL,            -- keyed hash of the form that opened it, 32 bytes: the very same is answered again
    opened_at BIGINT NOT NULL,             -- ms; when
    expires_at BIGINT NOT NULL,            -- ms; when the link is over
    PRIMARY KEY (client_id, action_id)
);


-- Uses of WebAuthn in a login: a challenge that the browser's answer must sign.
CREATE TABLE ceremonies (
    client_id TEXT COLLATE "C" NOT NULL,   -- whose it is
    action_id TEXT COLLATE "C" NOT NULL,   -- in this action
    ceremony_id TEXT COLLATE "C" NOT NULL, -- CHLG-<uuid>
    kind TEXT COLLATE "C" NOT NULL         -- a passkey is made or used
        CHECK (kind IN ('create', 'get')),
    sealed BYTEA NOT NULL,                 -- options for the browser, and what judging its answer needs
    created_at BIGINT NOT NULL,            -- ms
    expires_at BIGINT NOT NULL,            -- ms; over from this moment on
    consumed_at BIGINT,                    -- ms; when an answer was judged; NULL before
    PRIMARY KEY (client_id, action_id, ceremony_id)
);

-- Failures in a row, across actions; only success or an operator's reset brings them to 0.
CREATE TABLE failure_counters (
    client_id TEXT COLLATE "C" NOT NULL,   -- whose it is
    app_id TEXT COLLATE "C" NOT NULL,      -- of this app
    mode TEXT COLLATE "C" NOT NULL,        -- sandbox | live
    end_user_hash BYTEA NOT NULL,          -- whose failures, 32 bytes
    channel TEXT COLLATE "C" NOT NULL,     -- on this channel
    failures BIGINT NOT NULL,              -- how many
    last_failure_at BIGINT,                -- ms; NULL when there is none
    PRIMARY KEY (client_id, app_id, mode, end_user_hash, channel)
);

-- Success tokens. They outlive their action's row, so they copy what a redemption tells.
CREATE TABLE success_tokens (
    client_id TEXT COLLATE "C" NOT NULL,   -- whose it is
    action_id TEXT COLLATE "C" NOT NULL,   -- the action that passed
    app_id TEXT COLLATE "C" NOT NULL,      -- for this app
    token_hash BYTEA NOT NULL,             -- SHA-256 of the token, 32 bytes
    mode TEXT COLLATE "C" NOT NULL,        -- sandbox | live
    end_user_hash BYTEA NOT NULL,          -- who passed, 32 bytes
    sealed BYTEA NOT NULL,                 -- the action's sealed part
    channels TEXT COLLATE "C" NOT NULL,    -- those passed, in order, with commas between them
    phone_changed BIGINT NOT NULL,         -- as the action says, 0 or 1
    passed_at BIGINT NOT NULL,             -- ms
    expires_at BIGINT NOT NULL,            -- ms; over from this moment on
    consumed_at BIGINT,                    -- ms; when it was redeemed; NULL before
    PRIMARY KEY (client_id, action_id)
);

-- Limits, one row per key. Not a tenant table: some keys are over all clients. No index by time: each use would move
-- its row in it, while purging can as well go through the keys.
CREATE TABLE limits (
    limit_key TEXT COLLATE "C" NOT NULL,   -- which limit, for whom
    tat BIGINT NOT NULL,                   -- ms; theoretical arrival time of GCRA
    PRIMARY KEY (limit_key)
);

-- Messages on their way.
CREATE TABLE outbox (
    client_id TEXT COLLATE "C" NOT NULL,   -- whose it is
    message_id TEXT COLLATE "C" NOT NULL,  -- MESG-<uuid>
    app_id TEXT COLLATE "C" NOT NULL,      -- from this app
    action_id TEXT COLLATE "C" NOT NULL, -- in this action, which holds the phone number; a notice that comes of no login
                                       -- has an id of its own here
    challenge_id TEXT COLLATE "C",     -- with the code of this challenge; NULL: a notice, of which more is below
    step BIGINT NOT NULL,              -- the how-manieth message of its action; 0 for a notice
    mode TEXT COLLATE "C" NOT NULL,        -- sandbox messages stay in the building
    channel TEXT COLLATE "C" NOT NULL,     -- how it travels
    status TEXT COLLATE "C" NOT NULL       -- where it is; 'unknown' is never sent again by itself, and 'delivered' and
                                           -- 'failed', which a provider's receipt may tell after 'sent', are final
        CHECK (status IN ('pending', 'sending', 'sent', 'delivered', 'failed', 'unknown')),
    reason TEXT COLLATE "C",               -- why it failed, or why nobody knows
    tries BIGINT NOT NULL,                 -- how often a worker took it
    lease_until BIGINT,                    -- ms; while 'sending': when its worker counts as gone
    next_try_at BIGINT NOT NULL,           -- ms; not before
    created_at BIGINT NOT NULL,            -- ms
    sent_at BIGINT,                        -- ms; when a provider took it
    settled_at BIGINT,                     -- ms; when it was known to have arrived, failed or got lost
    PRIMARY KEY (client_id, message_id)
);

-- What the worker looks for; finished rows are not in these.
CREATE INDEX outbox_due ON outbox (client_id, next_try_at) WHERE status = 'pending';
CREATE INDEX outbox_leases ON outbox (client_id, lease_until) WHERE status = 'sending';
-- How an action's messages fare.
CREATE INDEX outbox_by_action ON outbox (client_id, action_id, step);

-- What is told to end users when the ways into their account change. Each has a row in the outbox, of the same ids.
CREATE TABLE notices (
    client_id TEXT COLLATE "C" NOT NULL,   -- whose it is
    action_id TEXT COLLATE "C" NOT NULL, -- as in the outbox
    message_id TEXT COLLATE "C" NOT NULL, -- the outbox's id of it
    notice TEXT COLLATE "C" NOT NULL,  -- what is told, core's word
    end_user_hash BYTEA NOT NULL,      -- keyed hash of end_user_uuid, 32 bytes
    sealed BYTEA NOT NULL,             -- the phone number that was known, and whose it is
    language TEXT COLLATE "C" NOT NULL, -- BCP 47
    created_at BIGINT NOT NULL,        -- ms
    PRIMARY KEY (client_id, action_id, message_id)
);

-- What was done to end users' ways in, by whom. Nothing personal is in it.
CREATE TABLE audit (
    client_id TEXT COLLATE "C" NOT NULL,   -- whose it is
    audit_id TEXT COLLATE "C" NOT NULL, -- AUDT-<uuid>
    app_id TEXT COLLATE "C" NOT NULL,  -- in this app, which may be gone meanwhile
    mode TEXT COLLATE "C" NOT NULL,    -- sandbox | live
    user_id TEXT COLLATE "C" NOT NULL, -- about this end user, who may be erased meanwhile
    deed TEXT COLLATE "C" NOT NULL,    -- what was done, core's word
    detail TEXT COLLATE "C" NOT NULL,  -- to what, or why; empty: nothing more to say
    actor TEXT COLLATE "C" NOT NULL,   -- who did it, core's word
    created_at BIGINT NOT NULL,        -- ms
    PRIMARY KEY (client_id, audit_id)
);

-- All that was done to an end user.
CREATE INDEX audit_by_user ON audit (client_id, user_id, audit_id);

-- The sandbox's inbox: codes in clear, of sandbox apps only. No foreign key, so nothing cascades to it: rows
-- stay until retention deletes them by age.
CREATE TABLE sandbox_messages (
    client_id TEXT COLLATE "C" NOT NULL,   -- whose it is
    app_id TEXT COLLATE "C" NOT NULL,      -- in this app's inbox
    message_id TEXT COLLATE "C" NOT NULL,  -- the outbox's id of it
    channel TEXT COLLATE "C" NOT NULL,     -- how it would have travelled
    phone_hash BYTEA NOT NULL,             -- keyed hash of the phone number, 32 bytes
    end_user_hash BYTEA NOT NULL,          -- keyed hash of end_user_uuid, 32 bytes
    sealed BYTEA NOT NULL,                 -- phone number and end_user_uuid
    body TEXT COLLATE "C" NOT NULL,        -- what the phone would show
    code TEXT COLLATE "C" NOT NULL,        -- the code in it
    created_at BIGINT NOT NULL,            -- ms; when it arrived
    PRIMARY KEY (client_id, app_id, message_id)
);

CREATE INDEX sandbox_messages_by_phone
    ON sandbox_messages (client_id, app_id, phone_hash, message_id);

-- Another installation is being copied into this database. While there is a row nobody may serve from it. Not a
-- tenant table.
CREATE TABLE unfinished_copies (
    begun_at BIGINT NOT NULL,          -- ms; when
    PRIMARY KEY (begun_at)
);

-- What remains of logins once they leave: how many began in an hour, and what became of them.
CREATE TABLE login_hours (
    client_id TEXT COLLATE "C" NOT NULL,   -- whose they were
    hour BIGINT NOT NULL,                  -- ms; the first moment of the hour (UTC) in which they started
    app_id TEXT COLLATE "C" NOT NULL,      -- in this app, which may be gone meanwhile
    mode TEXT COLLATE "C" NOT NULL,        -- sandbox | live
    channel TEXT COLLATE "C" NOT NULL,     -- by which they passed ('trusted_device': none was needed), or the last that was tried; 'none' where none was
    country TEXT COLLATE "C" NOT NULL,     -- of the phone number, ISO 3166-1
    outcome TEXT COLLATE "C" NOT NULL      -- what became of them
        CHECK (outcome IN ('passed', 'cancelled', 'expired')),
    latency BIGINT NOT NULL,               -- s; from start to end at most 5, 10, 20, 40, …; 0 where time ran out
    logins BIGINT NOT NULL,                -- how many
    wrong_codes BIGINT NOT NULL,           -- codes in them that were judged and not right, on whichever channel
    PRIMARY KEY (client_id, hour, app_id, mode, channel, country, outcome, latency)
);

-- The same of messages.
CREATE TABLE message_hours (
    client_id TEXT COLLATE "C" NOT NULL,   -- whose they were
    hour BIGINT NOT NULL,                  -- ms; the first moment of the hour (UTC) in which they were asked for
    app_id TEXT COLLATE "C" NOT NULL,      -- from this app, which may be gone meanwhile
    mode TEXT COLLATE "C" NOT NULL,        -- sandbox | live
    channel TEXT COLLATE "C" NOT NULL,     -- how they travelled
    country TEXT COLLATE "C" NOT NULL,     -- of the phone number, ISO 3166-1
    status TEXT COLLATE "C" NOT NULL       -- where they were when their login was counted
        CHECK (status IN ('sent', 'delivered', 'failed', 'unknown')),
    messages BIGINT NOT NULL,              -- how many
    PRIMARY KEY (client_id, hour, app_id, mode, channel, country, status)
);

-- How far a client's actions are counted in these hours. It moves in the commit that counts, and from where it
-- was seen only, so that nothing is counted twice; and only what is counted may leave.
CREATE TABLE counted_actions (
    client_id TEXT COLLATE "C" NOT NULL,   -- whose actions
    up_to TEXT COLLATE "C" NOT NULL,       -- ACTN-<uuid>; this one and all whose ids sort before it are counted
    counted_at BIGINT NOT NULL,            -- ms; when it last moved
    PRIMARY KEY (client_id)
);

-- Work that one instance does for all. Not a tenant table. A lease spares the others the trouble, no more:
-- whatever two do at the same time must be right without it.
CREATE TABLE leases (
    task TEXT COLLATE "C" NOT NULL,        -- which work
    holder TEXT COLLATE "C" NOT NULL,      -- which instance does it, by a name that it has given itself at its start
    lease_until BIGINT NOT NULL,           -- ms; from this moment on another may
    PRIMARY KEY (task)
);

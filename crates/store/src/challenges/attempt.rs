//! Attempts: one commit counts a judged code and, if it was right, consumes the challenge, ends the action
//! and stores the success token.
//!
//! Core has judged before; the verdict is told only after this commit (security.md rows 2, 5, 9). A wrong
//! answer is a committed outcome. The steps' order decides which refusal is told: the very same form comes
//! first, so that it gets its own answer again whatever has happened since.

use onlyauth_core::challenge::Verdict;
use onlyauth_core::channel::Channel;
use onlyauth_core::factor::webauthn::Ceremony;
use onlyauth_core::failures::Band;
use onlyauth_core::ids::{ActionId, ChallengeId, UserId};
use onlyauth_core::time::Timestamp;

use crate::change_set::{ChangeSet, Outcome, Step};
use crate::end_users::EndUserKey;
use crate::error::{Reason, StoreError};
use crate::factors::{self, FactorUse};
use crate::open::Store;
use crate::statement::statements;
use crate::trusted_devices::{self, NewTrust};
use crate::value::{Fields, Value, params};
use crate::{KnownPhone, Record, actions, backup_codes, ceremonies, end_users, success_tokens};

statements! {
    ATTEMPT_CREATE = "INSERT INTO challenge_attempts
        (client_id, action_id, challenge_id, fingerprint, verdict, created_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO NOTHING";
    CHALLENGE_COUNT = "UPDATE challenges SET attempts = attempts + 1
        WHERE client_id = ?1 AND action_id = ?2 AND challenge_id = ?3 AND channel = ?4
          AND attempts < max_attempts AND consumed_at IS NULL AND expires_at > ?5
        RETURNING max_attempts - attempts";
    CHALLENGE_CONSUME = "UPDATE challenges SET attempts = attempts + 1, consumed_at = ?5
        WHERE client_id = ?1 AND action_id = ?2 AND challenge_id = ?3 AND channel = ?4
          AND attempts < max_attempts AND consumed_at IS NULL AND expires_at > ?5
        RETURNING max_attempts - attempts";
    ATTEMPT_FIND = "SELECT client_id, action_id, challenge_id, verdict
        FROM challenge_attempts
        WHERE client_id = ?1 AND action_id = ?2 AND challenge_id = ?3 AND fingerprint = ?4";
}

/// The step whose row says how many tries are left.
const COUNTING_STEP: usize = 1;

/// A judged attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempt {
    /// In this action.
    pub action_id: ActionId,
    /// At this challenge.
    pub challenge_id: ChallengeId,
    /// By this end user, who must be the action's.
    pub end_user: EndUserKey,
    /// Must be the challenge's.
    pub channel: Channel,
    /// Recognises the very same form.
    pub fingerprint: [u8; 32],
    /// The failures among which core allowed the attempt.
    pub band: Band,
    /// Now.
    pub now: Timestamp,
    /// The factor whose code or signature it was: moved on by a right one, which is refused where somebody else moved it
    /// as far meanwhile, and by one that shows a later moment than there can be.
    pub factor: Option<FactorUse>,
    /// The ceremony that was answered, where the factor is a passkey: used up, whatever was found.
    pub ceremony: Option<ChallengeId>,
    /// The hash of the backup code that it was: consumed by a right one, which is refused where somebody else was faster.
    pub backup_code: Option<[u8; 32]>,
    /// What is written down when the action passes.
    pub record: Option<Record>,
    /// What core found.
    pub judged: Judged,
}

/// What core found, with what a right answer brings along.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Judged {
    /// Not of a code's shape.
    Malformed,
    /// Another code.
    Wrong,
    /// A code that passed before.
    Used,
    /// A code of a moment that is far from now.
    ClockOff,
    /// The code.
    Right(Passed),
}

impl Judged {
    /// Core's word for it.
    pub fn verdict(&self) -> Verdict {
        match self {
            Self::Malformed => Verdict::Malformed,
            Self::Wrong => Verdict::Wrong,
            Self::Used => Verdict::Used,
            Self::ClockOff => Verdict::ClockOff,
            Self::Right(_) => Verdict::Right,
        }
    }
}

/// What is stored when an action passes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passed {
    /// SHA-256 of the success token.
    pub token_hash: [u8; 32],
    /// The moment from which the token is over.
    pub expires_at: Timestamp,
    /// The end user's name of ours, if they are new; a known one keeps theirs.
    pub user_id: UserId,
    /// The customer's name for the end user, sealed; only of new ones is it kept.
    pub sealed_uuid: Vec<u8>,
    /// The phone number, where it is what passed: only such a one becomes the end user's.
    pub phone: Option<KnownPhone>,
    /// The action's sealed part, which the token tells when the action is long gone.
    pub sealed: Vec<u8>,
    /// As the action says.
    pub phone_changed: bool,
    /// The browser, where the end user chose to trust it.
    pub trust: Option<Box<NewTrust>>,
}

/// What became of an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AttemptOutcome {
    /// Counted as a failure.
    Counted {
        /// Checks left.
        tries_left: u32,
    },
    /// The action passed, and its success token is stored.
    Passed,
    /// The very same form was counted before; nothing changed.
    Repeat {
        /// What it was found to be then.
        verdict: Verdict,
        /// The form was right, and its success token can't be redeemed any more: it was, or its time is over.
        token_over: bool,
    },
    /// The challenge was used, is over, or has no checks left; nothing changed.
    Closed,
    /// The action is not open; nothing changed.
    ActionClosed,
    /// The failures have left the band; nothing changed.
    Locked,
    /// The factor was moved as far meanwhile; nothing changed, and it has to be judged again.
    FactorMoved,
}

enum Refusal {
    Repeat,
    Challenge,
    Action,
    Failures,
    Factor,
}

impl Store {
    /// Counts a judged attempt and, if it was right, passes the action.
    pub async fn challenge_attempt(&self, attempt: &Attempt) -> Result<AttemptOutcome, StoreError> {
        match self.apply(change_set(attempt)).await? {
            Outcome::Applied(mut rows) => match (&attempt.judged, rows.row(COUNTING_STEP)) {
                (Judged::Right(_), _) => Ok(AttemptOutcome::Passed),
                (_, Some(row)) => Ok(AttemptOutcome::Counted {
                    tries_left: Fields::of("challenges", row).number("attempts")?,
                }),
                // A required step returned one row.
                (_, None) => Err(StoreError::Unknown),
            },
            Outcome::Refused(Refusal::Repeat) => {
                match self.challenge_attempt_find(attempt).await? {
                    Some(repeat) => Ok(repeat),
                    // It was there when the change set was refused, and its action is too young to be deleted.
                    None => {
                        Err(StoreError::unavailable(Reason::Failed, "the first attempt is gone"))
                    }
                }
            }
            Outcome::Refused(Refusal::Challenge) => Ok(AttemptOutcome::Closed),
            Outcome::Refused(Refusal::Action) => Ok(AttemptOutcome::ActionClosed),
            Outcome::Refused(Refusal::Failures) => Ok(AttemptOutcome::Locked),
            Outcome::Refused(Refusal::Factor) => Ok(AttemptOutcome::FactorMoved),
        }
    }

    /// The answer that the very same form got before; None where it got none. Reads, and writes nothing: where a challenge is
    /// no longer open, there is nothing else to be had from it, and guesses at it must not cost a commit.
    pub async fn challenge_attempt_find(
        &self,
        attempt: &Attempt,
    ) -> Result<Option<AttemptOutcome>, StoreError> {
        let client_id = attempt.end_user.client_id;
        let mut rows = self
            .read(vec![
                Step::any(&ATTEMPT_FIND, names(attempt)),
                Step::any(
                    success_tokens::FIND_LIVE_OF_ACTION,
                    params![client_id, attempt.action_id, attempt.now],
                ),
            ])
            .await?;
        let Some(row) = rows.row(0) else { return Ok(None) };
        let mut fields = Fields::of("challenge_attempts", row);
        let _key: (String, String, String) =
            (fields.id("client_id")?, fields.id("action_id")?, fields.id("challenge_id")?);
        let verdict = verdict(&mut fields)?;
        Ok(Some(AttemptOutcome::Repeat {
            verdict,
            token_over: verdict == Verdict::Right && rows.row(1).is_none(),
        }))
    }
}

/// What a counted check was found to be.
pub(crate) fn verdict(fields: &mut Fields) -> Result<Verdict, StoreError> {
    fields.choice("verdict", &Verdict::ALL.map(|verdict| (verdict.as_str(), verdict)))
}

fn names(attempt: &Attempt) -> Vec<Value> {
    params![
        attempt.end_user.client_id,
        attempt.action_id,
        attempt.challenge_id,
        &attempt.fingerprint
    ]
}

fn change_set(attempt: &Attempt) -> ChangeSet<Refusal> {
    let EndUserKey { client_id, app_id, mode, end_user_hash } = &attempt.end_user;
    let (client_id, app_id, mode) = (*client_id, *app_id, *mode);
    let (action_id, now) = (attempt.action_id, attempt.now);
    let verdict = attempt.judged.verdict();
    let (count, action, failures) = match verdict {
        Verdict::Right => (&CHALLENGE_CONSUME, actions::PASS, end_users::CLEAR_FAILURES),
        _ => (&CHALLENGE_COUNT, actions::IS_OPEN, end_users::COUNT_FAILURE),
    };
    let mut new_attempt = names(attempt);
    new_attempt.extend(params![verdict.as_str(), now]);
    let mut band = params![
        client_id,
        app_id,
        mode,
        end_user_hash,
        attempt.channel,
        attempt.band.floor,
        attempt.band.ceiling,
    ];
    if verdict != Verdict::Right {
        band.extend(params![now]);
    }
    let set = ChangeSet::new()
        .require(&ATTEMPT_CREATE, new_attempt, Refusal::Repeat)
        .require(
            count,
            params![client_id, action_id, attempt.challenge_id, attempt.channel, now],
            Refusal::Challenge,
        )
        .require(
            action,
            params![client_id, action_id, app_id, mode, end_user_hash, now],
            Refusal::Action,
        )
        .require(failures, band, Refusal::Failures);
    let set = match attempt.ceremony {
        Some(id) => set.require(
            ceremonies::CONSUME,
            params![client_id, action_id, id, Ceremony::Get, now],
            Refusal::Challenge,
        ),
        None => set,
    };
    let set = match attempt.factor {
        Some(factor) => with_factor(set, attempt, factor),
        None => set,
    };
    match &attempt.judged {
        Judged::Right(passed) => with_success(with_backup_code(set, attempt), attempt, passed),
        _ => set,
    }
}

fn with_factor(
    set: ChangeSet<Refusal>,
    attempt: &Attempt,
    factor: FactorUse,
) -> ChangeSet<Refusal> {
    let EndUserKey { client_id, app_id, mode, end_user_hash } = &attempt.end_user;
    let mut params =
        params![*client_id, *app_id, *mode, end_user_hash, factor.factor_id, factor.position];
    if matches!(attempt.judged, Judged::Right(_)) {
        params.extend(params![attempt.now]);
        set.require(factors::ADVANCE, params, Refusal::Factor)
    } else {
        // What was counted stays counted, whatever became of the factor.
        set.step(factors::BURN, params)
    }
}

fn with_backup_code(set: ChangeSet<Refusal>, attempt: &Attempt) -> ChangeSet<Refusal> {
    let Some(hash) = &attempt.backup_code else { return set };
    let mut params = factors::of(&attempt.end_user);
    params.extend(params![hash, attempt.now]);
    set.require(backup_codes::CONSUME, params, Refusal::Factor)
}

fn with_success(set: ChangeSet<Refusal>, attempt: &Attempt, passed: &Passed) -> ChangeSet<Refusal> {
    let EndUserKey { client_id, app_id, mode, end_user_hash } = &attempt.end_user;
    let (client_id, app_id, mode) = (*client_id, *app_id, *mode);
    let set = set
        .step(
            success_tokens::CREATE,
            params![
                client_id,
                attempt.action_id,
                app_id,
                &passed.token_hash,
                mode,
                end_user_hash,
                &passed.sealed,
                attempt.channel,
                passed.phone_changed,
                attempt.now,
                passed.expires_at,
            ],
        )
        .step(
            end_users::PASS,
            params![
                client_id,
                app_id,
                mode,
                end_user_hash,
                passed.user_id,
                passed.phone.as_ref().map(|phone| &phone.hash),
                passed.phone.as_ref().map(|phone| &phone.sealed),
                attempt.now,
                attempt.channel,
                &passed.sealed_uuid,
            ],
        );
    let set = match &passed.trust {
        Some(trust) => set.step(
            trusted_devices::TRUST,
            trusted_devices::trusting(&attempt.end_user, attempt.action_id, attempt.now, trust),
        ),
        None => set,
    };
    match &attempt.record {
        Some(record) => record.add_to(&attempt.end_user, set),
        None => set,
    }
}

//! Attempts: one commit counts a judged code and, if it was right, consumes the challenge, ends the action
//! and stores the success token; or, where it was the first of two proofs, notes what passed and leaves the action open.
//!
//! Core has judged before; the verdict is told only after this commit (security.md rows 2, 5, 9). A wrong
//! answer is a committed outcome. The steps' order decides which refusal is told: the very same form comes
//! first, so that it gets its own answer again whatever has happened since.

use onlyauth_core::action::Status;
use onlyauth_core::challenge::Verdict;
use onlyauth_core::channel::Channel;
use onlyauth_core::factor::webauthn::Ceremony;
use onlyauth_core::failures::Band;
use onlyauth_core::ids::{ActionId, ChallengeId};
use onlyauth_core::proof::Proven;
use onlyauth_core::time::Timestamp;

use crate::change_set::{ChangeSet, Outcome, Step};
use crate::end_users::EndUserKey;
use crate::error::{Reason, StoreError};
use crate::factors::{self, FactorUse};
use crate::open::Store;
use crate::passes::{Passed, Passing};
use crate::statement::statements;
use crate::trusted_devices;
use crate::value::{Fields, Value, params};
use crate::{Record, actions, backup_codes, ceremonies, end_users, success_tokens};

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
    /// What had passed in the action when it was judged: a right answer is refused where something else passed meanwhile.
    pub proven: Proven,
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
    /// The code, and another kind of proof is asked for.
    First,
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
            Self::First | Self::Right(_) => Verdict::Right,
        }
    }
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
    /// It was the first of two proofs: the action is open, and there is no success token.
    Proven,
    /// The very same form was counted before; nothing changed.
    Repeat {
        /// What it was found to be then.
        verdict: Verdict,
        /// The form was right, and there is no success token that can be redeemed: it was, its time is over, or the form was
        /// the first of two proofs.
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
    /// Something else passed in the action meanwhile; nothing changed, and it has to be judged again.
    ProofMoved,
}

impl AttemptOutcome {
    /// Whether what was judged is not what stands any more.
    pub fn was_overtaken(self) -> bool {
        matches!(self, Self::FactorMoved | Self::ProofMoved)
    }
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
                (Judged::First, _) => Ok(AttemptOutcome::Proven),
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
            Outcome::Refused(Refusal::Action) => self.why_not_proven(attempt).await,
            Outcome::Refused(Refusal::Failures) => Ok(AttemptOutcome::Locked),
            Outcome::Refused(Refusal::Factor) => Ok(AttemptOutcome::FactorMoved),
        }
    }

    async fn why_not_proven(&self, attempt: &Attempt) -> Result<AttemptOutcome, StoreError> {
        if attempt.judged.verdict() != Verdict::Right {
            return Ok(AttemptOutcome::ActionClosed);
        }
        let action = self.action_find(attempt.end_user.client_id, attempt.action_id).await?;
        let moved = action
            .is_some_and(|action| action.status == Status::Open && action.proven != attempt.proven);
        Ok(if moved { AttemptOutcome::ProofMoved } else { AttemptOutcome::ActionClosed })
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
    let (count, action, failures) = match attempt.judged {
        Judged::Right(_) => (&CHALLENGE_CONSUME, actions::PASS, end_users::CLEAR_FAILURES),
        Judged::First => (&CHALLENGE_CONSUME, actions::PROVE, end_users::CLEAR_FAILURES),
        _ => (&CHALLENGE_COUNT, actions::IS_OPEN, end_users::COUNT_FAILURE),
    };
    let mut whose = params![client_id, action_id, app_id, mode, end_user_hash, now];
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
    if verdict == Verdict::Right {
        whose.extend(params![&attempt.proven, &attempt.proven.with(attempt.channel)]);
    } else {
        band.extend(params![now]);
    }
    let set = ChangeSet::new()
        .require(&ATTEMPT_CREATE, new_attempt, Refusal::Repeat)
        .require(
            count,
            params![client_id, action_id, attempt.challenge_id, attempt.channel, now],
            Refusal::Challenge,
        )
        .require(action, whose, Refusal::Action)
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
        Judged::First => with_backup_code(set, attempt),
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
    if attempt.judged.verdict() == Verdict::Right {
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
    let passing = Passing {
        action_id: attempt.action_id,
        end_user: &attempt.end_user,
        proven: &attempt.proven.with(attempt.channel),
        by: attempt.channel,
        now: attempt.now,
    };
    let set = passing.known(passing.token(set, passed), passed);
    let set = match &passed.trust {
        Some(trust) => {
            trusted_devices::trust(set, &attempt.end_user, attempt.action_id, attempt.now, trust)
        }
        None => set,
    };
    match &attempt.record {
        Some(record) => record.add_to(&attempt.end_user, set),
        None => set,
    }
}

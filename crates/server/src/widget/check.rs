//! Checking a code: judge, then count and consume in one commit, then tell.

mod verdict;

use onlyauth_core::action::{self, Command, Outcome, Standing, Status};
use onlyauth_core::challenge::{AttemptKey, TypedCode, Verdict};
use onlyauth_core::channel::Channel;
use onlyauth_core::failures::Band;
use onlyauth_core::ids::{ChallengeId, UserId};
use onlyauth_core::keys::{KeyError, Purpose, RingKey};
use onlyauth_core::personal;
use onlyauth_core::success_token::{Binding, SuccessToken};
use onlyauth_core::trust::DeviceToken;
use onlyauth_store::{
    ActionRecord, Attempt, AttemptOutcome, ChallengeRecord, Judged, KnownPhone, Passed,
};

use super::Fields;
use super::enrol::{self, FewCodes};
use super::manage;
use super::page::Page;
use super::prove;
use super::screen::Notice;
use super::standing::Login;
use super::trust;
use super::visit::{Denied, Visit};
use crate::client_address::ClientAddress;

/// How often a code is judged again because its factor moved while it was: each time somebody else was faster with a code
/// of their own, of which there are few.
pub(super) const ROUNDS: u32 = 3;

/// What is wanted after a pass.
#[derive(Default)]
pub(super) struct After {
    /// Something to be enrolled for the next time.
    pub(super) next: Option<Channel>,
    /// The device that is trusted from now on.
    pub(super) device: Option<DeviceToken>,
}

/// Checks what was typed. A POST that reaches an open challenge uses up a try, also one that no form of ours
/// makes: an odd shape must not be a free guess. Only the very same form again is told its own answer.
pub(super) async fn check(
    visit: &Visit,
    fields: &Fields,
    address: &ClientAddress,
) -> Result<Page, Denied> {
    let mut login = Login::find(visit).await?;
    if let Some(channel) = prove::channel(visit, fields)
        && login.in_use() != Some(channel)
        && login.record.action.as_ref().is_none_or(|action| action.status == Status::Open)
    {
        // A factor's form may be filled in before anything began.
        let command = Command::Send { channel, seen_sends: login.sends() };
        if login.decide(command, visit) != Outcome::Begin {
            return refuse(visit, None).await;
        }
        if let Some(why_not) = prove::begin(visit, &login, channel, address).await? {
            return Ok(why_not);
        }
        login = Login::find(visit).await?;
    }
    for _ in 0..ROUNDS {
        let device = trust::wanted(visit, fields, &login).await?;
        let counted = judge_and_count(visit, fields, &login, device.as_ref()).await?;
        let Some((attempt, outcome)) = counted else {
            return recall(visit, fields, &login).await;
        };
        if !outcome.was_overtaken() {
            let after = After { next: fields.next, device };
            return tell(visit, &login, (&attempt, outcome), after).await;
        }
        // Another tab may have made another challenge the newest: what was typed is of this one all the same.
        login = Login::find(visit).await?.judging(login.record.challenge);
    }
    refuse(visit, None).await
}

/// Judges, and commits what was found. None where there is nothing to judge.
async fn judge_and_count(
    visit: &Visit,
    fields: &Fields,
    login: &Login,
    device: Option<&DeviceToken>,
) -> Result<Option<(Attempt, AttemptOutcome)>, Denied> {
    let band = match login.decide(Command::Check, visit) {
        Outcome::Judge(band) => Some(band),
        Outcome::Recall => None,
        _ => return Ok(None),
    };
    let (Some(action), Some(challenge)) = (&login.record.action, &login.record.challenge) else {
        return Ok(None);
    };
    if is_of_earlier_challenge(fields, challenge) {
        // A reload or another tab, after a newer code went out: nothing was guessed of that one.
        return Ok(None);
    }
    // What is no longer open never opens again: a flood of guesses at it is answered from what was read.
    let band = band.filter(|_| action::Challenge::from(challenge).open_at(visit.now));
    let open = band.is_some();
    let attempt = verdict::attempt(visit, fields, login, (action, challenge), band).await?;
    let attempt = trusting(visit, attempt, device);
    let store = &visit.service.store;
    let outcome = if open {
        store.challenge_attempt(&attempt).await?
    } else {
        store.challenge_attempt_find(&attempt).await?.unwrap_or(AttemptOutcome::Closed)
    };
    Ok(Some((attempt, outcome)))
}

/// A right answer trusts the device as well, where that is wanted.
pub(super) fn trusting(visit: &Visit, attempt: Attempt, device: Option<&DeviceToken>) -> Attempt {
    let (Judged::Right(passed), Some(device)) = (&attempt.judged, device) else {
        return attempt;
    };
    let trust = Some(Box::new(trust::new_trust(visit, device)));
    Attempt { judged: Judged::Right(Passed { trust, ..passed.clone() }), ..attempt }
}

/// Where there is nothing to judge: the answer to the very same form that was the first of two proofs, whatever was chosen
/// since; for any other form, where the login stands.
async fn recall(visit: &Visit, fields: &Fields, login: &Login) -> Result<Page, Denied> {
    let action = login.record.action.as_ref().filter(|action| action.status == Status::Open);
    let form = action
        .zip(formed_for(fields))
        .zip(AttemptKey::parse(fields.attempt.as_deref().unwrap_or_default()));
    if let Some(((action, challenge_id), key)) = form
        && let Some(channel) = action.proven.last()
    {
        let text = fields.code.as_deref().unwrap_or_default();
        let ring_key = visit.ring.at(Purpose::Attempt, action.created_at)?;
        let attempt = Attempt {
            action_id: action.action_id,
            challenge_id,
            end_user: visit.end_user,
            channel,
            fingerprint: fingerprint(&key, ring_key, (challenge_id, channel), text),
            band: Band::EMPTY,
            now: visit.now,
            factor: None,
            ceremony: None,
            backup_code: None,
            record: None,
            proven: action.proven.clone(),
            judged: Judged::Malformed,
        };
        if let Some(outcome) = visit.service.store.challenge_attempt_find(&attempt).await? {
            return tell(visit, login, (&attempt, outcome), After::default()).await;
        }
    }
    refuse(visit, None).await
}

/// What the store knows a form by. Backup codes have letters: to those who look for digits they would all be alike, and another
/// one in the same form would be told what the first one was.
fn fingerprint(
    key: &AttemptKey,
    ring_key: &RingKey,
    (challenge, channel): (ChallengeId, Channel),
    text: &str,
) -> [u8; 32] {
    match channel {
        Channel::BackupCode => key.fingerprint_of_answer(ring_key, challenge, text),
        _ => key.fingerprint(ring_key, challenge, &TypedCode::read(text)),
    }
}

fn formed_for(fields: &Fields) -> Option<ChallengeId> {
    fields.challenge.as_deref()?.parse().ok()
}

fn is_of_earlier_challenge(fields: &Fields, newest: &ChallengeRecord) -> bool {
    formed_for(fields).is_some_and(|formed_for| formed_for != newest.challenge_id)
}

/// What a right answer by this channel comes to: the pass, and what it stores; or the first of two proofs.
pub(super) fn right(
    visit: &Visit,
    action: &ActionRecord,
    channel: Channel,
) -> Result<Judged, Denied> {
    let service = &visit.service;
    let proven = action.proven.with(channel);
    if !proven.is_enough(&visit.place.app.settings) {
        return Ok(Judged::First);
    }
    Ok(Judged::Right(Passed {
        token_hash: success_token(visit, action)?.hash(),
        expires_at: enrol::token_end(visit, action),
        user_id: UserId::new(visit.now, service.entropy.bytes()),
        sealed_uuid: personal::seal_uuid(
            &visit.ring,
            &visit.end_user.end_user_hash,
            &visit.grant().subject.end_user_uuid,
            visit.now,
            service.entropy.bytes(),
        )?,
        phone: if proven.has_phone() { Some(phone(visit)?) } else { None },
        sealed: action.sealed.clone(),
        phone_changed: action.phone_changed,
        trust: None,
    }))
}

/// The number that a right code proves.
fn phone(visit: &Visit) -> Result<KnownPhone, Denied> {
    let sealed = personal::seal_phone(
        &visit.ring,
        &visit.end_user.end_user_hash,
        &visit.phone,
        visit.now,
        visit.service.entropy.bytes(),
    )?;
    Ok(KnownPhone { hash: visit.phone_hash, sealed })
}

/// The token of an action, the same each time.
pub(super) fn success_token(
    visit: &Visit,
    action: &ActionRecord,
) -> Result<SuccessToken, KeyError> {
    let binding = Binding {
        action_id: action.action_id,
        client_id: action.client_id,
        app_id: action.app_id,
        mode: action.mode,
        purpose: action.purpose,
    };
    SuccessToken::derive(&visit.ring, &binding, action.created_at)
}

/// The commit held: now, and only now, the verdict is told.
pub(super) async fn tell(
    visit: &Visit,
    login: &Login,
    (attempt, outcome): (&Attempt, AttemptOutcome),
    after: After,
) -> Result<Page, Denied> {
    let (metrics, channel) = (&visit.service.metrics, attempt.channel);
    let Some(action) = &login.record.action else { return refuse(visit, None).await };
    let notice = match outcome {
        AttemptOutcome::Passed => {
            metrics.login(channel, "passed");
            visit.log(Some(channel), "login.passed");
            return home(visit, success_token(visit, action)?, channel, after).await;
        }
        AttemptOutcome::Proven => {
            metrics.login(channel, "proven");
            visit.log(Some(channel), "login.proven");
            return second(visit).await;
        }
        AttemptOutcome::Repeat { verdict: Verdict::Right, token_over } => {
            return right_again(visit, channel, token_over, after).await;
        }
        AttemptOutcome::Counted { .. } => {
            let verdict = attempt.judged.verdict();
            metrics.login(channel, refusal(verdict));
            visit.log(Some(channel), "login.code_refused");
            Some(Notice::of(verdict))
        }
        AttemptOutcome::Repeat { verdict, .. } => Some(Notice::of(verdict)),
        AttemptOutcome::Closed
        | AttemptOutcome::ActionClosed
        | AttemptOutcome::Locked
        | AttemptOutcome::FactorMoved
        | AttemptOutcome::ProofMoved => None,
    };
    refuse(visit, notice).await
}

/// The same answer for the very same form. What was read before may be older than what its first sending did.
async fn right_again(
    visit: &Visit,
    channel: Channel,
    token_over: bool,
    after: After,
) -> Result<Page, Denied> {
    let login = Login::find(visit).await?;
    let Some(action) = &login.record.action else { return refuse(visit, None).await };
    match action.status {
        // Only what the login passed by leads home, not what was the first of two proofs.
        Status::Passed if !token_over && action.proven.last() == Some(channel) => {
            home(visit, success_token(visit, action)?, channel, after).await
        }
        Status::Open if action.proven.channels().contains(&channel) => second(visit).await,
        _ => refuse(visit, None).await,
    }
}

/// One of two proofs was given here: on to the other.
async fn second(visit: &Visit) -> Result<Page, Denied> {
    let login = Login::find_proven(visit).await?;
    match login.enrols.first() {
        Some(wanted) => enrol::show_proof(visit, &login, *wanted).await,
        None => Ok(login.page(visit)),
    }
}

/// The way home, or first to what was asked for beside the code, or to new backup codes where few are left.
async fn home(
    visit: &Visit,
    token: SuccessToken,
    by: Channel,
    after: After,
) -> Result<Page, Denied> {
    let page = home_by(visit, token, by, after.next).await?;
    Ok(page.with_cookie(after.device.and_then(|device| trust::cookie(visit, &device))))
}

async fn home_by(
    visit: &Visit,
    token: SuccessToken,
    by: Channel,
    next: Option<Channel>,
) -> Result<Page, Denied> {
    if let Some(wanted) = next {
        return enrol::begin(visit, token, wanted).await;
    }
    if by == Channel::BackupCode {
        let left = Login::find(visit).await?.record.backup_codes;
        if let Some(page) = FewCodes::page(&visit.place, left, token.reveal()) {
            return Ok(page);
        }
    }
    manage::after_pass(visit, &token).await
}

/// Where the login stands now, told late: who guesses waits for each answer, while the work of guessing would
/// otherwise be the server's alone, and honest people would wait for it. All is committed by now.
pub(super) async fn refuse(visit: &Visit, notice: Option<Notice>) -> Result<Page, Denied> {
    tokio::time::sleep(visit.service.config.failures.refusal_delay).await;
    let login = Login::find(visit).await?;
    let may_type = matches!(login.standing(visit), Standing::Enter { .. } | Standing::Prove { .. });
    Ok(login.page_with(visit, notice.filter(|_| may_type)))
}

/// The word for a check that did not pass, in metrics.
const fn refusal(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Malformed => "malformed",
        Verdict::Used => "used",
        Verdict::ClockOff => "clock_off",
        Verdict::Wrong | Verdict::Right => "wrong",
    }
}

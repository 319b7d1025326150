//! Checking a code: judge, then count and consume in one commit, then tell.

use onlyauth_core::action::{self, Command, Outcome, Standing, Status};
use onlyauth_core::audit::Deed;
use onlyauth_core::challenge::{AttemptKey, Code, Issued, TypedCode, Verdict};
use onlyauth_core::channel::Channel;
use onlyauth_core::factor::backup_code::BackupVerdict;
use onlyauth_core::factor::totp::TotpVerdict;
use onlyauth_core::failures::Band;
use onlyauth_core::ids::{ChallengeId, UserId};
use onlyauth_core::keys::{KeyError, Purpose};
use onlyauth_core::notice::Notice as Told;
use onlyauth_core::personal::{self, Hash};
use onlyauth_core::success_token::{Binding, SuccessToken};
use onlyauth_core::trust::DeviceToken;
use onlyauth_store::{
    ActionRecord, Attempt, AttemptOutcome, ChallengeRecord, CodeOrigin, FactorUse, Judged,
    KnownPhone, Passed, Record,
};

use super::Fields;
use super::enrol::{self, FewCodes};
use super::page::Page;
use super::prove;
use super::screen::Notice;
use super::standing::Login;
use super::told;
use super::trust;
use super::visit::{Denied, Visit};
use crate::client_address::ClientAddress;

/// How often a code is judged again because its factor moved while it was: each time somebody else was faster with a code
/// of their own, of which there are few.
pub(super) const ROUNDS: u32 = 3;

/// What is wanted after a pass.
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
            return refuse(visit, None).await;
        };
        if outcome != AttemptOutcome::FactorMoved {
            let after = After { next: fields.next, device };
            return tell(visit, &login, (&attempt, outcome), after).await;
        }
        login = Login::find(visit).await?;
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
    let Outcome::Judge(band) = login.decide(Command::Check, visit) else { return Ok(None) };
    let (Some(action), Some(challenge)) = (&login.record.action, &login.record.challenge) else {
        return Ok(None);
    };
    if is_of_earlier_challenge(fields, challenge) {
        // A reload or another tab, after a newer code went out: nothing was guessed of that one.
        return Ok(None);
    }
    // What is no longer open never opens again: a flood of guesses at it is answered from what was read.
    let open = action::Challenge::from(challenge).open_at(visit.now);
    let attempt = attempt(visit, fields, login, (action, challenge), (band, open)).await?;
    let attempt = trusting(visit, attempt, device)?;
    let store = &visit.service.store;
    let outcome = if open {
        store.challenge_attempt(&attempt).await?
    } else {
        store.challenge_attempt_find(&attempt).await?.unwrap_or(AttemptOutcome::Closed)
    };
    Ok(Some((attempt, outcome)))
}

/// A right answer trusts the device as well, where that is wanted.
pub(super) fn trusting(
    visit: &Visit,
    attempt: Attempt,
    device: Option<&DeviceToken>,
) -> Result<Attempt, Denied> {
    let (Judged::Right(passed), Some(device)) = (&attempt.judged, device) else {
        return Ok(attempt);
    };
    let trust = Some(Box::new(trust::new_trust(visit, device)?));
    Ok(Attempt { judged: Judged::Right(Passed { trust, ..passed.clone() }), ..attempt })
}

fn is_of_earlier_challenge(fields: &Fields, newest: &ChallengeRecord) -> bool {
    let formed_for: Option<ChallengeId> =
        fields.challenge.as_deref().and_then(|id| id.parse().ok());
    formed_for.is_some_and(|formed_for| formed_for != newest.challenge_id)
}

async fn attempt(
    visit: &Visit,
    fields: &Fields,
    login: &Login,
    (action, challenge): (&ActionRecord, &ChallengeRecord),
    (band, open): (Band, bool),
) -> Result<Attempt, Denied> {
    let service = &visit.service;
    let key = AttemptKey::parse(fields.attempt.as_deref().unwrap_or_default());
    let well_formed = key.is_some() && !fields.strange;
    if !well_formed {
        service.metrics.widget_refusal("strange_check");
    }
    let text = fields.code.as_deref().filter(|_| well_formed).unwrap_or_default();
    let typed = TypedCode::read(text);
    let fingerprint = key.unwrap_or_else(|| AttemptKey::new(service.entropy.bytes())).fingerprint(
        visit.ring.at(Purpose::Attempt, action.created_at)?,
        challenge.challenge_id,
        &typed,
    );
    let mut backup_code = None;
    let (judged, factor) = match &challenge.code {
        // Nothing is judged there: an answer must not even take another time when the code would have been right.
        _ if !open => (Judged::Malformed, None),
        Some(origin) => (judge(visit, action, (challenge, origin), &typed)?, None),
        None if challenge.channel == Channel::BackupCode => {
            let judged;
            (judged, backup_code) = judge_backup_code(visit, action, text).await?;
            (judged, None)
        }
        None => judge_factor(visit, action, login, &typed)?,
    };
    Ok(Attempt {
        action_id: visit.action_id(),
        challenge_id: challenge.challenge_id,
        end_user: visit.end_user,
        channel: challenge.channel,
        fingerprint,
        band,
        now: visit.now,
        factor,
        ceremony: None,
        backup_code,
        record: changed(visit, login, action, &judged)?,
        judged,
    })
}

fn judge(
    visit: &Visit,
    action: &ActionRecord,
    (challenge, origin): (&ChallengeRecord, &CodeOrigin),
    typed: &TypedCode,
) -> Result<Judged, Denied> {
    let issued = Issued {
        challenge_id: challenge.challenge_id,
        seed: &origin.seed,
        key_id: origin.key_id,
        digits: challenge.digits,
    };
    let expected = Code::expected(&visit.ring, &issued, action.mode, &visit.phone, visit.now)?;
    Ok(match expected.judge(typed) {
        Verdict::Right => Judged::Right(passed(visit, action, Some(phone(visit)?))?),
        Verdict::Malformed => Judged::Malformed,
        _ => Judged::Wrong,
    })
}

fn judge_factor(
    visit: &Visit,
    action: &ActionRecord,
    login: &Login,
    typed: &TypedCode,
) -> Result<(Judged, Option<FactorUse>), Denied> {
    let (verdict, factor) = prove::judge_totp(visit, &login.factors, typed)?;
    let judged = match verdict {
        TotpVerdict::Right(_) => Judged::Right(passed(visit, action, None)?),
        TotpVerdict::Wrong => Judged::Wrong,
        TotpVerdict::Malformed => Judged::Malformed,
        TotpVerdict::Used => Judged::Used,
        TotpVerdict::ClockOff(_) => Judged::ClockOff,
    };
    Ok((judged, factor))
}

async fn judge_backup_code(
    visit: &Visit,
    action: &ActionRecord,
    typed: &str,
) -> Result<(Judged, Option<Hash>), Denied> {
    Ok(match prove::judge_backup_code(visit, typed).await? {
        BackupVerdict::Right(hash) => (Judged::Right(passed(visit, action, None)?), Some(hash)),
        BackupVerdict::Wrong => (Judged::Wrong, None),
        BackupVerdict::Malformed => (Judged::Malformed, None),
        BackupVerdict::Used => (Judged::Used, None),
    })
}

/// What is written down, and told to the old number, of a pass with a new one (security.md row 28).
fn changed(
    visit: &Visit,
    login: &Login,
    action: &ActionRecord,
    judged: &Judged,
) -> Result<Option<Record>, Denied> {
    let by_phone = matches!(judged, Judged::Right(passed) if passed.phone.is_some());
    match &login.record.end_user {
        Some(known) if by_phone && action.phone_changed => {
            let (deed, notice) = (Deed::PhoneChanged, Told::PhoneChanged);
            Ok(Some(told::record(visit, known, deed, "", notice)?))
        }
        _ => Ok(None),
    }
}

/// What a right answer stores.
pub(super) fn passed(
    visit: &Visit,
    action: &ActionRecord,
    phone: Option<KnownPhone>,
) -> Result<Passed, Denied> {
    let service = &visit.service;
    Ok(Passed {
        token_hash: success_token(visit, action)?.hash(),
        expires_at: visit.now.plus(service.config.tokens.success_token_lifetime),
        user_id: UserId::new(visit.now, service.entropy.bytes()),
        sealed_uuid: personal::seal_uuid(
            &visit.ring,
            &visit.end_user.end_user_hash,
            &visit.grant().subject.end_user_uuid,
            visit.now,
            service.entropy.bytes(),
        )?,
        phone,
        sealed: action.sealed.clone(),
        phone_changed: action.phone_changed,
        trust: None,
    })
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
    Ok(KnownPhone { hash: visit.phone_hash()?, sealed })
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
        AttemptOutcome::Repeat { verdict: Verdict::Right, token_over: false, .. } => {
            return home(visit, success_token(visit, action)?, channel, after).await;
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
        | AttemptOutcome::FactorMoved => None,
    };
    refuse(visit, notice).await
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
    Ok(Page::passed(visit, &token))
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

//! Checking a code: judge, then count and consume in one commit, then tell.

use onlyauth_core::action::{Command, Outcome, Standing};
use onlyauth_core::challenge::{AttemptKey, Code, Issued, TypedCode, Verdict};
use onlyauth_core::channel::Channel;
use onlyauth_core::failures::Band;
use onlyauth_core::ids::{ChallengeId, UserId};
use onlyauth_core::keys::{KeyError, Purpose};
use onlyauth_core::personal;
use onlyauth_core::success_token::{Binding, SuccessToken};
use onlyauth_store::{Attempt, AttemptOutcome, Judged, LoginRecord, Passed};

use super::Fields;
use super::page::Page;
use super::screen::Notice;
use super::standing::Login;
use super::visit::{Denied, Visit};

/// Checks what was typed. A POST that reaches an open challenge uses up a try, also one that no form of ours
/// makes: an odd shape must not be a free guess. Only the very same form again is told its own answer.
pub(super) async fn check(visit: &Visit, fields: &Fields) -> Result<Page, Denied> {
    let login = Login::find(visit).await?;
    let Outcome::Judge(band) = login.decide(Command::Check, visit) else {
        return Ok(login.page(visit));
    };
    let Some(record) = &login.record else { return Ok(login.page(visit)) };
    if is_of_earlier_challenge(fields, record) {
        // A reload or another tab, after a newer code went out: nothing was guessed of that one.
        return Ok(login.page(visit));
    }
    let Some(attempt) = attempt(visit, fields, record, band)? else {
        return Ok(login.page(visit));
    };
    let outcome = visit.service.store.challenge_attempt(&attempt).await?;
    tell(visit, record, &attempt, outcome).await
}

fn is_of_earlier_challenge(fields: &Fields, login: &LoginRecord) -> bool {
    let newest = login.challenge.as_ref().map(|challenge| challenge.challenge_id);
    let formed_for: Option<ChallengeId> =
        fields.challenge.as_deref().and_then(|id| id.parse().ok());
    formed_for.is_some() && formed_for != newest
}

fn attempt(
    visit: &Visit,
    fields: &Fields,
    login: &LoginRecord,
    band: Band,
) -> Result<Option<Attempt>, Denied> {
    let service = &visit.service;
    let Some(challenge) = &login.challenge else { return Ok(None) };
    let key = AttemptKey::parse(fields.attempt.as_deref().unwrap_or_default());
    let well_formed = key.is_some() && !fields.strange;
    if !well_formed {
        service.metrics.widget_refusal("strange_check");
    }
    let typed = fields.code.as_deref().filter(|_| well_formed).unwrap_or_default();
    let typed = TypedCode::read(typed);
    let issued = Issued {
        challenge_id: challenge.challenge_id,
        seed: &challenge.seed,
        key_id: challenge.code_key_id,
        digits: challenge.digits,
    };
    let expected =
        Code::expected(&visit.ring, &issued, login.action.mode, &visit.phone, visit.now)?;
    let fingerprint = key.unwrap_or_else(|| AttemptKey::new(service.entropy.bytes())).fingerprint(
        visit.ring.at(Purpose::Attempt, login.action.created_at)?,
        challenge.challenge_id,
        &typed,
    );
    let judged = match expected.judge(&typed) {
        Verdict::Right => Judged::Right(passed(visit, login)?),
        Verdict::Wrong => Judged::Wrong,
        Verdict::Malformed => Judged::Malformed,
    };
    Ok(Some(Attempt {
        action_id: visit.action_id(),
        challenge_id: challenge.challenge_id,
        end_user: visit.end_user,
        channel: Channel::Sms,
        fingerprint,
        band,
        now: visit.now,
        judged,
    }))
}

/// What a right answer stores.
fn passed(visit: &Visit, login: &LoginRecord) -> Result<Passed, Denied> {
    let service = &visit.service;
    Ok(Passed {
        token_hash: success_token(visit, login)?.hash(),
        expires_at: visit.now.plus(service.config.tokens.success_token_lifetime),
        user_id: UserId::new(visit.now, service.entropy.bytes()),
        phone_hash: visit.phone_hash()?,
        sealed_phone: personal::seal_phone(
            &visit.ring,
            &visit.end_user.end_user_hash,
            &visit.phone,
            visit.now,
            service.entropy.bytes(),
        )?,
    })
}

fn success_token(visit: &Visit, login: &LoginRecord) -> Result<SuccessToken, KeyError> {
    let binding = Binding {
        action_id: login.action.action_id,
        client_id: login.action.client_id,
        app_id: login.action.app_id,
        mode: login.action.mode,
    };
    SuccessToken::derive(&visit.ring, &binding, login.action.created_at)
}

/// The commit held: now, and only now, the verdict is told.
async fn tell(
    visit: &Visit,
    login: &LoginRecord,
    attempt: &Attempt,
    outcome: AttemptOutcome,
) -> Result<Page, Denied> {
    let metrics = &visit.service.metrics;
    let notice = match outcome {
        AttemptOutcome::Passed => {
            metrics.login(Channel::Sms, "passed");
            visit.log("login.passed");
            return Ok(Page::passed(visit, &success_token(visit, login)?));
        }
        AttemptOutcome::Repeat { verdict: Verdict::Right, token_over: false, .. } => {
            return Ok(Page::passed(visit, &success_token(visit, login)?));
        }
        AttemptOutcome::Counted { .. } => {
            let malformed = matches!(attempt.judged, Judged::Malformed);
            metrics.login(Channel::Sms, if malformed { "malformed" } else { "wrong" });
            visit.log("login.code_refused");
            Some(if malformed { Notice::Malformed } else { Notice::Wrong })
        }
        AttemptOutcome::Repeat { verdict, .. } => Some(Notice::of(verdict)),
        AttemptOutcome::Closed | AttemptOutcome::ActionClosed | AttemptOutcome::Locked => None,
    };
    let login = Login::find(visit).await?;
    let may_type = matches!(login.standing(visit), Standing::Enter { .. });
    Ok(login.page_with(visit, notice.filter(|_| may_type)))
}

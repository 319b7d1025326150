//! What was typed, judged by the rule of its channel: a code that was sent, one of an authenticator app, a backup code.

use onlyauth_core::audit::Deed;
use onlyauth_core::challenge::{AttemptKey, Code, Issued, TypedCode, Verdict};
use onlyauth_core::channel::Channel;
use onlyauth_core::factor::backup_code::BackupVerdict;
use onlyauth_core::factor::totp::TotpVerdict;
use onlyauth_core::failures::Band;
use onlyauth_core::keys::Purpose;
use onlyauth_core::notice::Notice;
use onlyauth_core::personal::Hash;
use onlyauth_store::{
    ActionRecord, Attempt, ChallengeRecord, CodeOrigin, FactorUse, Judged, Record,
};

use super::{fingerprint, right};
use crate::widget::Fields;
use crate::widget::prove;
use crate::widget::standing::Login;
use crate::widget::told;
use crate::widget::visit::{Denied, Visit};

/// The attempt that a form makes at a challenge. Nothing is judged without a `band`: the challenge is not open.
pub(super) async fn attempt(
    visit: &Visit,
    fields: &Fields,
    login: &Login,
    (action, challenge): (&ActionRecord, &ChallengeRecord),
    band: Option<Band>,
) -> Result<Attempt, Denied> {
    let service = &visit.service;
    let key = AttemptKey::parse(fields.attempt.as_deref().unwrap_or_default());
    let well_formed = key.is_some() && !fields.strange;
    if !well_formed {
        service.metrics.widget_refusal("strange_check");
    }
    let text = fields.code.as_deref().filter(|_| well_formed).unwrap_or_default();
    let typed = TypedCode::read(text);
    let key = key.unwrap_or_else(|| AttemptKey::new(service.entropy.bytes()));
    let ring_key = visit.ring.at(Purpose::Attempt, action.created_at)?;
    let of = (challenge.challenge_id, challenge.channel);
    let fingerprint = fingerprint(&key, ring_key, of, text);
    let mut backup_code = None;
    let (judged, factor) = match &challenge.code {
        // Nothing is judged there: an answer must not even take another time when the code would have been right.
        _ if band.is_none() => (Judged::Malformed, None),
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
        band: band.unwrap_or(Band::EMPTY),
        now: visit.now,
        factor,
        ceremony: None,
        backup_code,
        record: changed(visit, login, action, &judged)?,
        proven: action.proven.clone(),
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
        Verdict::Right => right(visit, action, challenge.channel)?,
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
        TotpVerdict::Right(_) => right(visit, action, Channel::Totp)?,
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
        BackupVerdict::Right(hash) => (right(visit, action, Channel::BackupCode)?, Some(hash)),
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
            let (deed, notice) = (Deed::PhoneChanged, Notice::PhoneChanged);
            Ok(Some(told::record(visit, known, deed, "", notice)?))
        }
        _ => Ok(None),
    }
}

//! Proving by a factor: nothing is sent. The action starts, and its checks are counted at a challenge of their own.

use onlyauth_core::challenge::TypedCode;
use onlyauth_core::channel::Channel;
use onlyauth_core::factor::backup_code::{self, BackupCode, BackupVerdict};
use onlyauth_core::factor::totp::{self, TotpSecret, TotpVerdict};
use onlyauth_core::ids::ChallengeId;
use onlyauth_core::personal;
use onlyauth_store::{Begin, FactorRecord, FactorUse, StoreError};

use super::Fields;
use super::limits;
use super::page::Page;
use super::send;
use super::standing::Login;
use super::visit::{Denied, Visit};
use crate::client_address::ClientAddress;

/// The factors whose forms may be filled in before anything began.
const CHANNELS: [Channel; 2] = [Channel::Totp, Channel::BackupCode];

/// The kind of factor that a form proves by; None where it is a code's that was sent.
pub(super) fn channel(visit: &Visit, fields: &Fields) -> Option<Channel> {
    let formed_for: ChallengeId = fields.challenge.as_deref()?.parse().ok()?;
    let id = |channel| ChallengeId::of_action(visit.action_id(), channel);
    CHANNELS.into_iter().find(|channel| id(*channel) == formed_for)
}

/// Makes the factor's challenge the newest, and starts the action if it has not begun. The page that says why not, where
/// that is so.
pub(super) async fn begin(
    visit: &Visit,
    login: &Login,
    channel: Channel,
    address: &ClientAddress,
) -> Result<Option<Page>, Denied> {
    let service = &visit.service;
    let starts = login.record.action.is_none();
    if starts && let Err(limited) = limits::take_start(visit, address).await? {
        return Ok(Some(send::limited_page(visit, channel, &limited)));
    }
    let lifetime = service.config.tokens.action_lifetime;
    let begin = Begin {
        action_id: visit.action_id(),
        end_user: visit.end_user,
        channel,
        challenge_id: ChallengeId::of_action(visit.action_id(), channel),
        sends: login.sends(),
        digits: if channel == Channel::Totp { totp::DIGITS } else { 0 },
        max_attempts: service.policy.codes.checks,
        now: visit.now,
        // It ends with the action, however often that is extended.
        expires_at: visit.now.plus(lifetime * (1 + service.policy.action_extensions)),
        start: if starts { Some(send::new_action(visit, login)?) } else { None },
    };
    if service.store.challenge_begin(&begin).await? && starts {
        service.metrics.login(channel, "started");
        visit.log(Some(channel), "login.started");
    }
    Ok(None)
}

/// What a typed code was found to be, and which factor it was of.
pub(super) type Judgement = (TotpVerdict, Option<FactorUse>);

/// Judges a code by the end user's authenticator apps.
pub(super) fn judge_totp(
    visit: &Visit,
    factors: &[FactorRecord],
    typed: &TypedCode,
) -> Result<Judgement, Denied> {
    let apps: Vec<_> = factors.iter().filter(|factor| factor.channel == Channel::Totp).collect();
    let opened = apps.iter().map(|factor| Ok((secret(visit, factor)?, factor.position)));
    let opened: Vec<_> = opened.collect::<Result<_, Denied>>()?;
    let (verdict, place) = totp::judge_any(&opened, typed, visit.now);
    let position = match verdict {
        // A code of the future, once shown, must not be of use when its time has come.
        TotpVerdict::Right(step) | TotpVerdict::ClockOff(step) => Some(step),
        _ => None,
    };
    let factor = place.and_then(|place| apps.get(place)).zip(position);
    let moved =
        factor.map(|(factor, position)| FactorUse { factor_id: factor.factor_id, position });
    Ok((verdict, moved))
}

/// Judges a code by the end user's backup codes.
pub(super) async fn judge_backup_code(visit: &Visit, typed: &str) -> Result<BackupVerdict, Denied> {
    let end_user = &visit.end_user.end_user_hash;
    let hash = BackupCode::read(typed)
        .map(|code| personal::backup_code_hash(&visit.ring, end_user, &code))
        .transpose()?;
    let set = visit.service.store.backup_code_list(&visit.end_user).await?;
    Ok(backup_code::judge(hash.as_ref(), &set))
}

fn secret(visit: &Visit, factor: &FactorRecord) -> Result<TotpSecret, Denied> {
    let end_user = &visit.end_user.end_user_hash;
    let clear =
        personal::open_factor(&visit.ring, end_user, factor.factor_id, &factor.sealed, visit.now)?;
    TotpSecret::new(clear.to_vec()).map_err(|_| {
        let key = factor.factor_id.to_string();
        StoreError::Corrupt { table: "factors", column: "sealed", key }.into()
    })
}

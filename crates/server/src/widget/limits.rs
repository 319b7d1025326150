//! Which limits a start and a message must pass. They are a commit of their own, before what they protect, and
//! are never given back.

use data_encoding::HEXLOWER;
use onlyauth_core::channel::Mode;
use onlyauth_core::limits::Quota;
use onlyauth_core::personal;
use onlyauth_store::{LimitTake, LimitsOutcome};

use super::visit::{Denied, Visit};
use crate::client_address::ClientAddress;
use crate::error::ApiError;

/// Takes every limit that a message needs, and that of starting where the action is new. All or none.
pub(super) async fn take(
    visit: &Visit,
    starts: bool,
    address: &ClientAddress,
) -> Result<Result<(), ApiError>, Denied> {
    let mut named = Vec::new();
    if starts {
        named.push(start(visit, address));
    }
    // Nothing leaves the building in sandbox mode: there is no phone to protect and no bill to cap.
    if visit.grant().mode == Mode::Live {
        named.extend(message(visit)?);
    }
    take_all(visit, &named).await
}

/// Takes the limit of starting an action.
pub(super) async fn take_start(
    visit: &Visit,
    address: &ClientAddress,
) -> Result<Result<(), ApiError>, Denied> {
    take_all(visit, &[start(visit, address)]).await
}

async fn take_all(visit: &Visit, named: &[Named]) -> Result<Result<(), ApiError>, Denied> {
    if named.is_empty() {
        return Ok(Ok(()));
    }
    let takes: Vec<LimitTake> = named
        .iter()
        .map(|(_, key, quota)| LimitTake { key: key.clone(), take: quota.take(visit.now) })
        .collect();
    Ok(match visit.service.store.limits_take(&takes).await? {
        LimitsOutcome::Taken => Ok(()),
        LimitsOutcome::Refused { index, retry_at } => {
            let name = named.get(index).map_or("limit", |(name, ..)| *name);
            tracing::info!(action.id = %visit.action_id(), limit = name, "login.limited");
            Err(ApiError::rate_limited(name, visit.now, retry_at))
        }
    })
}

type Named = (&'static str, String, Quota);

fn start(visit: &Visit, address: &ClientAddress) -> Named {
    let per_hour = visit.service.config.limits.starts_per_ip_per_hour;
    let key = format!("start|ip|{}|{}", visit.grant().app_id, address.bucket());
    ("logins per address and app", key, Quota::hourly(per_hour))
}

fn message(visit: &Visit) -> Result<[Named; 4], Denied> {
    let limits = &visit.service.config.limits;
    let (client, app) = (visit.grant().client_id, visit.grant().app_id);
    let phone = HEXLOWER.encode(&visit.phone_hash);
    let over_all = HEXLOWER.encode(&personal::phone_hash_over_all(&visit.ring, &visit.phone)?);
    let country = visit.phone.country();
    Ok([
        (
            "messages per client and phone",
            format!("send|client-phone|{client}|{phone}"),
            Quota::hourly(limits.sends_per_client_and_phone_per_hour),
        ),
        (
            "messages per app",
            format!("send|app|{app}"),
            Quota::hourly(limits.sends_per_app_per_hour),
        ),
        (
            "messages per app and country",
            format!("send|country|{app}|{country}"),
            Quota::hourly(limits.sends_per_app_and_country_per_hour),
        ),
        (
            "messages per phone",
            format!("send|phone|{over_all}"),
            Quota::hourly(limits.sends_per_phone_per_hour),
        ),
    ])
}

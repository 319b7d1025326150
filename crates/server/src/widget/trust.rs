//! Trusted devices: deciding whether one stands in, letting it, and trusting one after a pass.
//!
//! A GET only shows what is decided. What it shows has one button, and the POST of that decides again and passes the action.

use axum::http::HeaderValue;
use onlyauth_core::action::Status;
use onlyauth_core::channel::PassedBy;
use onlyauth_core::ids::DeviceId;
use onlyauth_core::success_token::{Binding, SuccessToken};
use onlyauth_core::trust::{self, Decision, DeviceToken, Shown, Situation};
use onlyauth_store::{
    DeviceRecord, FactorRecord, LoginRecord, NewTrust, TrustedPass, TrustedPassOutcome,
};

use super::Fields;
use super::browser;
use super::limits;
use super::page::Page;
use super::send;
use super::standing::Login;
use super::visit::{Denied, Visit};
use crate::client_address::ClientAddress;

/// What is decided about the device of a browser, before a login begins.
#[derive(Debug, Clone)]
pub(super) struct Judged {
    pub(super) decision: Decision,
    /// The device, if the end user trusted it once.
    known: Option<DeviceRecord>,
}

impl Judged {
    /// Whether the device stands in.
    pub(super) fn is_trusted(&self) -> bool {
        self.decision == Decision::Trusted
    }
}

/// Decides about a login that has not begun. Where the app does not let devices be trusted, or the browser shows none, that
/// costs nothing.
pub(super) async fn judge(
    visit: &Visit,
    record: &LoginRecord,
    factors: &[FactorRecord],
    phone_changed: bool,
) -> Result<Judged, Denied> {
    let settings = &visit.place.app.settings;
    let device = visit.browser.device.as_ref().filter(|_| settings.intelligent_2fa);
    let known = match device {
        Some(device) => {
            visit.service.store.trusted_device_find(&visit.end_user, &device.hash()).await?
        }
        None => None,
    };
    let shown = match (device, &known) {
        (None, _) => Shown::Nothing,
        (Some(_), None) => Shown::Unknown,
        (Some(_), Some(known)) => Shown::Known(known.record.device),
    };
    let situation = Situation {
        phone_hash: visit.phone_hash,
        phone_changed,
        last_enrolled: factors
            .iter()
            .map(|factor| factor.created_at)
            .chain(known.as_ref().and_then(|known| known.codes_since))
            .max(),
        last_code_used: known.as_ref().and_then(|known| known.code_used),
        last_failure: record.last_failure(),
        country: visit.browser.country,
    };
    let decision = trust::decide(settings, shown, &situation, visit.now);
    Ok(Judged { decision, known: known.map(|known| known.record) })
}

/// Lets a trusted device stand in, or asks.
pub(super) async fn stand_in(visit: &Visit, address: &ClientAddress) -> Result<Page, Denied> {
    let _turn = visit.service.action_locks.hold(visit.action_id()).await;
    let login = Login::find(visit).await?;
    let Some(Judged { decision: Decision::Trusted, known: Some(known) }) = &login.trust else {
        return match again(visit, &login).await? {
            Some(token) => Ok(Page::passed(visit, &token)),
            None => Ok(login.page(visit)),
        };
    };
    if let Err(limited) = limits::take_start(visit, address).await? {
        return Ok(send::limited_page(visit, PassedBy::TrustedDevice, &limited));
    }
    let Some(device) = &visit.browser.device else { return Ok(login.page(visit)) };
    let token = success_token(visit)?;
    let pass = TrustedPass {
        start: send::new_action(visit, &login)?,
        device_hash: device.hash(),
        trusted_at: known.device.trusted_at,
        token_hash: token.hash(),
        token_expires_at: visit.now.plus(visit.service.config.tokens.success_token_lifetime),
    };
    match visit.service.store.trusted_device_pass(&pass).await? {
        TrustedPassOutcome::Passed => {
            visit.service.metrics.login(PassedBy::TrustedDevice, "passed");
            tracing::info!(
                action.id = %visit.action_id(),
                app.id = %visit.grant().app_id,
                device.id = %known.device_id,
                "login.device_stood_in"
            );
            Ok(Page::passed(visit, &token))
        }
        // Another instance was faster with the very same.
        TrustedPassOutcome::Begun => {
            let login = Login::find(visit).await?;
            let token = again(visit, &login).await?;
            Ok(token.map_or_else(|| login.page(visit), |token| Page::passed(visit, &token)))
        }
        TrustedPassOutcome::Doubted => Ok(Login::find(visit).await?.asking(visit)),
    }
}

/// The success token of a login in which the device that the browser shows has stood in, while it is not redeemed: the same
/// form again gets the same answer.
async fn again(visit: &Visit, login: &Login) -> Result<Option<SuccessToken>, Denied> {
    let passed = login.record.action.as_ref().filter(|action| action.status == Status::Passed);
    let (Some(action), Some(device)) = (passed, &visit.browser.device) else { return Ok(None) };
    let store = &visit.service.store;
    let hash = device.hash();
    if !store.trusted_device_stood_in(&visit.end_user, &hash, visit.action_id(), visit.now).await? {
        return Ok(None);
    }
    Ok(Some(SuccessToken::derive(&visit.ring, &binding(visit), action.created_at)?))
}

fn success_token(visit: &Visit) -> Result<SuccessToken, Denied> {
    Ok(SuccessToken::derive(&visit.ring, &binding(visit), visit.now)?)
}

fn binding(visit: &Visit) -> Binding {
    let grant = visit.grant();
    Binding {
        action_id: grant.action_id,
        client_id: grant.client_id,
        app_id: grant.app_id,
        mode: grant.mode,
        purpose: grant.audience.purpose(),
    }
}

/// The device that a form wants to have trusted; None where it wants none, or must not.
///
/// A browser keeps what it has, which other end users and apps may go by, unless somebody took back their trust in just
/// that: it may be in other hands as well.
pub(super) async fn wanted(
    visit: &Visit,
    fields: &Fields,
    login: &Login,
) -> Result<Option<DeviceToken>, Denied> {
    let settings = &visit.place.app.settings;
    let Some(action) = &login.record.action else { return Ok(None) };
    let wants = fields.wants_trust && !fields.strange && !visit.manages();
    if !wants || !trust::is_offered(settings, action.phone_changed) {
        return Ok(None);
    }
    if let Some(shown) = &visit.browser.device {
        let store = &visit.service.store;
        let client_id = visit.grant().client_id;
        if !store.trusted_device_token_is_revoked(client_id, &shown.hash()).await? {
            return Ok(Some(shown.clone()));
        }
    }
    Ok(Some(DeviceToken::derive(&visit.ring, &binding(visit), action.created_at)?))
}

/// What is written down with a login that begins, and said in the log.
pub(super) fn record(visit: &Visit, login: &Login) -> Option<Decision> {
    let decided = login.trust.as_ref().and_then(|judged| judged.decision.recorded())?;
    tracing::info!(
        action.id = %visit.action_id(),
        app.id = %visit.grant().app_id,
        decided = decided.words(),
        "login.device_judged"
    );
    Some(decided.clone())
}

/// What a pass stores for it.
pub(super) fn new_trust(visit: &Visit, device: &DeviceToken) -> NewTrust {
    let service = &visit.service;
    NewTrust {
        device_id: DeviceId::new(visit.now, service.entropy.bytes()),
        token_hash: device.hash(),
        phone_hash: visit.phone_hash,
        country: visit.browser.country,
        expires_at: visit.now.plus(service.config.trust.lifetime()),
    }
}

/// What the browser is told to keep.
pub(super) fn cookie(visit: &Visit, device: &DeviceToken) -> Option<HeaderValue> {
    browser::cookie(device, visit.service.config.trust.lifetime().as_secs())
}

//! Where end users look after their factors: once they have proven themselves for just that, all that they have, and a page for
//! each of it.
//!
//! Each form shows the success token, which nobody redeems here: the access token, which the page around the widget knows,
//! proves no more than the password does (security.md row 27).

mod change;
mod link;
mod screen;

use onlyauth_core::channel::Channel;
use onlyauth_core::enrolment;
use onlyauth_core::management::{self, Left};
use onlyauth_core::personal;
use onlyauth_core::success_token::SuccessToken;
use onlyauth_store::{FactorRecord, Management};

use super::Fields;
use super::enrol::{self, Pass};
use super::page::Page;
use super::shell::Facts;
use super::standing::{self, Login};
use super::visit::{Denied, Visit};
use super::words::seconds;
use crate::api::user_view::factor_name;

pub(super) use change::{Command, device, extended, factor};
pub(super) use link::{PATH as LINK, open_link, show_link};
pub(super) use screen::{Entry, FactorsView, LinkUsed, LinkView, OneView, Removal};

/// Where whoever has passed goes on: home or, where they look after their factors, to all of these.
pub(super) async fn after_pass(visit: &Visit, token: &SuccessToken) -> Result<Page, Denied> {
    if !visit.manages() {
        return Ok(Page::passed(visit, token));
    }
    let login = Login::find(visit).await?;
    match &login.record.action {
        Some(action) => list(visit, &login, &Pass { action, token: token.clone() }, None).await,
        None => Ok(login.page(visit)),
    }
}

/// The same for whoever comes back; None for everybody else.
pub(super) async fn resumed(
    visit: &Visit,
    fields: &Fields,
    login: &Login,
) -> Result<Option<Page>, Denied> {
    match opened(visit, fields, login).await? {
        Some(pass) => Ok(Some(list(visit, login, &pass, None).await?)),
        None => Ok(None),
    }
}

/// The pass by which the end user looks after their factors; None where there is none, somebody else's, or its time is over.
async fn opened<'a>(
    visit: &Visit,
    fields: &Fields,
    login: &'a Login,
) -> Result<Option<Pass<'a>>, Denied> {
    if !visit.manages() {
        return Ok(None);
    }
    let Some(pass) = enrol::shown(visit, fields, login)? else { return Ok(None) };
    let open = visit.service.store.management_is_open(&by(visit)).await?;
    Ok(open.then_some(pass))
}

fn by(visit: &Visit) -> Management {
    Management { action_id: visit.action_id(), end_user: visit.end_user, now: visit.now }
}

/// Whether whoever passed may change anything.
fn may_change(visit: &Visit, login: &Login, pass: &Pass<'_>) -> bool {
    let settings = &visit.place.app.settings;
    let may = |proof| enrolment::may_change(settings, &login.held(), proof).is_ok();
    enrol::proof(pass.action).is_some_and(may)
}

/// All that the end user has, with words about what was just done.
async fn list(
    visit: &Visit,
    login: &Login,
    pass: &Pass<'_>,
    said: Option<&'static str>,
) -> Result<Page, Denied> {
    let words = &visit.place.words;
    let may_change = may_change(visit, login, pass);
    let devices = visit.service.store.trusted_device_list(&visit.end_user, visit.now).await?;
    let here = device_here(visit).await?;
    let devices = devices.iter().map(|device| Entry::device(words, device, here)).collect();
    let entry = |factor| {
        let name = given_name(visit, factor)?;
        Ok(Entry::factor(words, factor, name.as_deref()))
    };
    let settings = &visit.place.app.settings;
    let by_phone = settings.channels().into_iter().any(Channel::is_phone);
    let view = FactorsView {
        place: &visit.place,
        facts: facts(visit, pass),
        token: &pass.token,
        phone: known_phone(visit, login)?.filter(|_| by_phone),
        factors: login.factors.iter().map(entry).collect::<Result<_, Denied>>()?,
        codes: login.record.backup_codes,
        devices,
        adds: adds(visit, login, pass)?,
        may_change,
        said,
        home: visit.redirect.as_str(),
    };
    Ok(view.page())
}

/// The number that last passed, masked: the customer may have named another one since.
fn known_phone(visit: &Visit, login: &Login) -> Result<Option<String>, Denied> {
    let known = login.record.end_user.as_ref().and_then(|known| known.phone.as_ref());
    let Some(known) = known else { return Ok(None) };
    let end_user = &visit.end_user.end_user_hash;
    let phone = personal::open_phone(&visit.ring, end_user, &known.sealed, visit.now)?;
    Ok(Some(phone.masked()))
}

/// What may be added, in the order in which it is offered.
fn adds(visit: &Visit, login: &Login, pass: &Pass<'_>) -> Result<Vec<Channel>, Denied> {
    let Some(proof) = enrol::proof(pass.action) else { return Ok(Vec::new()) };
    let (settings, held) = (&visit.place.app.settings, login.held());
    let mut adds = vec![Channel::Webauthn, Channel::Totp, Channel::BackupCode];
    adds.retain(|wanted| enrolment::may_enrol(settings, *wanted, &held, proof).is_ok());
    // What browsers would let nobody use is not offered.
    adds.retain(|channel| *channel != Channel::Webauthn || visit.service.relying_party.is_some());
    if enrol::is_set_up(visit, login, pass.action)? {
        adds.retain(|channel| *channel != Channel::Totp);
    }
    Ok(adds)
}

/// How long the end user may go on, for pages that warn them.
fn facts(visit: &Visit, pass: &Pass<'_>) -> Facts {
    let ends_in = Some(seconds(visit.now.until(pass.action.expires_at)));
    Facts { ends_in, ..Facts::default() }
}

/// The device that the browser shows, if the end user trusts it.
async fn device_here(visit: &Visit) -> Result<Option<onlyauth_core::ids::DeviceId>, Denied> {
    let Some(shown) = &visit.browser.device else { return Ok(None) };
    let store = &visit.service.store;
    let known = store.trusted_device_find(&visit.end_user, &shown.hash()).await?;
    Ok(known.map(|known| known.record.device_id))
}

/// What the end user calls a factor.
fn given_name(visit: &Visit, factor: &FactorRecord) -> Result<Option<String>, Denied> {
    let (ring, end_user) = (&visit.ring, &visit.end_user.end_user_hash);
    Ok(factor_name(factor, ring, end_user, visit.now)?)
}

/// Whether the end user could not log in without this factor.
fn is_last_way(visit: &Visit, login: &Login, factor: &FactorRecord) -> bool {
    let others = login.factors.iter().filter(|other| other.factor_id != factor.factor_id);
    // What browsers would let nobody use is no way.
    let usable =
        |channel: &Channel| *channel != Channel::Webauthn || visit.service.relying_party.is_some();
    let enrolled: Vec<_> = others.map(|other| other.channel).filter(usable).collect();
    let left = Left {
        country: visit.phone.country(),
        enrolled: &enrolled,
        phone_known: login.record.end_user.as_ref().is_some_and(|known| known.phone.is_some()),
    };
    let settings = &visit.place.app.settings;
    !management::leaves_a_way(settings, left, |channel| standing::carries(visit, channel))
}

/// Where nobody who may do this asked for it: refused and counted, or said that its time is over.
fn closed(visit: &Visit, login: &Login) -> Page {
    let over = login
        .record
        .action
        .as_ref()
        .is_some_and(|action| visit.manages() && visit.now.is_expired(action.expires_at));
    if over { Page::over(&visit.place) } else { enrol::forbidden(visit, login) }
}

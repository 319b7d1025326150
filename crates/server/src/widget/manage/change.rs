//! The page of one factor or trusted device, and what can be done with it.

use onlyauth_core::action::Action;
use onlyauth_core::audit::Deed;
use onlyauth_core::channel::Channel;
use onlyauth_core::factor::name::FactorName;
use onlyauth_core::ids::DeviceId;
use onlyauth_core::notice::Notice as Told;
use onlyauth_core::personal;
use onlyauth_store::{FactorRecord, ManageOutcome, SeenFactors};

use super::screen::{Entry, OneView, Removal};
use super::{by, closed, device_here, facts, given_name, is_last_way, list, may_change, opened};
use crate::widget::Fields;
use crate::widget::enrol::{self, Pass};
use crate::widget::page::Page;
use crate::widget::standing::Login;
use crate::widget::state::State;
use crate::widget::told;
use crate::widget::visit::{Denied, Visit};

/// What is asked for of one thing of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::widget) enum Command {
    /// Its page.
    Show,
    /// Another name.
    Name,
    /// That it be gone.
    Remove,
}

/// Shows, names or removes a factor.
pub(in crate::widget) async fn factor(
    visit: &Visit,
    fields: &Fields,
    command: Command,
) -> Result<Page, Denied> {
    let login = Login::find(visit).await?;
    let Some(pass) = opened(visit, fields, &login).await? else { return Ok(closed(visit, &login)) };
    let wanted = fields.factor.as_deref().unwrap_or_default();
    let found = login.factors.iter().find(|factor| factor.factor_id.to_string() == wanted);
    let Some(factor) = found else {
        // Removed meanwhile, perhaps by the very same form.
        return list(visit, &login, &pass, Some("factors-moved")).await;
    };
    if command != Command::Show && !may_change(visit, &login, &pass) {
        return Ok(enrol::forbidden(visit, &login));
    }
    match command {
        Command::Show => show(visit, &login, &pass, factor, None),
        Command::Name => name(visit, fields, (&login, &pass), factor).await,
        Command::Remove => remove(visit, (&login, &pass), factor).await,
    }
}

/// A name that was typed and can't be one.
struct Refused<'a>(&'a str);

fn show(
    visit: &Visit,
    login: &Login,
    pass: &Pass<'_>,
    factor: &FactorRecord,
    refused: Option<Refused<'_>>,
) -> Result<Page, Denied> {
    let words = &visit.place.words;
    let is_last = is_last_way(visit, login, factor);
    let removal = Removal {
        step: "remove_factor",
        field: "factor",
        text: words.say(if is_last { "factor-last-text" } else { "factor-remove-text" }),
        label: (!is_last).then(|| words.say("factor-remove")),
    };
    let given = given_name(visit, factor)?;
    let state = match (&refused, is_last) {
        (Some(_), _) => State::FactorNameWrong,
        (None, true) => State::FactorLast,
        (None, false) => State::Factor,
    };
    let typed = refused.map(|Refused(typed)| typed.to_owned());
    let view = OneView {
        place: &visit.place,
        state,
        facts: facts(visit, pass),
        token: &pass.token,
        entry: Entry::factor(words, factor, given.as_deref()),
        name: Some(typed.or(given).unwrap_or_default()),
        removal: may_change(visit, login, pass).then_some(removal),
    };
    Ok(view.page())
}

async fn name(
    visit: &Visit,
    fields: &Fields,
    (login, pass): (&Login, &Pass<'_>),
    factor: &FactorRecord,
) -> Result<Page, Denied> {
    let typed = fields.name.as_deref().unwrap_or_default();
    // An empty one takes the name away.
    let name = if typed.trim().is_empty() {
        None
    } else if let Ok(name) = FactorName::parse(typed) {
        Some(name)
    } else {
        return show(visit, login, pass, factor, Some(Refused(typed)));
    };
    let (end_user, nonce) = (&visit.end_user.end_user_hash, visit.service.entropy.bytes());
    let seal = |name: &FactorName| {
        personal::seal_factor_name(&visit.ring, end_user, factor.factor_id, name, visit.now, nonce)
    };
    let sealed = name.as_ref().map(seal).transpose()?;
    let Some(known) = &login.record.end_user else { return Ok(closed(visit, login)) };
    let audit = told::audit(visit, known, Deed::FactorNamed, &factor.factor_id.to_string());
    let store = &visit.service.store;
    let outcome =
        store.factor_name(&by(visit), factor.factor_id, sealed.as_deref(), &audit).await?;
    after(visit, outcome, "factor-saved").await
}

async fn remove(
    visit: &Visit,
    (login, pass): (&Login, &Pass<'_>),
    factor: &FactorRecord,
) -> Result<Page, Denied> {
    if is_last_way(visit, login, factor) {
        return Ok(show(visit, login, pass, factor, None)?.refused());
    }
    let Some(known) = &login.record.end_user else { return Ok(closed(visit, login)) };
    let (deed, notice) = (Deed::FactorRemoved, Told::FactorRemoved);
    let record = told::record(visit, known, deed, &factor.factor_id.to_string(), notice)?;
    let seen = SeenFactors::of(&login.factors);
    let store = &visit.service.store;
    let outcome = store.factor_remove(&by(visit), factor.factor_id, &seen, &record).await?;
    if outcome == ManageOutcome::Done {
        visit.log(Some(factor.channel), "factor.removed");
    }
    after(visit, outcome, "factor-removed").await
}

/// Shows or forgets a trusted device.
pub(in crate::widget) async fn device(
    visit: &Visit,
    fields: &Fields,
    command: Command,
) -> Result<Page, Denied> {
    let login = Login::find(visit).await?;
    let Some(pass) = opened(visit, fields, &login).await? else { return Ok(closed(visit, &login)) };
    let store = &visit.service.store;
    let trusted = store.trusted_device_list(&visit.end_user, visit.now).await?;
    let wanted = fields.device.as_deref().unwrap_or_default();
    let found = trusted.iter().find(|device| device.device_id.to_string() == wanted);
    let Some(device) = found else {
        return list(visit, &login, &pass, Some("factors-moved")).await;
    };
    if command == Command::Show {
        let words = &visit.place.words;
        let removal = Removal {
            step: "forget_device",
            field: "device",
            text: words.say("device-forget-text"),
            label: Some(words.say("device-forget")),
        };
        let view = OneView {
            place: &visit.place,
            state: State::Device,
            facts: facts(visit, &pass),
            token: &pass.token,
            entry: Entry::device(words, device, device_here(visit).await?),
            name: None,
            removal: Some(removal),
        };
        return Ok(view.page());
    }
    forget(visit, &login, device.device_id).await
}

/// Takes back trust. That makes nobody's login easier, so that any pass will do.
async fn forget(visit: &Visit, login: &Login, device: DeviceId) -> Result<Page, Denied> {
    let Some(known) = &login.record.end_user else { return Ok(closed(visit, login)) };
    let audit = told::audit(visit, known, Deed::DevicesForgotten, &device.to_string());
    let store = &visit.service.store;
    let outcome = store.trusted_device_forget(&by(visit), device, &audit).await?;
    if outcome == ManageOutcome::Done {
        visit.log(None, "device.forgotten");
    }
    after(visit, outcome, "factor-removed").await
}

/// The commit held, or didn't: all that the end user has now.
async fn after(visit: &Visit, outcome: ManageOutcome, done: &'static str) -> Result<Page, Denied> {
    let login = Login::find(visit).await?;
    let said = match outcome {
        ManageOutcome::Done => done,
        ManageOutcome::Gone | ManageOutcome::Moved => "factors-moved",
        ManageOutcome::NotAllowed => return Ok(closed(visit, &login)),
    };
    let Some(action) = &login.record.action else { return Ok(closed(visit, &login)) };
    let pass = Pass { action, token: crate::widget::check::success_token(visit, action)? };
    list(visit, &login, &pass, Some(said)).await
}

/// More time for whoever looks after their factors; None for everybody else.
pub(in crate::widget) async fn extended(
    visit: &Visit,
    fields: &Fields,
    login: &Login,
) -> Result<Option<Page>, Denied> {
    let Some(pass) = opened(visit, fields, login).await? else { return Ok(None) };
    let seen = pass.action.extensions;
    if let Some(end) = Action::from(pass.action).extended(&visit.service.policy, visit.now) {
        // Another tab may have done the same; the page tells.
        visit.service.store.management_extend(&by(visit), seen, end).await?;
        visit.log(None, "login.extended");
    }
    let login = Login::find(visit).await?;
    let Some(pass) = opened(visit, fields, &login).await? else {
        return Ok(Some(closed(visit, &login)));
    };
    Ok(Some(list(visit, &login, &pass, None).await?))
}

/// By which channel something enrolled proves, for its title.
pub(super) const fn title(channel: Channel) -> &'static str {
    match channel {
        Channel::Totp => "factors-totp",
        _ => "factors-passkey",
    }
}

//! Making a passkey in place of a proof.

use onlyauth_core::action::Status;
use onlyauth_core::channel::Channel;
use onlyauth_core::factor::webauthn::Ceremony;
use onlyauth_core::ids::{ChallengeId, UserId};
use onlyauth_store::{ActionRecord, CeremonyRecord, EnrolOutcome, NewCeremony, NewFactor};

use super::create::new_factor;
use super::screen::Asked;
use super::{begin, held};
use crate::error::ApiError;
use crate::webauthn::{Begun, Person};
use crate::widget::Fields;
use crate::widget::enrol::{self, Enrolled};
use crate::widget::page::Page;
use crate::widget::screen::Notice;
use crate::widget::standing::Login;
use crate::widget::visit::{Denied, Visit};

const CHANNEL: Channel = Channel::Webauthn;

/// Shows the page on which the passkey is made to whoever may make one.
pub(in crate::widget) async fn show_proof(
    visit: &Visit,
    login: &Login,
    action: &ActionRecord,
    notice: Option<Notice>,
) -> Result<Page, Denied> {
    let (client_id, now, store) = (visit.grant().client_id, visit.now, &visit.service.store);
    let open = store.ceremony_find_open(client_id, action.action_id, Ceremony::Create, now).await?;
    let (id, begun) = if let Some(open) = open {
        (open.ceremony_id, begin::open_state(visit, &open)?)
    } else {
        let begun = ask(visit, login)?;
        let new = begin::sealed(visit, Ceremony::Create, &begun)?;
        let new = NewCeremony { proven: Some(action.proven.clone()), ..new };
        if !store.ceremony_create(&new).await? {
            return Ok(Login::find(visit).await?.page(visit));
        }
        (new.ceremony_id, begun)
    };
    let asked = Asked { ceremony: id.to_string(), options: begun.options };
    Ok(login.enrolling(visit, notice).passkey_proof(asked))
}

fn ask(visit: &Visit, login: &Login) -> Result<Begun, Denied> {
    let party = visit.service.relying_party.as_ref().ok_or(ApiError::Internal)?;
    let known = held::open(visit, &login.factors)?;
    let known_as = login.record.end_user.as_ref().map(|known| known.user_id);
    let new_name = || UserId::new(visit.now, visit.service.entropy.bytes());
    let person = Person {
        user_id: known_as.unwrap_or_else(new_name),
        name: &visit.phone.masked(),
        site: visit.place.words.app_name(),
    };
    let begun = party.begin_create(person, known.iter().map(|(_, held)| &held.passkey));
    Ok(begun.map_err(|_| ApiError::Internal)?)
}

/// Keeps what the browser made, and passes the login by it.
pub(in crate::widget) async fn prove(visit: &Visit, fields: &Fields) -> Result<Page, Denied> {
    let login = Login::find(visit).await?;
    let (Some(party), Some(action), false) =
        (&visit.service.relying_party, &login.record.action, fields.strange)
    else {
        return Ok(enrol::forbidden(visit, &login));
    };
    let Some((ceremony, answer)) = answered(visit, fields).await? else {
        return retry(visit, &login).await;
    };
    let begun = begin::open_state(visit, &ceremony)?;
    let made = party.finish_create(&begun.state, answer, &visit.place.app.settings);
    if let Err(reason) = &made {
        tracing::warn!(action.id = %action.action_id, %reason, "factor.passkey_refused");
    }
    let factor = made.ok().map(|passkey| new_factor(visit, &passkey)).transpose()?;
    if action.status == Status::Passed {
        return enrol::again(visit, &login, factor.as_ref(), Enrolled::Passkey);
    }
    if !enrol::may_prove(&login, CHANNEL) {
        return Ok(enrol::forbidden(visit, &login));
    }
    // Under the name that the authenticator was told.
    let user_id = begun.user_id.ok_or(ApiError::Internal)?;
    let new = match &factor {
        Some(factor) => match enrol::new_pass(visit, &login, action, (factor.clone(), user_id))? {
            Some(new) => Some(new),
            None => return Ok(enrol::forbidden(visit, &login)),
        },
        None => None,
    };
    let outcome = enrol::commit(visit, action, Some(ceremony.ceremony_id), new).await?;
    tell(visit, outcome, factor.as_ref()).await
}

/// The commit held: now, and only now, it is told.
async fn tell(
    visit: &Visit,
    outcome: EnrolOutcome,
    factor: Option<&NewFactor>,
) -> Result<Page, Denied> {
    let login = Login::find(visit).await?;
    let is_open = enrol::may_prove(&login, CHANNEL);
    match outcome {
        EnrolOutcome::Enrolled => enrol::passed(visit, &login, Enrolled::Passkey),
        EnrolOutcome::Refused | EnrolOutcome::Closed | EnrolOutcome::Known if is_open => {
            retry(visit, &login).await
        }
        // The very same form at the same time may have been faster.
        _ => enrol::again(visit, &login, factor, Enrolled::Passkey),
    }
}

/// The ceremony that the form answers, and the answer; None where there is none.
async fn answered<'a>(
    visit: &Visit,
    fields: &'a Fields,
) -> Result<Option<(CeremonyRecord, &'a str)>, Denied> {
    let id: Option<ChallengeId> = fields.ceremony.as_deref().and_then(|id| id.parse().ok());
    let answer = fields.answer.as_deref().filter(|answer| !answer.is_empty());
    let (Some(id), Some(answer)) = (id, answer) else { return Ok(None) };
    let client_id = visit.grant().client_id;
    let found = visit.service.store.ceremony_find(client_id, visit.action_id(), id).await?;
    let found = found.filter(|ceremony| ceremony.kind == Ceremony::Create);
    Ok(found.map(|ceremony| (ceremony, answer)))
}

async fn retry(visit: &Visit, login: &Login) -> Result<Page, Denied> {
    match &login.record.action {
        Some(action) if enrol::may_prove(login, CHANNEL) => {
            show_proof(visit, login, action, Some(Notice::PasskeyNotCreated)).await
        }
        _ => Ok(enrol::forbidden(visit, login)),
    }
}

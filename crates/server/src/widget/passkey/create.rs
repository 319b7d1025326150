//! Making a passkey after a pass.

use onlyauth_core::audit::Deed;
use onlyauth_core::channel::Channel;
use onlyauth_core::factor::webauthn::Ceremony;
use onlyauth_core::ids::{ChallengeId, FactorId};
use onlyauth_core::notice::Notice;
use onlyauth_core::personal;
use onlyauth_store::{EnrolOutcome, Enrolment, NewFactor, Record};

use super::screen::Asked;
use super::{begin, held};
use crate::error::ApiError;
use crate::webauthn::{Passkey, Person};
use crate::widget::Fields;
use crate::widget::enrol::{self, Enrolled, Pass};
use crate::widget::page::Page;
use crate::widget::standing::Login;
use crate::widget::told;
use crate::widget::view;
use crate::widget::visit::{Denied, Visit};

const CHANNEL: Channel = Channel::Webauthn;

/// Shows the page on which a passkey is made.
pub(in crate::widget) async fn show_create(
    visit: &Visit,
    login: &Login,
    pass: &Pass<'_>,
) -> Result<Page, Denied> {
    show(visit, login, pass, false).await
}

/// The same, for whoever looks after their factors.
pub(in crate::widget) async fn set_up(visit: &Visit, fields: &Fields) -> Result<Page, Denied> {
    let login = Login::find(visit).await?;
    match enrol::pass(visit, fields, &login, CHANNEL)? {
        Some(pass) => show(visit, &login, &pass, false).await,
        None => Ok(enrol::forbidden(visit, &login)),
    }
}

async fn show(visit: &Visit, login: &Login, pass: &Pass<'_>, failed: bool) -> Result<Page, Denied> {
    let Some(party) = &visit.service.relying_party else {
        return Ok(enrol::forbidden(visit, login));
    };
    let (client_id, action_id) = (visit.grant().client_id, visit.action_id());
    let store = &visit.service.store;
    let open = store.ceremony_find_open(client_id, action_id, Ceremony::Create, visit.now).await?;
    let (id, begun) = if let Some(open) = open {
        (open.ceremony_id, begin::open_state(visit, &open)?)
    } else {
        // Whoever passed is known.
        let Some(user) = &login.record.end_user else {
            return Ok(enrol::forbidden(visit, login));
        };
        let known = held::open(visit, &login.factors)?;
        let name = visit.phone.masked();
        let site = visit.place.words.app_name();
        let person = Person { user_id: user.user_id, name: &name, site };
        let begun = party.begin_create(person, known.iter().map(|(_, held)| &held.passkey));
        let begun = begun.map_err(|_| ApiError::Internal)?;
        let new = begin::sealed(visit, Ceremony::Create, &begun)?;
        if !store.ceremony_create(&new).await? {
            return Ok(enrol::forbidden(visit, login));
        }
        (new.ceremony_id, begun)
    };
    let asked = Asked { ceremony: id.to_string(), options: begun.options };
    let or_totp = enrol::offers(visit, login).contains(&Channel::Totp);
    Ok(view::create_passkey(visit, asked, (&pass.token, or_totp), failed))
}

/// Keeps what the browser made.
pub(in crate::widget) async fn keep(visit: &Visit, fields: &Fields) -> Result<Page, Denied> {
    let login = Login::find(visit).await?;
    let pass = enrol::pass(visit, fields, &login, CHANNEL)?;
    let (Some(pass), Some(party)) = (pass, &visit.service.relying_party) else {
        return Ok(enrol::forbidden(visit, &login));
    };
    let answer = fields.answer.as_deref().unwrap_or_default();
    let id: Option<ChallengeId> = fields.ceremony.as_deref().and_then(|id| id.parse().ok());
    let (Some(ceremony_id), false) = (id, answer.is_empty()) else {
        return show(visit, &login, &pass, true).await;
    };
    let (client_id, action_id) = (visit.grant().client_id, visit.action_id());
    let store = &visit.service.store;
    let found = store.ceremony_find(client_id, action_id, ceremony_id).await?;
    let Some(ceremony) = found.filter(|ceremony| ceremony.kind == Ceremony::Create) else {
        return show(visit, &login, &pass, true).await;
    };
    let begun = begin::open_state(visit, &ceremony)?;
    let settings = &visit.place.app.settings;
    let made = party.finish_create(&begun.state, answer, settings);
    if let Err(reason) = &made {
        tracing::warn!(action.id = %action_id, %reason, "factor.passkey_refused");
    }
    let factor = made.ok().map(|passkey| kept(visit, &login, &passkey)).transpose()?.flatten();
    let enrolment = Enrolment { permit: enrol::permit(visit, pass.action), ceremony_id, factor };
    let created = || enrol::enrolled(visit, &login, &pass, Enrolled::Passkey);
    match store.ceremony_enrol(&enrolment).await? {
        EnrolOutcome::Enrolled => {
            visit.log(Some(CHANNEL), "factor.enrolled");
            Ok(created())
        }
        EnrolOutcome::Known => Ok(created()),
        // The very same form again, after its first answer was lost.
        EnrolOutcome::Closed if is_kept(&enrolment, &login) => Ok(created()),
        EnrolOutcome::Refused | EnrolOutcome::Closed => show(visit, &login, &pass, true).await,
        EnrolOutcome::NotAllowed => Ok(enrol::forbidden(visit, &login)),
    }
}

fn is_kept(enrolment: &Enrolment, login: &Login) -> bool {
    let made = enrolment.factor.as_ref().map(|(factor, _)| factor.lookup_hash);
    login.factors.iter().any(|factor| Some(factor.lookup_hash) == made)
}

/// What is kept, and what is written down of it; None for nobody who is known, which whoever passed is.
fn kept(
    visit: &Visit,
    login: &Login,
    passkey: &Passkey,
) -> Result<Option<(NewFactor, Record)>, Denied> {
    let Some(known) = &login.record.end_user else { return Ok(None) };
    let factor = new_factor(visit, passkey)?;
    let detail = format!("webauthn {}", factor.factor_id);
    let (deed, notice) = (Deed::FactorEnrolled, Notice::PasskeyCreated);
    let record = told::record(visit, known, deed, &detail, notice)?;
    Ok(Some((factor, record)))
}

pub(super) fn new_factor(visit: &Visit, passkey: &Passkey) -> Result<NewFactor, Denied> {
    let entropy = &visit.service.entropy;
    let factor_id = FactorId::new(visit.now, entropy.bytes());
    let clear = passkey.to_bytes().map_err(|_| ApiError::Internal)?;
    let (ring, end_user) = (&visit.ring, &visit.end_user.end_user_hash);
    let nonce = entropy.bytes();
    let sealed = personal::seal_factor(ring, end_user, factor_id, &clear, visit.now, nonce)?;
    Ok(NewFactor {
        factor_id,
        channel: CHANNEL,
        lookup_hash: personal::factor_hash(ring, end_user, passkey.credential_id())?,
        sealed,
        position: i64::from(passkey.first_position()),
        created_at: visit.now,
        sealed_name: None,
    })
}

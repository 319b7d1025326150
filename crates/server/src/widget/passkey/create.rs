//! Making a passkey after a pass.
//!
//! Whoever asks for it shows the success token: the access token, which the page around the widget knows, proves no more
//! than the password does, and the pass may have been somebody else's in another window (security.md rows 27 and 44).

use onlyauth_core::channel::Channel;
use onlyauth_core::enrolment::{self, During};
use onlyauth_core::factor::webauthn::Ceremony;
use onlyauth_core::ids::{ChallengeId, FactorId};
use onlyauth_core::personal;
use onlyauth_core::success_token::SuccessToken;
use onlyauth_store::{Decline, DeclineOutcome, EnrolOutcome, Enrolment, NewFactor};

use super::screen::Asked;
use super::{begin, held};
use crate::error::ApiError;
use crate::webauthn::{Passkey, Person, RelyingParty};
use crate::widget::Fields;
use crate::widget::check::success_token;
use crate::widget::page::Page;
use crate::widget::standing::Login;
use crate::widget::view;
use crate::widget::visit::{Denied, Visit};

const CHANNEL: Channel = Channel::Webauthn;

/// Whose pass it was, and what they may do with it.
struct Pass<'a> {
    party: &'a RelyingParty,
    token: SuccessToken,
}

/// Whether somebody who is about to pass may make a passkey afterwards: one without any, whose phone is the one that is
/// known.
pub(in crate::widget) fn is_offered(visit: &Visit, login: &Login) -> bool {
    let enrolled: Vec<_> = login.factors.iter().map(|factor| factor.channel).collect();
    let settings = &visit.place.app.settings;
    let changed = login.record.action.as_ref().is_none_or(|action| action.phone_changed);
    visit.service.relying_party.is_some()
        && enrolment::is_offered(settings, CHANNEL, &enrolled, changed)
}

/// Shows the page on which a passkey is made to whoever has just passed; the way home where none can be.
pub(in crate::widget) async fn begin_create(
    visit: &Visit,
    token: SuccessToken,
) -> Result<Page, Denied> {
    let login = Login::find(visit).await?;
    match &visit.service.relying_party {
        Some(party) if is_offered(visit, &login) => {
            show(visit, &login, &Pass { party, token }, false).await
        }
        _ => Ok(Page::passed(visit, &token)),
    }
}

async fn show(visit: &Visit, login: &Login, pass: &Pass<'_>, failed: bool) -> Result<Page, Denied> {
    let (client_id, action_id) = (visit.grant().client_id, visit.action_id());
    let store = &visit.service.store;
    let open = store.ceremony_find_open(client_id, action_id, Ceremony::Create, visit.now).await?;
    let (id, begun) = if let Some(open) = open {
        (open.ceremony_id, begin::open_state(visit, &open)?)
    } else {
        // Whoever passed is known.
        let Some(user) = &login.record.end_user else { return Ok(forbidden(visit, login)) };
        let known = held::open(visit, &login.factors)?;
        let name = visit.phone.masked();
        let site = visit.place.words.app_name();
        let person = Person { user_id: user.user_id, name: &name, site };
        let begun = pass.party.begin_create(person, known.iter().map(|(_, held)| &held.passkey));
        let begun = begun.map_err(|_| ApiError::Internal)?;
        let new = begin::sealed(visit, Ceremony::Create, &begun)?;
        if !store.ceremony_create(&new).await? {
            return Ok(forbidden(visit, login));
        }
        (new.ceremony_id, begun)
    };
    let asked = Asked { ceremony: id.to_string(), options: begun.options };
    Ok(view::create_passkey(visit, asked, &pass.token, failed))
}

/// Keeps what the browser made.
pub(in crate::widget) async fn keep(visit: &Visit, fields: &Fields) -> Result<Page, Denied> {
    let login = Login::find(visit).await?;
    let Some(pass) = pass(visit, fields, &login)? else { return Ok(forbidden(visit, &login)) };
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
    let made = pass.party.finish_create(&begun.state, answer, settings);
    if let Err(reason) = &made {
        tracing::warn!(action.id = %action_id, %reason, "factor.passkey_refused");
    }
    let factor = made.ok().map(|passkey| new_factor(visit, &passkey)).transpose()?;
    let enrolment = Enrolment {
        action_id,
        ceremony_id,
        end_user: visit.end_user,
        now: visit.now,
        factor,
        token_expires_at: visit.now.plus(visit.service.config.tokens.success_token_lifetime),
    };
    match store.ceremony_enrol(&enrolment).await? {
        EnrolOutcome::Enrolled => {
            visit.log(Some(CHANNEL), "factor.enrolled");
            Ok(view::passkey_created(visit, &pass.token))
        }
        EnrolOutcome::Known => Ok(view::passkey_created(visit, &pass.token)),
        // The very same form again, after its first answer was lost.
        EnrolOutcome::Closed if is_kept(&enrolment, &login) => {
            Ok(view::passkey_created(visit, &pass.token))
        }
        EnrolOutcome::Refused | EnrolOutcome::Closed => show(visit, &login, &pass, true).await,
        EnrolOutcome::NotAllowed => Ok(forbidden(visit, &login)),
    }
}

/// Leads home whoever wants no passkey after all. The success token waited meanwhile, perhaps longer than it lives.
pub(in crate::widget) async fn decline(visit: &Visit, fields: &Fields) -> Result<Page, Denied> {
    let login = Login::find(visit).await?;
    let Some(pass) = pass(visit, fields, &login)? else { return Ok(forbidden(visit, &login)) };
    let id: Option<ChallengeId> = fields.ceremony.as_deref().and_then(|id| id.parse().ok());
    let Some(ceremony_id) = id else { return Ok(forbidden(visit, &login)) };
    let decline = Decline {
        action_id: visit.action_id(),
        ceremony_id,
        end_user: visit.end_user,
        now: visit.now,
        token_expires_at: visit.now.plus(visit.service.config.tokens.success_token_lifetime),
    };
    match visit.service.store.ceremony_decline(&decline).await? {
        // The very same form again, or a ceremony that was answered: whoever shows the token knows it.
        DeclineOutcome::Declined | DeclineOutcome::Closed => Ok(Page::passed(visit, &pass.token)),
        DeclineOutcome::NotAllowed => Ok(forbidden(visit, &login)),
    }
}

fn is_kept(enrolment: &Enrolment, login: &Login) -> bool {
    let made = enrolment.factor.as_ref().map(|factor| factor.lookup_hash);
    login.factors.iter().any(|factor| Some(factor.lookup_hash) == made)
}

fn new_factor(visit: &Visit, passkey: &Passkey) -> Result<NewFactor, Denied> {
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
    })
}

/// None where nothing may be enrolled: not passed, another's pass, a changed phone, or passkeys are off.
fn pass<'a>(
    visit: &'a Visit,
    fields: &Fields,
    login: &'a Login,
) -> Result<Option<Pass<'a>>, Denied> {
    let action = login.record.action.as_ref().filter(|action| {
        let during = During { status: action.status, phone_changed: action.phone_changed };
        !fields.strange && enrolment::may_enrol(&visit.place.app.settings, CHANNEL, during)
    });
    let (Some(party), Some(action)) = (&visit.service.relying_party, action) else {
        return Ok(None);
    };
    let token = success_token(visit, action)?;
    let shown = fields.proof.as_deref().is_some_and(|proof| token.is(proof));
    Ok(shown.then_some(Pass { party, token }))
}

fn forbidden(visit: &Visit, login: &Login) -> Page {
    visit.service.metrics.widget_refusal("enrolment");
    login.page(visit).forbidden()
}

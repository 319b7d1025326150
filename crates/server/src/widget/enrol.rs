//! Enrolling after a pass, or in place of a proof: a passkey, an authenticator app, backup codes.
//!
//! Whoever asks for it shows the success token: the access token, which the page around the widget knows, proves no more
//! than the password does, and the pass may have been somebody else's in another window (security.md rows 27 and 44).

mod as_proof;
mod backup_codes;
mod qr;
mod screen;
mod totp;

use onlyauth_core::action::{Purpose, Status};
use onlyauth_core::channel::Channel;
use onlyauth_core::enrolment::{self, Proof};
use onlyauth_core::success_token::SuccessToken;
use onlyauth_core::time::Timestamp;
use onlyauth_store::{ActionRecord, Permit};

use super::Fields;
use super::check::success_token;
use super::manage;
use super::page::Page;
use super::passkey;
use super::shell::Step;
use super::standing::Login;
use super::visit::{Denied, Visit};

pub(super) use as_proof::{
    again, commit, may_prove, new_pass, passed, prove_by_totp, set_up_proof, show_proof,
};
pub(super) use backup_codes::hand_out;
pub(super) use screen::{CodesView, Enrolled, EnrolledView, FewCodes, SetupView};
pub(super) use totp::{confirm, is_set_up, set_up};

/// A pass, by whoever shows its success token.
pub(super) struct Pass<'a> {
    pub(super) action: &'a ActionRecord,
    pub(super) token: SuccessToken,
}

/// What is offered to somebody who is about to pass by the channel in use, in the order of preference: what they may enrol,
/// and don't have.
pub(super) fn offers(visit: &Visit, login: &Login) -> Vec<Channel> {
    // Nothing is enrolled beside the first of two proofs; and whoever looks after their factors is about to see all there is.
    if login.steps.at == Some(Step::First) || visit.manages() {
        return Vec::new();
    }
    let factor = login.proven().filter(|channel| !channel.is_phone());
    let by = factor.or_else(|| login.in_use()).or_else(|| login.first_offered());
    let Some(by) = by else { return Vec::new() };
    let settings = &visit.place.app.settings;
    let changed = login.record.action.as_ref().is_none_or(|action| action.phone_changed);
    let mut offers = enrolment::offers(settings, &login.held(), by, changed, visit.now);
    // What browsers would let nobody use is not offered.
    offers.retain(|channel| *channel != Channel::Webauthn || visit.service.relying_party.is_some());
    offers
}

/// Goes on with what was asked for beside the code; the way home where it may not be enrolled.
pub(super) async fn begin(
    visit: &Visit,
    token: SuccessToken,
    wanted: Channel,
) -> Result<Page, Denied> {
    let login = Login::find(visit).await?;
    match (&login.record.action, wanted) {
        (Some(action), Channel::Totp) if may(visit, &login, action, wanted) => {
            totp::show(visit, &Pass { action, token }, None)
        }
        (Some(action), Channel::Webauthn) if may(visit, &login, action, wanted) => {
            passkey::show_create(visit, &login, &Pass { action, token }).await
        }
        _ => manage::after_pass(visit, &token).await,
    }
}

/// Leads home whoever wants nothing (more) of it. The success token waited meanwhile, perhaps longer than it lives.
pub(super) async fn leave(visit: &Visit, fields: &Fields) -> Result<Page, Denied> {
    let login = Login::find(visit).await?;
    let Some(pass) = shown(visit, fields, &login)? else { return Ok(forbidden(visit, &login)) };
    if visit.service.store.enrolment_decline(&permit(visit, pass.action)).await? {
        return manage::after_pass(visit, &pass.token).await;
    }
    Ok(forbidden(visit, &login))
}

/// The pass in which this may be enrolled; None where it may not: not passed, somebody else's pass, a factor that did not
/// pass, a changed phone, or an app that does not allow it.
pub(super) fn pass<'a>(
    visit: &Visit,
    fields: &Fields,
    login: &'a Login,
    wanted: Channel,
) -> Result<Option<Pass<'a>>, Denied> {
    let pass = shown(visit, fields, login)?;
    Ok(pass.filter(|pass| may(visit, login, pass.action, wanted)))
}

/// The pass whose success token the form shows.
pub(super) fn shown<'a>(
    visit: &Visit,
    fields: &Fields,
    login: &'a Login,
) -> Result<Option<Pass<'a>>, Denied> {
    let action = login.record.action.as_ref().filter(|action| action.status == Status::Passed);
    let Some(action) = action.filter(|_| !fields.strange) else { return Ok(None) };
    let token = success_token(visit, action)?;
    let is_shown = fields.proof.as_deref().is_some_and(|proof| token.is(proof));
    Ok(is_shown.then_some(Pass { action, token }))
}

fn may(visit: &Visit, login: &Login, action: &ActionRecord, wanted: Channel) -> bool {
    let may = |proof| {
        enrolment::may_enrol(&visit.place.app.settings, wanted, &login.held(), proof).is_ok()
    };
    proof(action).is_some_and(may)
}

/// What passed in an action, as the rules see it; None before it has.
pub(super) fn proof(action: &ActionRecord) -> Option<Proof> {
    let passed = action.status == Status::Passed;
    let (by, at) = action.proven.strongest().zip(action.ended_at).filter(|_| passed)?;
    Some(Proof { by, at, phone_changed: action.phone_changed })
}

/// By what the store enrols.
pub(super) fn permit(visit: &Visit, action: &ActionRecord) -> Permit {
    Permit {
        action_id: visit.action_id(),
        end_user: visit.end_user,
        now: visit.now,
        token_expires_at: token_end(visit, action),
    }
}

/// When a success token is over that is good from now on. Where end users look after their factors it is nobody's to redeem: it
/// shows who passed, for as long as the action lives.
pub(super) fn token_end(visit: &Visit, action: &ActionRecord) -> Timestamp {
    match action.purpose {
        Purpose::Login => visit.now.plus(visit.service.config.tokens.success_token_lifetime),
        Purpose::Factors => action.expires_at,
    }
}

/// Refuses to enrol, and counts that.
pub(super) fn forbidden(visit: &Visit, login: &Login) -> Page {
    visit.service.metrics.widget_refusal("enrolment");
    login.page(visit).forbidden()
}

/// Says what was enrolled, and offers backup codes to those who have none; the way home where there is nothing to offer.
pub(super) fn enrolled(visit: &Visit, login: &Login, pass: &Pass<'_>, what: Enrolled) -> Page {
    let offers_codes = visit.place.app.settings.allows_channel(Channel::BackupCode)
        && login.record.backup_codes == 0;
    let view = EnrolledView {
        place: &visit.place,
        what,
        target: (!visit.manages()).then(|| visit.redirect.with_token(&pass.token.reveal())),
        token: pass.token.reveal(),
        offers_codes,
    };
    view.page()
}

//! Setting up an authenticator app after a pass: the secret is shown as a picture and as text, and kept once a code of it
//! was typed.

use onlyauth_core::audit::Deed;
use onlyauth_core::challenge::TypedCode;
use onlyauth_core::channel::Channel;
use onlyauth_core::factor::totp::{self, TotpSecret, TotpVerdict};
use onlyauth_core::factor::totp_enrolment;
use onlyauth_core::ids::FactorId;
use onlyauth_core::notice::Notice as Told;
use onlyauth_core::personal;
use onlyauth_store::{ActionRecord, EnrolOutcome, NewFactor};

use super::screen::{Enrolled, SetupView};
use super::{Pass, enrolled, forbidden, pass, permit};
use crate::widget::Fields;
use crate::widget::page::Page;
use crate::widget::screen::Notice;
use crate::widget::shell::{Facts, Steps};
use crate::widget::standing::Login;
use crate::widget::told;
use crate::widget::visit::{Denied, Visit};

const CHANNEL: Channel = Channel::Totp;

/// Shows the secret of the pass.
pub(in crate::widget) async fn set_up(visit: &Visit, fields: &Fields) -> Result<Page, Denied> {
    let login = Login::find(visit).await?;
    match pass(visit, fields, &login, CHANNEL)? {
        Some(pass) => show(visit, &pass, None),
        None => Ok(forbidden(visit, &login)),
    }
}

pub(super) fn show(visit: &Visit, pass: &Pass<'_>, notice: Option<Notice>) -> Result<Page, Denied> {
    let secret = secret(visit, pass.action)?;
    let issuer = visit.place.words.app_name();
    let view = SetupView {
        place: &visit.place,
        key: secret.reveal_base32(),
        address: totp_enrolment::address(&secret, issuer, &visit.phone.masked()),
        digits: totp::DIGITS,
        token: Some(pass.token.reveal()),
        notice,
        facts: Facts::default(),
        sends: 0,
        steps: Steps::default(),
        others: false,
    };
    Ok(view.page())
}

/// The secret that an action offers.
pub(super) fn secret(visit: &Visit, action: &ActionRecord) -> Result<TotpSecret, Denied> {
    Ok(totp_enrolment::derive(&visit.ring, action.action_id, action.created_at)?)
}

/// Whether the secret of an action is kept already: it can be set up once only.
pub(in crate::widget) fn is_set_up(
    visit: &Visit,
    login: &Login,
    action: &ActionRecord,
) -> Result<bool, Denied> {
    let secret = secret(visit, action)?;
    let end_user = &visit.end_user.end_user_hash;
    let hash = personal::factor_hash(&visit.ring, end_user, secret.reveal())?;
    Ok(login.factors.iter().any(|factor| factor.lookup_hash == hash))
}

/// Keeps the secret of the pass, if the app shows a code of it. Wrong ones are not counted: whoever types here has been
/// shown the secret.
pub(in crate::widget) async fn confirm(visit: &Visit, fields: &Fields) -> Result<Page, Denied> {
    let login = Login::find(visit).await?;
    let Some(pass) = pass(visit, fields, &login, CHANNEL)? else {
        return Ok(forbidden(visit, &login));
    };
    let secret = secret(visit, pass.action)?;
    let typed = TypedCode::read(fields.code.as_deref().unwrap_or_default());
    let step = match judge(visit, &secret, &typed) {
        Ok(step) => step,
        Err(notice) => return show(visit, &pass, Some(notice)),
    };
    // Whoever passed is known.
    let Some(known) = &login.record.end_user else { return Ok(forbidden(visit, &login)) };
    let factor = new_factor(visit, &secret, step)?;
    let detail = format!("totp {}", factor.factor_id);
    let record = told::record(visit, known, Deed::FactorEnrolled, &detail, Told::AppSetUp)?;
    match visit.service.store.factor_enrol(&permit(visit, pass.action), &factor, &record).await? {
        outcome @ (EnrolOutcome::Enrolled | EnrolOutcome::Known) => {
            if outcome == EnrolOutcome::Enrolled {
                visit.log(Some(CHANNEL), "factor.enrolled");
            }
            Ok(enrolled(visit, &login, &pass, Enrolled::Totp))
        }
        EnrolOutcome::Refused | EnrolOutcome::Closed | EnrolOutcome::NotAllowed => {
            Ok(forbidden(visit, &login))
        }
    }
}

/// The step of a right code, or what is wrong with it.
pub(super) fn judge(
    visit: &Visit,
    secret: &TotpSecret,
    typed: &TypedCode,
) -> Result<totp::Step, Notice> {
    match secret.judge(typed, 0, visit.now) {
        TotpVerdict::Right(step) => Ok(step),
        TotpVerdict::Malformed => Err(Notice::Malformed),
        TotpVerdict::ClockOff(_) => Err(Notice::ClockOff),
        TotpVerdict::Wrong | TotpVerdict::Used => Err(Notice::Wrong),
    }
}

pub(super) fn new_factor(
    visit: &Visit,
    secret: &TotpSecret,
    step: totp::Step,
) -> Result<NewFactor, Denied> {
    let entropy = &visit.service.entropy;
    let factor_id = FactorId::new(visit.now, entropy.bytes());
    let (ring, end_user, clear) = (&visit.ring, &visit.end_user.end_user_hash, secret.reveal());
    let nonce = entropy.bytes();
    Ok(NewFactor {
        factor_id,
        channel: CHANNEL,
        lookup_hash: personal::factor_hash(ring, end_user, clear)?,
        sealed: personal::seal_factor(ring, end_user, factor_id, clear, visit.now, nonce)?,
        // The code that confirmed it is used up.
        position: step,
        created_at: visit.now,
        sealed_name: None,
    })
}

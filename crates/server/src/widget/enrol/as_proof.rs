//! Enrolling in place of a proof: by whoever has nothing yet, where the app lets them, and as the second of two proofs by
//! whoever has their phone alone. One commit keeps what is enrolled and passes the login.
//!
//! As the second proof it takes the browser in which the first one passed (security.md rows 27 and 44): whoever knows the
//! access token only, which proves no more than the password does, enrols nothing with another's first proof.

use onlyauth_core::action::Status;
use onlyauth_core::audit::Deed;
use onlyauth_core::challenge::TypedCode;
use onlyauth_core::channel::Channel;
use onlyauth_core::ids::{ChallengeId, UserId};
use onlyauth_core::notice::Notice as Told;
use onlyauth_store::{
    ActionRecord, EndUserRecord, EnrolOutcome, Judged, Made, NewFactor, Passed, Proving,
};

use super::screen::Enrolled;
use super::{Pass, enrolled, forbidden, totp};
use crate::client_address::ClientAddress;
use crate::widget::check::{right, success_token};
use crate::widget::page::Page;
use crate::widget::screen::Notice;
use crate::widget::standing::Login;
use crate::widget::visit::{Denied, Visit};
use crate::widget::{Fields, passkey, prove, told};

/// Starts the login, if it has not begun, and shows the page on which this is enrolled.
pub(in crate::widget) async fn set_up_proof(
    visit: &Visit,
    wanted: Channel,
    address: &ClientAddress,
) -> Result<Page, Denied> {
    let mut login = Login::find(visit).await?;
    // Who may set up another one than the button said is led to that.
    let wanted = match login.enrols.first() {
        Some(first) if !login.enrols.contains(&wanted) => *first,
        _ => wanted,
    };
    if login.record.action.is_none() && may_prove(&login, wanted) {
        if let Some(why_not) = prove::begin(visit, &login, wanted, address).await? {
            return Ok(why_not);
        }
        login = Login::find(visit).await?;
    }
    show_proof(visit, &login, wanted).await
}

/// Shows the page on which this is enrolled to whoever may.
pub(in crate::widget) async fn show_proof(
    visit: &Visit,
    login: &Login,
    wanted: Channel,
) -> Result<Page, Denied> {
    let Some(action) = login.record.action.as_ref().filter(|_| may_prove(login, wanted)) else {
        return Ok(forbidden(visit, login));
    };
    match wanted {
        Channel::Totp => show_totp(visit, login, action, None),
        _ => passkey::show_proof(visit, login, action, None).await,
    }
}

fn show_totp(
    visit: &Visit,
    login: &Login,
    action: &ActionRecord,
    notice: Option<Notice>,
) -> Result<Page, Denied> {
    let secret = totp::secret(visit, action)?;
    Ok(login.enrolling(visit, notice).totp_proof(&secret, &visit.phone.masked()))
}

/// Keeps the secret of the login, if the app shows a code of it, and passes. Wrong ones are not counted: whoever types here
/// has been shown the secret.
pub(in crate::widget) async fn prove_by_totp(
    visit: &Visit,
    fields: &Fields,
) -> Result<Page, Denied> {
    let login = Login::find(visit).await?;
    let Some(action) = login.record.action.as_ref().filter(|_| !fields.strange) else {
        return Ok(forbidden(visit, &login));
    };
    let secret = totp::secret(visit, action)?;
    let typed = TypedCode::read(fields.code.as_deref().unwrap_or_default());
    let judged = totp::judge(visit, &secret, &typed);
    let made = judged.ok().map(|step| totp::new_factor(visit, &secret, step)).transpose()?;
    if action.status == Status::Passed {
        return again(visit, &login, made.as_ref(), Enrolled::Totp);
    }
    if !may_prove(&login, Channel::Totp) {
        return Ok(forbidden(visit, &login));
    }
    let factor = match (made, judged) {
        (Some(factor), _) => factor,
        (None, judged) => return show_totp(visit, &login, action, judged.err()),
    };
    let known = login.record.end_user.as_ref().map(|known| known.user_id);
    let user_id = known.unwrap_or_else(|| UserId::new(visit.now, visit.service.entropy.bytes()));
    let new = new_pass(visit, &login, action, (factor, user_id))?;
    let Some(new) = new else { return Ok(forbidden(visit, &login)) };
    let made = new.factor.clone();
    let outcome = commit(visit, action, None, Some(new)).await?;
    let login = Login::find(visit).await?;
    match outcome {
        EnrolOutcome::Enrolled => passed(visit, &login, Enrolled::Totp),
        // The very same form at the same time was faster.
        _ => again(visit, &login, Some(&made), Enrolled::Totp),
    }
}

/// What is stored with a factor that passes the login, for an end user of this name; None where the app asks for more
/// meanwhile.
pub(in crate::widget) fn new_pass(
    visit: &Visit,
    login: &Login,
    action: &ActionRecord,
    (factor, user_id): (NewFactor, UserId),
) -> Result<Option<Made>, Denied> {
    let Judged::Right(passed) = right(visit, action, factor.channel)? else { return Ok(None) };
    // Whoever is new is known by what passed.
    let new = || EndUserRecord {
        user_id,
        phone: passed.phone.clone(),
        created_at: visit.now,
        last_pass: None,
    };
    let known = login.record.end_user.clone().unwrap_or_else(new);
    let detail = format!("{} {}", factor.channel, factor.factor_id);
    let notice =
        if factor.channel == Channel::Totp { Told::AppSetUp } else { Told::PasskeyCreated };
    let record = told::record(visit, &known, Deed::FactorEnrolled, &detail, notice)?;
    Ok(Some(Made { factor, passed: Passed { user_id, ..passed }, record }))
}

/// Keeps the factor and passes the login.
pub(in crate::widget) async fn commit(
    visit: &Visit,
    action: &ActionRecord,
    ceremony: Option<ChallengeId>,
    made: Option<Made>,
) -> Result<EnrolOutcome, Denied> {
    let proving = Proving {
        action_id: action.action_id,
        end_user: visit.end_user,
        proven: action.proven.clone(),
        taken: visit.place.app.settings.channels(),
        ceremony,
        now: visit.now,
        made,
    };
    Ok(visit.service.store.factor_prove(&proving).await?)
}

/// The commit held: now, and only now, it is told.
pub(in crate::widget) fn passed(
    visit: &Visit,
    login: &Login,
    what: Enrolled,
) -> Result<Page, Denied> {
    let channel = what.channel();
    visit.service.metrics.login(channel, "passed");
    visit.log(Some(channel), "factor.enrolled");
    visit.log(Some(channel), "login.passed");
    home(visit, login, what)
}

/// The same answer for the very same form, by what nobody else has: what was made.
pub(in crate::widget) fn again(
    visit: &Visit,
    login: &Login,
    made: Option<&NewFactor>,
    what: Enrolled,
) -> Result<Page, Denied> {
    let is_kept = login.factors.iter().any(|factor| {
        made.is_some_and(|made| {
            made.lookup_hash == factor.lookup_hash && made.position == factor.position
        })
    });
    let proven = login.record.action.as_ref().filter(|action| {
        let here = action.proven.channels().len() == 1 || login.steps.first.is_some();
        action.status == Status::Passed && here && action.proven.last() == Some(what.channel())
    });
    if proven.is_none() || !is_kept {
        return Ok(forbidden(visit, login));
    }
    home(visit, login, what)
}

fn home(visit: &Visit, login: &Login, what: Enrolled) -> Result<Page, Denied> {
    let Some(action) = &login.record.action else { return Ok(forbidden(visit, login)) };
    let pass = Pass { action, token: success_token(visit, action)? };
    Ok(enrolled(visit, login, &pass, what))
}

/// Whether the visit may enrol this in place of a proof.
pub(in crate::widget) fn may_prove(login: &Login, wanted: Channel) -> bool {
    let over = login.record.action.as_ref().is_some_and(|action| action.status != Status::Open);
    !over && login.enrols.contains(&wanted)
}

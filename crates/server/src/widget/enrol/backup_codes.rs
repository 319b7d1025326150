//! Handing out backup codes after a pass. They are shown once: the action makes the same ones each time, and only until its
//! success token is redeemed.

use onlyauth_core::audit::Deed;
use onlyauth_core::channel::Channel;
use onlyauth_core::factor::backup_code::{self, BackupCode};
use onlyauth_core::notice::Notice;
use onlyauth_core::personal;

use super::screen::CodesView;
use super::{forbidden, pass, permit};
use crate::widget::Fields;
use crate::widget::page::Page;
use crate::widget::standing::Login;
use crate::widget::told;
use crate::widget::visit::{Denied, Visit};

/// Replaces the end user's backup codes, and shows the new ones.
pub(in crate::widget) async fn hand_out(visit: &Visit, fields: &Fields) -> Result<Page, Denied> {
    let login = Login::find(visit).await?;
    let Some(pass) = pass(visit, fields, &login, Channel::BackupCode)? else {
        return Ok(forbidden(visit, &login));
    };
    let action = pass.action;
    let codes = backup_code::derive(&visit.ring, action.action_id, action.created_at)?;
    let end_user = &visit.end_user.end_user_hash;
    let hash = |code| personal::backup_code_hash(&visit.ring, end_user, code);
    let hashes: Vec<_> = codes.iter().map(hash).collect::<Result<_, _>>()?;
    let Some(known) = &login.record.end_user else { return Ok(forbidden(visit, &login)) };
    let (deed, notice) = (Deed::BackupCodesMade, Notice::BackupCodesMade);
    let record = told::record(visit, known, deed, "", notice)?;
    let store = &visit.service.store;
    if !store.backup_code_replace(&permit(visit, action), &hashes, &record).await? {
        return Ok(forbidden(visit, &login));
    }
    visit.log(Some(Channel::BackupCode), "factor.enrolled");
    let view = CodesView {
        place: &visit.place,
        codes: codes.iter().map(BackupCode::print).collect(),
        token: pass.token.reveal(),
    };
    Ok(view.page())
}

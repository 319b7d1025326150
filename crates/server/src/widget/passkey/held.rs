//! The passkeys of an end user, opened.

use onlyauth_core::channel::Channel;
use onlyauth_core::ids::FactorId;
use onlyauth_core::personal;
use onlyauth_store::{FactorRecord, StoreError};

use crate::webauthn::{Held, Passkey};
use crate::widget::visit::{Denied, Visit};

/// The passkeys among these factors, each with its id.
pub(super) fn open(
    visit: &Visit,
    factors: &[FactorRecord],
) -> Result<Vec<(FactorId, Held)>, Denied> {
    let passkeys = factors.iter().filter(|factor| factor.channel == Channel::Webauthn);
    passkeys.map(|factor| Ok((factor.factor_id, held(visit, factor)?))).collect()
}

fn held(visit: &Visit, factor: &FactorRecord) -> Result<Held, Denied> {
    let end_user = &visit.end_user.end_user_hash;
    let clear =
        personal::open_factor(&visit.ring, end_user, factor.factor_id, &factor.sealed, visit.now)?;
    let corrupt = |column| StoreError::Corrupt {
        table: "factors",
        column,
        key: factor.factor_id.to_string(),
    };
    Ok(Held {
        passkey: Passkey::from_bytes(&clear).map_err(|_| corrupt("sealed"))?,
        position: u32::try_from(factor.position).map_err(|_| corrupt("position"))?,
    })
}

//! Beginning a ceremony that uses a passkey. Sends nothing; the login has begun.

use onlyauth_core::factor::webauthn::Ceremony;
use onlyauth_core::ids::ChallengeId;
use onlyauth_core::personal;
use onlyauth_store::{CeremonyRecord, NewCeremony};

use super::held;
use super::screen::Asked;
use crate::error::ApiError;
use crate::webauthn::{Begun, LIFETIME};
use crate::widget::standing::Login;
use crate::widget::visit::{Denied, Visit};

/// Makes the challenge that a passkey is to sign, unless one waits already: asking again must not make rows. False when
/// there is nothing to ask, or the login ended meanwhile.
pub(in crate::widget) async fn ask(visit: &Visit) -> Result<bool, Denied> {
    let login = Login::find(visit).await?;
    if login.asked.is_some() {
        return Ok(true);
    }
    let passkeys = held::open(visit, &login.factors)?;
    let Some(party) = &visit.service.relying_party else { return Ok(false) };
    let begun = party.begin_get(passkeys.iter().map(|(_, held)| &held.passkey));
    // None belongs to the RP ID: it was configured anew.
    let Ok(begun) = begun else { return Ok(false) };
    let new = sealed(visit, Ceremony::Get, &begun)?;
    Ok(visit.service.store.ceremony_create(&new).await?)
}

/// The ceremony of the visit's action that waits for a passkey.
pub(in crate::widget) async fn find_open(visit: &Visit) -> Result<Option<Asked>, Denied> {
    let (client_id, action_id) = (visit.grant().client_id, visit.action_id());
    let store = &visit.service.store;
    let open = store.ceremony_find_open(client_id, action_id, Ceremony::Get, visit.now).await?;
    let Some(ceremony) = open else { return Ok(None) };
    let options = open_state(visit, &ceremony)?.options;
    Ok(Some(Asked { ceremony: ceremony.ceremony_id.to_string(), options }))
}

/// What a ceremony of the visit's action was begun with.
pub(super) fn open_state(visit: &Visit, ceremony: &CeremonyRecord) -> Result<Begun, Denied> {
    let (ring, id) = (&visit.ring, ceremony.ceremony_id);
    let clear = personal::open_ceremony(ring, visit.action_id(), id, &ceremony.sealed, visit.now)?;
    Ok(Begun::from_bytes(&clear).map_err(|_| ApiError::Internal)?)
}

/// A ceremony of the visit's action, sealed.
pub(super) fn sealed(visit: &Visit, kind: Ceremony, begun: &Begun) -> Result<NewCeremony, Denied> {
    let entropy = &visit.service.entropy;
    let ceremony_id = ChallengeId::new(visit.now, entropy.bytes());
    let clear = begun.to_bytes().map_err(|_| ApiError::Internal)?;
    let (ring, action_id, nonce) = (&visit.ring, visit.action_id(), entropy.bytes());
    let sealed = personal::seal_ceremony(ring, action_id, ceremony_id, &clear, visit.now, nonce)?;
    Ok(NewCeremony {
        action_id,
        end_user: visit.end_user,
        ceremony_id,
        kind,
        proven: None,
        sealed,
        now: visit.now,
        expires_at: visit.now.plus(LIFETIME),
    })
}

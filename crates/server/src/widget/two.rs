//! Two proofs: what of them a login has, who gave the first, and what may be enrolled in place of one.

use onlyauth_core::app::AppSettings;
use onlyauth_core::bootstrap::{self, Holding};
use onlyauth_core::channel::Channel;
use onlyauth_core::proof::{FirstProof, Proven};
use onlyauth_store::LoginRecord;

use super::place::Masked;
use super::shell::{Step, Steps};
use super::standing;
use super::visit::{Denied, Visit};

/// What a login has of two proofs, as a visit sees it.
pub(super) struct Two {
    /// What passed in it so far.
    pub(super) proven: Proven,
    /// For the browser in which that was; None for any other.
    pub(super) first: Option<Masked>,
    /// What may be enrolled as the second, once the phone was the first.
    pub(super) enrollable: Vec<Channel>,
    /// What may be enrolled in place of a proof now.
    pub(super) enrols: Vec<Channel>,
}

impl Two {
    pub(super) fn find(
        visit: &Visit,
        record: &LoginRecord,
        enrolled: &[Channel],
        just_proven: bool,
    ) -> Result<Self, Denied> {
        let settings = &visit.place.app.settings;
        let proven = record.action.as_ref().map(|action| action.proven.clone());
        let proven = proven.unwrap_or_default();
        let first = first(visit, record, just_proven)?;
        let holding = Holding {
            enrolled,
            phone_known: record.end_user.as_ref().is_some_and(|known| known.phone.is_some()),
            phone_changed: standing::phone_changed(record, visit.phone_hash),
        };
        // What browsers would let nobody use is not enrolled.
        let usable = |channel: &Channel| {
            *channel != Channel::Webauthn || visit.service.relying_party.is_some()
        };
        let mut enrollable = bootstrap::as_second_proof(settings, holding);
        enrollable.retain(usable);
        let mut enrols = if proven.is_empty() {
            bootstrap::as_only_proof(settings, holding)
        } else if first.is_some() && proven.channels().iter().all(|channel| channel.is_phone()) {
            enrollable.clone()
        } else {
            Vec::new()
        };
        enrols.retain(usable);
        Ok(Self { proven, first, enrollable, enrols })
    }

    /// What pages say of it, where these channels are offered.
    pub(super) fn steps(&self, settings: &AppSettings, offered: &[Channel]) -> Steps {
        let is_new = |channel: &Channel| {
            self.proven.channels().iter().all(|proven| proven.kind() != channel.kind())
        };
        let second = !self.proven.is_empty() && offered.iter().all(is_new);
        let step = if second { Step::Second } else { Step::First };
        Steps { at: settings.mfa_enabled.then_some(step), first: self.first.clone() }
    }
}

/// For whoever gave the first proof just now, or shows that they did.
fn first(visit: &Visit, record: &LoginRecord, just_proven: bool) -> Result<Option<Masked>, Denied> {
    let Some(action) = record.action.as_ref().filter(|action| !action.proven.is_empty()) else {
        return Ok(None);
    };
    let shown = visit.first.as_ref();
    if !just_proven && shown.is_none() {
        return Ok(None);
    }
    let first = FirstProof::derive(&visit.ring, action.action_id, action.created_at)?;
    let proven_here = just_proven || shown.is_some_and(|shown| first.is(shown.reveal()));
    Ok(proven_here.then(|| Masked::new(first.reveal())))
}

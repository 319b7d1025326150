//! Keeping a new passkey: the commit that enrols it consumes the ceremony by which it was made.

use onlyauth_core::factor::webauthn::Ceremony;
use onlyauth_core::ids::ChallengeId;

use super::CEREMONY_CONSUME;
use crate::change_set::{ChangeSet, Outcome};
use crate::enrolments::{self, EnrolOutcome, Permit, Refusal};
use crate::error::StoreError;
use crate::factors::NewFactor;
use crate::notices::Record;
use crate::open::Store;
use crate::value::params;

/// A passkey to be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enrolment {
    /// In this action, for this end user.
    pub permit: Permit,
    /// By this ceremony.
    pub ceremony_id: ChallengeId,
    /// What is kept, and what is written down of it; None for an answer that is no new passkey: the ceremony is over all the
    /// same.
    pub factor: Option<(NewFactor, Record)>,
}

impl Store {
    /// Keeps a passkey that an end user made, once per ceremony.
    pub async fn ceremony_enrol(&self, enrolment: &Enrolment) -> Result<EnrolOutcome, StoreError> {
        Ok(match self.apply(change_set(enrolment)).await? {
            Outcome::Applied(_) if enrolment.factor.is_some() => EnrolOutcome::Enrolled,
            Outcome::Applied(_) => EnrolOutcome::Refused,
            Outcome::Refused(Refusal::Ceremony) => EnrolOutcome::Closed,
            Outcome::Refused(Refusal::Action) => EnrolOutcome::NotAllowed,
            Outcome::Refused(Refusal::Factor) => EnrolOutcome::Known,
        })
    }
}

fn change_set(enrolment: &Enrolment) -> ChangeSet<Refusal> {
    let Permit { action_id, end_user, now, .. } = enrolment.permit;
    let ceremony =
        params![end_user.client_id, action_id, enrolment.ceremony_id, Ceremony::Create, now];
    let set = ChangeSet::new().require(&CEREMONY_CONSUME, ceremony, Refusal::Ceremony);
    match &enrolment.factor {
        Some((factor, record)) => enrolments::keep(set, &enrolment.permit, factor, record),
        None => set,
    }
}

//! Where a login stands: read from the store, decided by core, shown by a page.

use onlyauth_core::action::{self, Command, Outcome, Standing};
use onlyauth_core::channel::Channel;
use onlyauth_core::failures::Failures;
use onlyauth_store::{DeliveryStatus, LoginKey, LoginRecord};

use super::page::Page;
use super::screen::{Hidden, Notice};
use super::visit::{Denied, Visit};

/// A login as one snapshot of the store shows it.
pub(super) struct Login {
    /// None before its start.
    pub(super) record: Option<LoginRecord>,
    state: action::Login,
}

impl Login {
    pub(super) async fn find(visit: &Visit) -> Result<Self, Denied> {
        let key = LoginKey { client_id: visit.grant().client_id, action_id: visit.action_id() };
        let record = visit.service.store.login_find(key, Channel::Sms).await?;
        if record.is_none() && visit.now.is_expired(visit.opened.start_before) {
            return Err(Denied::Ended(visit.place(), "token_expired"));
        }
        let not_started =
            action::Login { action: None, challenge: None, failures: Failures::default() };
        let state = record.as_ref().map_or(not_started, LoginRecord::login);
        Ok(Self { record, state })
    }

    pub(super) fn decide(&self, command: Command, visit: &Visit) -> Outcome {
        self.state.decide(command, &visit.service.policy, visit.now)
    }

    pub(super) fn standing(&self, visit: &Visit) -> Standing {
        self.state.standing(&visit.service.policy, visit.now)
    }

    pub(super) fn sends(&self) -> u32 {
        self.record.as_ref().map_or(0, |login| login.action.sends)
    }

    /// The page of where the login stands.
    pub(super) fn page(&self, visit: &Visit) -> Page {
        let failed = self.record.as_ref().and_then(|login| login.delivery.as_ref()).is_some_and(
            |delivery| matches!(delivery.status, DeliveryStatus::Failed | DeliveryStatus::Unknown),
        );
        self.page_with(visit, failed.then_some(Notice::DeliveryFailed))
    }

    /// The same, with words about what was just done.
    pub(super) fn page_with(&self, visit: &Visit, notice: Option<Notice>) -> Page {
        let challenge = self.record.as_ref().and_then(|login| login.challenge.as_ref());
        let hidden = Hidden {
            token: visit.token.clone(),
            app_id: visit.grant().app_id.to_string(),
            sends: self.sends(),
            challenge: challenge.map(|newest| newest.challenge_id.to_string()).unwrap_or_default(),
        };
        Page::standing(visit, self.standing(visit), hidden, notice)
    }
}

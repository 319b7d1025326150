//! Where a login stands: read from the store, decided by core, shown by a view.

use std::time::Duration;

use onlyauth_core::action::{self, Command, Outcome, Standing};
use onlyauth_core::challenge::AttemptKey;
use onlyauth_core::channel::{Channel, Mode};
use onlyauth_core::choice::{self, NoChannel, Refused, Situation, TurnedDown};
use onlyauth_core::enrolment::Held;
use onlyauth_core::failures::Lock;
use onlyauth_core::ids::ChallengeId;
use onlyauth_core::offer::Offer;
use onlyauth_store::{ChallengeRecord, DeliveryStatus, FactorRecord, LoginKey, LoginRecord, Send};

use super::enrol;
use super::page::Page;
use super::passkey::{self, Asked};
use super::place::Masked;
use super::screen::{Check, Notice};
use super::shell::{Step, Steps};
use super::trust;
use super::two::Two;
use super::view::{self, Delivery, LoginView};
use super::visit::{Denied, Ended, Visit};

/// How long after a live message was taken its receipt is waited for. Later ones are shown by the next request.
const RECEIPT_WAIT: Duration = Duration::from_mins(1);

/// A login as one snapshot of the store shows it.
pub(super) struct Login {
    pub(super) record: LoginRecord,
    /// What the end user enrolled, phones aside.
    pub(super) factors: Vec<FactorRecord>,
    /// The ceremony that waits for a passkey.
    pub(super) asked: Option<Asked>,
    /// What it could begin with, before its start.
    pub(super) offer: Offer,
    /// What was decided about the browser's device; None once the login has begun.
    pub(super) trust: Option<trust::Judged>,
    /// Whether the customer names another number than the one that last passed.
    changed: bool,
    /// The channels that may be used, in the order in which they are offered; or why there are none.
    offered: Result<Vec<Channel>, NoChannel>,
    /// What may be enrolled in place of a proof.
    pub(super) enrols: Vec<Channel>,
    /// How far a login is that takes two proofs.
    pub(super) steps: Steps,
    /// For lists on which messages appear that the app defers; None where it defers none.
    turned_down: Option<Masked>,
    state: action::Login,
}

impl Login {
    pub(super) async fn find(visit: &Visit) -> Result<Self, Denied> {
        Self::found(visit, false).await
    }

    /// The same for whoever has just given the first of two proofs.
    pub(super) async fn find_proven(visit: &Visit) -> Result<Self, Denied> {
        Self::found(visit, true).await
    }

    async fn found(visit: &Visit, just_proven: bool) -> Result<Self, Denied> {
        let key = LoginKey { action_id: visit.action_id(), end_user: visit.end_user };
        let store = &visit.service.store;
        let record = store.login_find(&key).await?;
        if record.action.is_none() && visit.now.is_expired(visit.opened.start_before) {
            return Err(Denied::Ended(visit.place.clone(), Ended::TokenExpired));
        }
        let factors = match record.factors {
            0 => Vec::new(),
            _ => store.factor_list(&visit.end_user).await?,
        };
        Self::of(visit, record, factors, just_proven).await
    }

    /// The same login, now that this message of it is committed. What that changed is known, so nothing is read.
    pub(super) async fn after(self, visit: &Visit, send: &Send) -> Result<Self, Denied> {
        Self::of(visit, self.record.sent(send), self.factors, false).await
    }

    async fn of(
        visit: &Visit,
        record: LoginRecord,
        factors: Vec<FactorRecord>,
        just_proven: bool,
    ) -> Result<Self, Denied> {
        // What browsers would let nobody use is not offered.
        let usable = |channel: &Channel| {
            *channel != Channel::Webauthn || visit.service.relying_party.is_some()
        };
        let changed = phone_changed(&record, visit.phone_hash);
        let mut enrolled: Vec<_> =
            factors.iter().map(|factor| factor.channel).filter(usable).collect();
        if record.backup_codes > 0 {
            enrolled.push(Channel::BackupCode);
        }
        let last_pass = record.end_user.as_ref().and_then(|end_user| end_user.last_pass);
        let settings = &visit.place.app.settings;
        let two = Two::find(visit, &record, &enrolled, just_proven)?;
        let situation = Situation {
            country: visit.phone.country(),
            enrolled: &enrolled,
            phone_changed: changed,
            used_last: last_pass.map(|last| last.channel),
            proven: two.proven.channels(),
            proven_here: two.first.is_some(),
            enrollable: &two.enrollable,
            for_factors: visit.manages(),
        };
        let carried = |channel| carries(visit, channel);
        let offered = choice::channels(settings, situation, carried);
        let offer = match record.action {
            None => offer(visit, situation, carried, &record),
            Some(_) => Offer::default(),
        };
        let steps = two.steps(settings, offered.as_deref().unwrap_or_default());
        let enrols = two.enrols;
        let state = record.login(offered.as_deref().unwrap_or_default());
        let asks =
            record.challenge.as_ref().is_some_and(|newest| newest.channel == Channel::Webauthn);
        let asked = if asks { passkey::find_open(visit).await? } else { None };
        let turned_down = settings
            .defer_sms_usage
            .then(|| TurnedDown::derive(&visit.ring, visit.action_id(), visit.now))
            .transpose()?
            .map(|turned_down| Masked::new(turned_down.reveal()));
        let trust = match &record.action {
            // A device proves nothing about the person who would change their factors.
            None if !visit.manages() => {
                Some(trust::judge(visit, &record, &factors, changed).await?)
            }
            _ => None,
        };
        Ok(Self {
            record,
            factors,
            asked,
            offer,
            trust,
            changed,
            offered,
            enrols,
            steps,
            turned_down,
            state,
        })
    }

    /// Whether the customer names another number than the one that last passed.
    pub(super) fn phone_changed(&self) -> bool {
        self.changed
    }

    pub(super) fn decide(&self, command: Command, visit: &Visit) -> Outcome {
        self.state.decide(command, &visit.service.policy, visit.now)
    }

    pub(super) fn standing(&self, visit: &Visit) -> Standing {
        self.state.standing(&visit.service.policy, visit.now)
    }

    pub(super) fn sends(&self) -> u32 {
        self.record.action.as_ref().map_or(0, |action| action.sends)
    }

    /// What the end user enrolled, as the rules of enrolling see it.
    pub(super) fn held(&self) -> Vec<Held> {
        let held =
            |factor: &FactorRecord| Held { channel: factor.channel, since: factor.created_at };
        self.factors.iter().map(held).collect()
    }

    /// The channel of the newest challenge.
    pub(super) fn in_use(&self) -> Option<Channel> {
        self.record.challenge.as_ref().map(|newest| newest.channel)
    }

    /// What decides about enrolling, of what passed in the action.
    pub(super) fn proven(&self) -> Option<Channel> {
        self.record.action.as_ref().and_then(|action| action.proven.strongest())
    }

    /// The channel that is offered first.
    pub(super) fn first_offered(&self) -> Option<Channel> {
        self.offered.as_ref().ok().and_then(|offered| offered.first().copied())
    }

    /// Whether a form asks for a channel too early: other ways come first. `shown` is what it shows of having turned them down.
    pub(super) fn keeps_back(&self, visit: &Visit, shown: Option<&str>, channel: Channel) -> bool {
        let waiting = self.state.challenge.filter(|newest| !newest.consumed);
        let (ring, action_id, now) = (&visit.ring, visit.action_id(), visit.now);
        let has_turned_down =
            shown.is_some_and(|text| TurnedDown::is_shown_by(text, ring, action_id, now));
        let refused = Refused::by_asking(waiting.map(|newest| newest.channel), has_turned_down);
        let open = self.state.open_ways(&visit.service.policy, visit.now);
        choice::is_kept_back(&visit.place.app.settings, &open, refused, channel)
    }

    /// The page of where the login stands.
    pub(super) fn page(&self, visit: &Visit) -> Page {
        if self.trust.as_ref().is_some_and(trust::Judged::is_trusted) {
            return view::trusted_device(&visit.place);
        }
        self.asking(visit)
    }

    /// The same without a device that could stand in.
    pub(super) fn asking(&self, visit: &Visit) -> Page {
        self.page_with(visit, None)
    }

    /// The same, with words about what was just done.
    pub(super) fn page_with(&self, visit: &Visit, notice: Option<Notice>) -> Page {
        match (self.standing(visit), self.offered.as_ref()) {
            (standing @ Standing::Choose, Err(_)) if !self.enrols.is_empty() => {
                self.view(visit, standing, notice).set_up()
            }
            (Standing::Choose, Err(why)) => view::no_channel(&visit.place, *why),
            (standing, _) => self.view(visit, standing, notice).page(),
        }
    }

    /// What the pages show on which something is enrolled in place of a proof.
    pub(super) fn enrolling<'a>(&self, visit: &'a Visit, notice: Option<Notice>) -> LoginView<'a> {
        self.view(visit, self.standing(visit), notice)
    }

    /// The same login, with this challenge as the one that is judged: another one came up meanwhile.
    pub(super) fn judging(mut self, challenge: Option<ChallengeRecord>) -> Self {
        self.state.challenge = challenge.as_ref().map(Into::into);
        self.record.challenge = challenge;
        self
    }

    /// The list of ways, as long as there is something to choose: what is shown there after the page of one was left, or
    /// all, after those were turned down too.
    pub(super) fn choose(&self, visit: &Visit, all: bool) -> Page {
        let standing = self.standing(visit);
        let over = matches!(standing, Standing::Passed | Standing::Cancelled | Standing::Expired);
        let view = self.view(visit, standing, None);
        if over || view.ways.is_empty() {
            return self.asking(visit);
        }
        let refused = match standing {
            _ if all => Refused::Shown,
            Standing::Choose => Refused::Nothing,
            _ => Refused::This(view.channel),
        };
        view.choose(refused)
    }

    fn view<'a>(
        &self,
        visit: &'a Visit,
        standing: Standing,
        notice: Option<Notice>,
    ) -> LoginView<'a> {
        let challenge = self.record.challenge.as_ref();
        let in_use = match standing {
            Standing::Prove { channel, .. } => Some(channel),
            _ => self.in_use().or_else(|| self.first_offered()),
        };
        let formed_for = match standing {
            Standing::Prove { channel, .. } => {
                Some(ChallengeId::of_action(visit.action_id(), channel))
            }
            _ => challenge.map(|newest| newest.challenge_id),
        };
        LoginView {
            place: &visit.place,
            now: visit.now,
            standing,
            sends: self.sends(),
            check: Check {
                challenge: formed_for.map(|id| id.to_string()).unwrap_or_default(),
                attempt: AttemptKey::new(visit.service.entropy.bytes()).text(),
            },
            masked: visit.phone.masked(),
            digits: challenge.map_or(visit.service.policy.codes.digits, |newest| newest.digits),
            channel: in_use.unwrap_or(Channel::Sms),
            ways: self.state.open_ways(&visit.service.policy, visit.now),
            delivery: self.delivery(visit),
            ends_at: self.record.action.as_ref().map(|action| action.expires_at),
            notice,
            asked: self.asked.clone(),
            offer: enrol::offers(visit, self).first().copied(),
            offers_trust: self.offers_trust(visit),
            enrols: self.enrols.clone(),
            steps: self.steps.clone(),
            turned_down: self.turned_down.clone(),
        }
    }

    /// For how many days the device may be trusted, by whoever is about to pass.
    fn offers_trust(&self, visit: &Visit) -> Option<u32> {
        let changed = self.record.action.as_ref().map_or(self.changed, |begun| begun.phone_changed);
        let settings = &visit.place.app.settings;
        let offered = !visit.manages() && onlyauth_core::trust::is_offered(settings, changed);
        // Nothing is trusted after the first of two proofs.
        let passes = self.steps.at != Some(Step::First);
        (offered && passes).then_some(visit.service.config.trust.days)
    }

    fn delivery(&self, visit: &Visit) -> Delivery {
        let Some(message) = self.record.delivery() else { return Delivery::Settled };
        match message.status {
            DeliveryStatus::Pending | DeliveryStatus::Sending => Delivery::OnItsWay,
            DeliveryStatus::Failed | DeliveryStatus::Unknown => Delivery::Failed,
            DeliveryStatus::Delivered => Delivery::Settled,
            DeliveryStatus::Sent => {
                // Nothing tells whether a sandbox message arrived.
                let waits = visit.grant().mode == Mode::Live
                    && !visit.now.is_expired(message.created_at.plus(RECEIPT_WAIT));
                if waits { Delivery::Taken } else { Delivery::Settled }
            }
        }
    }
}

/// What the action will say that it could begin with.
fn offer(
    visit: &Visit,
    situation: Situation<'_>,
    carried: impl Fn(Channel) -> bool,
    record: &LoginRecord,
) -> Offer {
    let policy = &visit.service.policy.failures;
    let is_locked =
        |channel| !matches!(policy.lock(record.way(channel).failures, visit.now), Lock::Open(_));
    Offer::new(&visit.place.app.settings, situation, carried, is_locked)
}

/// Whether messages of a channel leave at the moment; in the sandbox all do.
pub(super) fn carries(visit: &Visit, channel: Channel) -> bool {
    visit.grant().mode != Mode::Live || visit.service.routes.of(channel).is_some()
}

pub(super) fn phone_changed(record: &LoginRecord, phone_hash: [u8; 32]) -> bool {
    let known = record.end_user.as_ref().and_then(|end_user| end_user.phone.as_ref());
    known.is_some_and(|known| known.hash != phone_hash)
}

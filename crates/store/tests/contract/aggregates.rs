use std::collections::BTreeMap;
use std::time::Duration;

use onlyauth_core::action::Purpose;
use onlyauth_core::channel::{Channel, Mode, PassedBy};
use onlyauth_core::ids::{ActionId, ChallengeId, ClientId, MessageId, UserId};
use onlyauth_core::proof::Proven;
use onlyauth_core::retention::{Cutoffs, RetentionPolicy};
use onlyauth_core::statistics::LoginOutcome;
use onlyauth_core::time::Timestamp;
use onlyauth_store::{
    Attempt, AttemptOutcome, DeliveryStatus, FinalReceipt, Judged, Kept, LoginHour, MessageHour,
    NewAction, NewChallenge, Send, SendChallenge, SendOutcome, Store, Uncounted,
};

use super::support::*;

/// The first moment of an hour.
const HOUR: u64 = 1_700_002_800 - 1_700_000_000;

/// What is old enough so many seconds after the beginning.
pub(crate) fn cutoffs(seconds: u64) -> Cutoffs {
    let policy = RetentionPolicy {
        start_within: Duration::from_mins(5),
        actions: Duration::from_hours(2),
        sandbox_messages: Duration::from_hours(1),
        audit: Duration::from_hours(8_760),
        hours: Duration::from_hours(24),
    };
    policy.cutoffs(at(seconds))
}

/// How a login goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fate {
    /// Its time runs out with nothing sent.
    Silent,
    /// Its time runs out.
    Expires,
    /// It is given up after so many seconds.
    Cancelled(u64),
    /// It passes after so many seconds.
    Passes(u64),
}

/// One login of a history; times are seconds after the beginning.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Past {
    pub(crate) number: u32,
    pub(crate) started: u64,
    pub(crate) app: u8,
    pub(crate) channel: Channel,
    pub(crate) country: &'static str,
    pub(crate) wrong: u8,
    pub(crate) fate: Fate,
}

impl Past {
    pub(crate) fn new(number: u32, started: u64, fate: Fate) -> Self {
        Self { number, started, app: 1, channel: Channel::Sms, country: "US", wrong: 0, fate }
    }

    fn random(&self) -> [u8; 10] {
        let mut random = [0; 10];
        random[6..].copy_from_slice(&self.number.to_be_bytes());
        random
    }

    pub(crate) fn action_id(&self) -> ActionId {
        ActionId::new(at(self.started), self.random())
    }

    pub(crate) fn message_id(&self) -> MessageId {
        MessageId::new(at(self.started), self.random())
    }

    pub(crate) fn token_hash(&self) -> [u8; 32] {
        let mut hash = [0; 32];
        hash[..4].copy_from_slice(&self.number.to_be_bytes());
        hash
    }

    fn end_user(&self) -> onlyauth_store::EndUserKey {
        onlyauth_store::EndUserKey { app_id: app(self.app), ..end_user() }
    }

    fn send(&self) -> Send {
        let SendChallenge::New(new) = first_send(1).challenge else { unreachable!() };
        let challenge_id = ChallengeId::new(at(self.started), self.random());
        Send {
            action_id: self.action_id(),
            end_user: self.end_user(),
            channel: self.channel,
            now: at(self.started),
            challenge: SendChallenge::New(NewChallenge {
                challenge_id,
                expires_at: at(self.started + 300),
                ..new
            }),
            message_id: self.message_id(),
            next_try_at: at(self.started),
            ..first_send(1)
        }
    }

    fn attempt(&self, form: u8, after: u64, judged: Judged) -> Attempt {
        Attempt {
            action_id: self.action_id(),
            challenge_id: ChallengeId::new(at(self.started), self.random()),
            end_user: self.end_user(),
            channel: self.channel,
            now: at(self.started + after),
            ..attempt(1, form, judged)
        }
    }

    /// Lets it happen.
    pub(crate) async fn happen(&self, store: &Store) {
        let new = NewAction {
            action_id: self.action_id(),
            purpose: Purpose::Login,
            end_user: self.end_user(),
            country: self.country.to_owned(),
            created_at: at(self.started),
            expires_at: at(self.started + 900),
            ..new_action(1)
        };
        assert_eq!(store.action_create(&new).await, Ok(true));
        if self.fate == Fate::Silent {
            return;
        }
        assert_eq!(store.challenge_send(&self.send()).await, Ok(SendOutcome::Committed));
        for form in 0..self.wrong {
            let outcome = store.challenge_attempt(&self.attempt(form, 1, Judged::Wrong)).await;
            assert!(matches!(outcome, Ok(AttemptOutcome::Counted { .. })), "{outcome:?}");
        }
        match self.fate {
            Fate::Silent | Fate::Expires => {}
            Fate::Cancelled(after) => {
                let (client, action) = (client(1), self.action_id());
                let cancelled = store.action_cancel(client, action, at(self.started + after));
                assert_eq!(cancelled.await, Ok(true));
            }
            Fate::Passes(after) => {
                let Judged::Right(passed) = right(1) else { unreachable!() };
                let passed = onlyauth_store::Passed {
                    token_hash: self.token_hash(),
                    user_id: UserId::new(at(self.started), self.random()),
                    expires_at: at(self.started + after + 60),
                    ..passed
                };
                let attempt = self.attempt(99, after, Judged::Right(passed));
                let outcome = store.challenge_attempt(&attempt).await;
                assert_eq!(outcome, Ok(AttemptOutcome::Passed));
            }
        }
    }

    /// The row in which it is to be counted, without what is summed up.
    fn counted(&self) -> LoginHour {
        let (outcome, took) = match self.fate {
            Fate::Silent | Fate::Expires => (LoginOutcome::Expired, None),
            Fate::Cancelled(after) => (LoginOutcome::Cancelled, Some(after)),
            Fate::Passes(after) => (LoginOutcome::Passed, Some(after)),
        };
        let steps = [5, 10, 20, 40, 80, 160, 320, 640, 1280];
        let step = |took| steps.into_iter().find(|step| took <= u64::from(*step)).unwrap();
        LoginHour {
            hour: hour(self.started),
            app_id: app(self.app),
            mode: Mode::Sandbox,
            channel: (self.fate != Fate::Silent).then_some(self.channel.into()),
            country: self.country.to_owned(),
            outcome,
            latency: took.map_or(0, step),
            logins: 1,
            wrong_codes: u64::from(self.wrong),
        }
    }
}

fn hour(seconds: u64) -> Timestamp {
    let millis = at(seconds).as_millis();
    Timestamp::from_millis(millis / 3_600_000 * 3_600_000)
}

/// Counts all that can be counted; how many logins that were.
pub(crate) async fn count(store: &Store, client: ClientId, cutoffs: &Cutoffs, max: u32) -> usize {
    let mut counted = 0;
    loop {
        match store.login_uncounted_find(client, cutoffs, max).await.unwrap() {
            Uncounted::Waiting(_) => return counted,
            Uncounted::Logins(page) => {
                if store.login_count(&page, at(0)).await.unwrap() {
                    counted += page.len();
                }
            }
        }
    }
}

async fn hours(store: &Store) -> Vec<LoginHour> {
    let beginning = Timestamp::from_millis(0);
    store.login_hour_list(client(1), None, beginning, at(1_000_000_000)).await.unwrap()
}

async fn message_hours(store: &Store) -> Vec<MessageHour> {
    let beginning = Timestamp::from_millis(0);
    store.message_hour_list(client(1), None, beginning, at(1_000_000_000)).await.unwrap()
}

type Row = (i64, String, Option<PassedBy>, String, LoginOutcome, u32);

/// The same rows in one order, each once.
fn summed(rows: impl IntoIterator<Item = LoginHour>) -> BTreeMap<Row, (u64, u64)> {
    let mut sums = BTreeMap::new();
    for row in rows {
        let key = (
            row.hour.as_millis(),
            row.app_id.to_string(),
            row.channel,
            row.country,
            row.outcome,
            row.latency,
        );
        let sum: &mut (u64, u64) = sums.entry(key).or_default();
        sum.0 += row.logins;
        sum.1 += row.wrong_codes;
    }
    sums
}

#[tokio::test]
async fn a_login_is_counted_with_all_that_became_of_it() {
    let (_dir, store) = store().await;
    let past = Past {
        channel: Channel::Voice,
        country: "GB",
        wrong: 3,
        ..Past::new(1, HOUR, Fate::Passes(12))
    };
    past.happen(&store).await;
    assert_eq!(count(&store, client(1), &cutoffs(HOUR + 3600), 10).await, 1);
    let expected = LoginHour {
        hour: at(HOUR),
        app_id: app(1),
        mode: Mode::Sandbox,
        channel: Some(Channel::Voice.into()),
        country: "GB".to_owned(),
        outcome: LoginOutcome::Passed,
        latency: 20,
        logins: 1,
        wrong_codes: 3,
    };
    assert_eq!(hours(&store).await, [expected]);
    let message = MessageHour {
        hour: at(HOUR),
        app_id: app(1),
        mode: Mode::Sandbox,
        channel: Channel::Voice,
        country: "GB".to_owned(),
        status: DeliveryStatus::Unknown,
        messages: 1,
    };
    assert_eq!(message_hours(&store).await, [message], "nobody took it");
}

#[tokio::test]
async fn a_login_counts_on_the_channel_that_passed() {
    let (_dir, store) = store().await;
    let past = Past { wrong: 2, ..Past::new(1, HOUR, Fate::Expires) };
    past.happen(&store).await;
    // A call beside it, which is not answered.
    let other = Past { number: 2, channel: Channel::Voice, ..past };
    let call = Send { action_id: past.action_id(), seen_sends: 1, ..other.send() };
    assert_eq!(store.challenge_send(&call).await, Ok(SendOutcome::Committed));
    let Judged::Right(passed) = right(1) else { unreachable!() };
    let outcome = store.challenge_attempt(&past.attempt(9, 100, Judged::Right(passed))).await;
    assert_eq!(outcome, Ok(AttemptOutcome::Passed));
    count(&store, client(1), &cutoffs(HOUR + 3600), 10).await;
    let counted = hours(&store).await;
    assert_eq!((counted[0].channel, counted[0].latency), (Some(Channel::Sms.into()), 160));
    assert_eq!((counted[0].logins, counted[0].wrong_codes), (1, 2));
    let channels: Vec<_> = message_hours(&store).await.iter().map(|row| row.channel).collect();
    assert_eq!(channels, [Channel::Sms, Channel::Voice]);
}

#[tokio::test]
async fn a_login_of_two_proofs_counts_once_on_the_last_of_them() {
    let (_dir, store) = store().await;
    let past = Past::new(1, HOUR, Fate::Expires);
    past.happen(&store).await;
    let voice = Past { number: 2, channel: Channel::Voice, ..past };
    let call = Send { action_id: past.action_id(), seen_sends: 1, ..voice.send() };
    assert_eq!(store.challenge_send(&call).await, Ok(SendOutcome::Committed));
    let first = Attempt { action_id: past.action_id(), ..voice.attempt(8, 90, Judged::First) };
    assert_eq!(store.challenge_attempt(&first).await, Ok(AttemptOutcome::Proven));
    // The message that was sent before is the second; its challenge is of an earlier step.
    let Judged::Right(passed) = right(1) else { unreachable!() };
    let second = Attempt {
        proven: Proven::from(Channel::Voice),
        ..past.attempt(9, 100, Judged::Right(passed))
    };
    assert_eq!(store.challenge_attempt(&second).await, Ok(AttemptOutcome::Passed));
    count(&store, client(1), &cutoffs(HOUR + 3600), 10).await;
    let counted = hours(&store).await;
    assert_eq!((counted.len(), counted[0].logins), (1, 1));
    assert_eq!(counted[0].channel, Some(Channel::Sms.into()));
}

#[tokio::test]
async fn receipts_are_counted_as_they_were() {
    let (_dir, store) = store().await;
    for number in 0..5 {
        let past = Past::new(number, HOUR + u64::from(number), Fate::Passes(10));
        past.happen(&store).await;
        let (id, now) = (past.message_id(), at(HOUR + 10));
        store.outbox_claim(client(1), id, now, at(HOUR + 99)).await.unwrap().unwrap();
        if number > 0 {
            assert_eq!(store.outbox_sent(client(1), id, now).await, Ok(true));
        }
        let receipt = match number {
            0 | 1 => continue,
            2 | 3 => FinalReceipt::Delivered,
            _ => FinalReceipt::Failed { reason: "busy".to_owned() },
        };
        assert_eq!(store.outbox_receipt(client(1), id, &receipt, now).await, Ok(true));
    }
    count(&store, client(1), &cutoffs(HOUR + 3600), 2).await;
    let found = message_hours(&store).await;
    let of = |status| found.iter().filter(move |row| row.status == status).map(|row| row.messages);
    assert_eq!(of(DeliveryStatus::Delivered).sum::<u64>(), 2);
    for status in [DeliveryStatus::Unknown, DeliveryStatus::Sent, DeliveryStatus::Failed] {
        assert_eq!(of(status).sum::<u64>(), 1, "{status:?}");
    }
}

#[tokio::test]
async fn what_may_still_change_or_start_is_not_counted() {
    let (_dir, store) = store().await;
    let past = Past::new(1, HOUR, Fate::Expires);
    past.happen(&store).await;
    Past::new(2, HOUR + 60, Fate::Passes(5)).happen(&store).await;
    let settled = HOUR + 900 + 600;
    let waiting = store.login_uncounted_find(client(1), &cutoffs(settled - 1), 10).await;
    assert_eq!(waiting, Ok(Uncounted::Waiting(Some(at(HOUR)))), "its end may still move");
    assert_eq!(count(&store, client(1), &cutoffs(settled), 10).await, 2);

    // Over at once, but an older token may still start.
    let started = settled + 100;
    Past::new(3, started, Fate::Cancelled(1)).happen(&store).await;
    assert_eq!(count(&store, client(1), &cutoffs(started + 899), 10).await, 0);
    let late = Past::new(4, started - 1, Fate::Cancelled(1));
    late.happen(&store).await;
    assert_eq!(count(&store, client(1), &cutoffs(started + 901), 10).await, 2);
}

#[tokio::test]
async fn a_page_is_counted_once_whoever_repeats_it() {
    let (_dir, store) = store().await;
    for number in 0..3 {
        Past::new(number, HOUR, Fate::Passes(5)).happen(&store).await;
    }
    let cutoffs = cutoffs(HOUR + 3600);
    let page = async || match store.login_uncounted_find(client(1), &cutoffs, 2).await.unwrap() {
        Uncounted::Logins(page) => page,
        Uncounted::Waiting(_) => panic!("nothing found"),
    };
    let first = page().await;
    assert_eq!(store.login_count(&first, at(0)).await, Ok(true));
    // As after a crash that lost the answer, or from another instance.
    assert_eq!(store.login_count(&first, at(0)).await, Ok(false));
    let second = page().await;
    assert_eq!((first.len(), second.len()), (2, 1));
    assert_eq!(store.login_count(&second, at(0)).await, Ok(true));
    assert_eq!(store.login_count(&first, at(0)).await, Ok(false));
    let counted = hours(&store).await;
    assert_eq!(counted.iter().map(|row| row.logins).sum::<u64>(), 3);
    assert_eq!(count(&store, client(2), &cutoffs, 10).await, 0, "another client has its own mark");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_who_count_at_once_count_each_login_once() {
    let (_dir, store) = store().await;
    for number in 0..60 {
        Past::new(number, HOUR + u64::from(number), Fate::Passes(5)).happen(&store).await;
    }
    let counted = at_once((0..8).map(|_| {
        let store = store.clone();
        async move { count(&store, client(1), &cutoffs(HOUR + 3600), 7).await }
    }))
    .await;
    assert_eq!(counted.into_iter().sum::<usize>(), 60);
    assert_eq!(hours(&store).await.iter().map(|row| row.logins).sum::<u64>(), 60);
    assert_eq!(message_hours(&store).await.iter().map(|row| row.messages).sum::<u64>(), 60);
}

/// Pseudo-random, the same in each run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }

    fn past(&mut self, number: u32, started: u64) -> Past {
        let fate = match self.roll(6) {
            0 => Fate::Silent,
            1 => Fate::Expires,
            2 => Fate::Cancelled(self.roll(400)),
            _ => Fate::Passes(1 + self.roll(290)),
        };
        let wrong = if fate == Fate::Silent { 0 } else { u8::try_from(self.roll(5)).unwrap() };
        Past {
            number,
            started,
            app: u8::try_from(1 + self.roll(3)).unwrap(),
            channel: [Channel::Sms, Channel::Voice, Channel::Whatsapp]
                [usize::try_from(self.roll(3)).unwrap()],
            country: ["US", "GB", "DE"][usize::try_from(self.roll(3)).unwrap()],
            wrong,
            fate,
        }
    }
}

#[tokio::test]
async fn the_counts_of_a_history_are_those_of_its_logins_while_they_leave() {
    let (dir, store) = store().await;
    let mut dice = Dice(7);
    let (mut history, mut now) = (Vec::new(), 0);
    let mut removed = 0;
    for number in 0..150 {
        now += dice.roll(240);
        let past = dice.past(number, now);
        past.happen(&store).await;
        history.push(past);
        if dice.roll(8) == 0 {
            let max = u32::try_from(1 + dice.roll(20)).unwrap();
            count(&store, client(1), &cutoffs(now), max).await;
            removed +=
                super::retention::delete(&store, Kept::Actions, cutoffs(now).actions, max).await;
        }
    }
    assert!(removed > 30, "{removed} left on the way");
    count(&store, client(1), &cutoffs(now + 86_400), 11).await;
    assert_eq!(summed(hours(&store).await), summed(history.iter().map(Past::counted)));
    let messages: u64 = message_hours(&store).await.iter().map(|row| row.messages).sum();
    let sent = history.iter().filter(|past| past.fate != Fate::Silent).count();
    assert_eq!(usize::try_from(messages), Ok(sent));
    removed +=
        super::retention::delete(&store, Kept::Actions, cutoffs(now + 86_400).actions, 9).await;
    assert_eq!((removed, dir.rows("actions")), (history.len(), 0));
}

#[tokio::test]
async fn hours_are_listed_by_their_time_and_app() {
    let (_dir, store) = store().await;
    for number in 0..6 {
        let started = HOUR + 3600 * u64::from(number / 2);
        let app = u8::try_from(1 + number % 2).unwrap();
        Past { app, ..Past::new(number, started, Fate::Passes(5)) }.happen(&store).await;
    }
    count(&store, client(1), &cutoffs(HOUR + 86_400), 10).await;
    let list = async |of: Option<u8>, from, to| {
        let found = store.login_hour_list(client(1), of.map(app), at(from), at(to)).await.unwrap();
        let messages = store.message_hour_list(client(1), of.map(app), at(from), at(to)).await;
        assert_eq!(messages.unwrap().len(), found.len());
        found.into_iter().map(|row| (row.hour, row.app_id)).collect::<Vec<_>>()
    };
    assert_eq!(list(None, HOUR, HOUR + 10_800).await.len(), 6);
    assert_eq!(
        list(Some(2), HOUR, HOUR + 3601).await,
        [(at(HOUR), app(2)), (at(HOUR + 3600), app(2))]
    );
    assert_eq!(list(Some(1), HOUR + 1, HOUR + 3600).await, []);
    let other = store.login_hour_list(client(2), None, at(0), at(HOUR * 100)).await;
    assert_eq!(other, Ok(vec![]));
}

//! Messages: queued once, sent once, whoever asks and whichever worker is first.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use onlyauth_core::channel::Channel;
use onlyauth_core::ids::MessageId;
use onlyauth_delivery::{
    Accepted, Callback, NoReceipt, Outgoing, Provider, Receipt, Route, Routes, SendError, Sending,
};

use super::cluster::Cluster;
use crate::delivery::sms_within;
use crate::delivery::stub::{Act, Stub};
use crate::support::{EndUser, eventually};

/// A provider that takes each message at its second call, and counts.
#[derive(Default)]
struct Reluctant {
    calls: Mutex<BTreeMap<MessageId, u32>>,
}

impl Provider for Reluctant {
    fn send(&self, message: Outgoing) -> Sending<'_> {
        let call = {
            let mut calls = self.calls.lock().unwrap();
            let call = calls.entry(message.message_id).or_default();
            *call += 1;
            *call
        };
        Box::pin(async move {
            let retry_after = None;
            match call {
                1 => Err(SendError::NotNow { reason: "busy".into(), retry_after }),
                _ => Ok(Accepted::default()),
            }
        })
    }

    fn receipt(&self, _: &Callback<'_>) -> Result<Receipt, NoReceipt> {
        Err(NoReceipt::Unsigned)
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn row_34_fifty_equal_requests_send_one_message_over_three_instances() {
    let provider = Arc::new(Reluctant::default());
    let cluster = Cluster::routed(|| Routes::all(&Route::new("shared", provider.clone()))).await;
    let backend = cluster.client("Shop").await;
    let app = backend.live_app().await;
    for round in 0..5 {
        let widget = backend.widget(&app, &EndUser::number(round)).await;
        let sends: Vec<_> = (0..50)
            .map(|_| {
                let widget = widget.clone();
                tokio::spawn(async move { widget.post(&[("do", "send"), ("sends", "0")]).await })
            })
            .collect();
        for send in sends {
            let page = send.await.unwrap();
            let expected = ["sending", "code_sent", "resend_wait"];
            assert!(expected.contains(&page.state()), "{}", page.state());
        }
    }
    assert_eq!(outbox(&cluster, "count(*)"), "5", "one message for each action");
}

/// No more than a provider has places for, so that each try is a call.
const MESSAGES: u32 = 30;

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn row_34_three_workers_that_find_the_same_messages_send_each_once() {
    let provider = Arc::new(Reluctant::default());
    let cluster = Cluster::routed(|| Routes::all(&Route::new("shared", provider.clone()))).await;
    let backend = cluster.client("Shop").await;
    let app = backend.live_app().await;
    for number in 0..MESSAGES {
        backend.widget(&app, &EndUser::number(number)).await.ask_by("sms").await;
    }
    let metric = |outcome: &'static str, count: u32| {
        let line = format!(r#"onlyauth_messages_total{{channel="sms",outcome="{outcome}"}}"#);
        let cluster = &cluster;
        async move {
            eventually(outcome, || async {
                (cluster.metric(&line).await == u64::from(count)).then_some(())
            })
            .await;
        }
    };
    metric("retried", MESSAGES).await;
    // From this moment on all are due, and every worker's next look finds them.
    cluster.advance(Duration::from_secs(1));
    metric("sent", MESSAGES).await;
    let calls = provider.calls.lock().unwrap().clone();
    assert_eq!(calls.len(), MESSAGES as usize);
    assert!(calls.values().all(|calls| *calls == 2), "{calls:?}");
    // A worker has to take a message before it calls, and takes it as one more try.
    assert_eq!(outbox(&cluster, "count(*)"), MESSAGES.to_string());
    assert_eq!(outbox(&cluster, "sum(tries)"), (2 * MESSAGES).to_string());
}

/// What the outbox holds, all in all.
fn outbox(cluster: &Cluster, what: &str) -> String {
    let database = cluster.database.as_ref().unwrap();
    database.query(&format!("SELECT {what} FROM outbox"))[0][0].clone()
}

/// A provider that hangs keeps whoever waits for it this long.
const HANG: Duration = Duration::from_mins(1);
/// Far less than that, and room for a busy machine.
const QUICK: Duration = Duration::from_secs(5);

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn row_35_a_provider_that_hangs_slows_no_answer_and_no_other_channel_over_three_instances() {
    let stub = Stub::start(|_| Act::Hang).await;
    let voice = Arc::new(Reluctant::default());
    let cluster = Cluster::routed(|| {
        let sms = sms_within(&stub, HANG).of(Channel::Sms).unwrap().clone();
        let voice = Route::new("voice", voice.clone());
        Routes::new([(Channel::Sms, sms), (Channel::Voice, voice)])
    })
    .await;
    let backend = cluster.client("Shop").await;
    let settings = [("sandbox_mode", "false"), ("allow_voice_channel", "true")];
    let app = backend.app(&[&[("app_domain", "shop.example")][..], &settings].concat()).await;
    let other = cluster.client("Other").await;
    let sandbox = other.sandbox_app().await;
    let mut slowest = Duration::ZERO;
    // More than the provider has places at all instances, and more than their workers do at once.
    for number in 0..240 {
        let widget = backend.widget(&app, &EndUser::number(number)).await;
        let started = Instant::now();
        assert_eq!(widget.post(&[("do", "send"), ("sends", "0")]).await.state(), "sending");
        slowest = slowest.max(started.elapsed());
    }
    assert!(slowest < QUICK, "an answer took {slowest:?}");
    for base in cluster.bases() {
        let started = Instant::now();
        other.moved(&base).pass(&sandbox, &EndUser::ann()).await;
        assert!(started.elapsed() < QUICK, "another app's login took {:?}", started.elapsed());
        cluster.advance(Duration::from_secs(1));
    }
    let started = Instant::now();
    let caller = backend.widget(&app, &EndUser::number(1_000)).await;
    caller.post(&[("do", "send"), ("channel", "voice"), ("sends", "0")]).await;
    eventually("the call's first try", || async {
        (voice.calls.lock().unwrap().len() == 1).then_some(())
    })
    .await;
    assert!(started.elapsed() < QUICK, "a call took {:?}", started.elapsed());
    assert!(!stub.requests().is_empty());
}

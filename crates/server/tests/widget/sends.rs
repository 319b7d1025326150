//! Starting and sending.

use std::time::Duration;

use crate::support::{EndUser, TestServer};

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn row_34_fifty_equal_requests_send_one_message_and_take_one_limit() {
    // Just enough for the two messages below: a limit that a repeat took would be missed.
    let server =
        TestServer::with(|config| config.limits.sends_per_client_and_phone_per_hour = 2).await;
    let backend = server.client("Shop").await;
    let app = backend.live_app().await;
    let widget = backend.widget(&app, &EndUser::ann()).await;
    let sends = (0..50).map(|_| {
        let widget = widget.clone();
        tokio::spawn(async move { widget.post(&[("do", "send"), ("sends", "0")]).await })
    });
    for send in sends.collect::<Vec<_>>() {
        let page = send.await.unwrap();
        assert!(
            ["sending", "code_sent", "resend_wait"].contains(&page.state()),
            "{}",
            page.state()
        );
    }
    server.outbox.next().await;
    // The next step's message goes too: none of the others was counted.
    server.clock.advance(Duration::from_secs(31));
    let page = widget.post(&[("do", "send"), ("sends", "1")]).await;
    assert_eq!(widget.settled(page).await.state(), "code_sent");
    server.outbox.next().await;
    let data = server.data();
    let _folder = server.stop().await;
    let rows = rusqlite::Connection::open(data.join("onlyauth.db"))
        .unwrap()
        .query_row("SELECT count(*) FROM outbox", [], |row| row.get::<_, u32>(0))
        .unwrap();
    assert_eq!(rows, 2, "nothing else was queued or sent");
}

#[tokio::test]
async fn a_get_changes_nothing() {
    let server = TestServer::start().await;
    let (backend, app) = server.shop().await;
    let user = EndUser::ann();
    let widget = backend.widget(&app, &user).await;
    for _ in 0..10 {
        assert_eq!(widget.open().await.state(), "choose");
    }
    assert_eq!(server.metric(r#"onlyauth_logins_total{channel="sms",outcome="started"}"#).await, 0);
    widget.send().await;
    let code = backend.code(&app, &user).await;
    for _ in 0..10 {
        assert_eq!(widget.open().await.state(), "code_sent", "a reload resumes");
    }
    assert_eq!(backend.messages(&app).await.len(), 1, "and sends nothing");
    assert_eq!(widget.try_code(&code).await.state(), "passed");
    let page = widget.open().await;
    assert_eq!((page.state(), page.success_token()), ("already_done", None));
}

#[tokio::test]
async fn resends_wait_longer_each_time_and_repeat_the_code_while_it_lives() {
    let server = TestServer::start().await;
    let (backend, app) = server.shop().await;
    let widget = backend.widget(&app, &EndUser::ann()).await;
    let mut sent = 1;
    widget.send().await;
    for wait in [30, 60, 120] {
        server.clock.advance(Duration::from_secs(wait - 1));
        assert_eq!(widget.send().await.state(), "resend_wait", "one second too early");
        server.clock.advance(Duration::from_secs(1));
        assert_eq!(widget.send().await.state(), "code_sent");
        sent += 1;
        wait_for(&backend, &app, sent).await;
    }
    let codes: Vec<String> = codes(&backend, &app).await;
    assert!(codes.iter().all(|code| *code == codes[0]), "{codes:?}");
    // 210 s have passed; in the last minute of the five it would be a new code, and the last send waits 300 s.
    server.clock.advance(Duration::from_mins(5));
    assert_eq!(widget.open().await.state(), "code_expired");
    assert_eq!(widget.send().await.state(), "resends_used_up");
    wait_for(&backend, &app, 5).await;
    assert_ne!(self::codes(&backend, &app).await[0], codes[0]);
    server.clock.advance(Duration::from_mins(5));
    let page = widget.open().await;
    assert!(page.html.contains("No further codes"), "{}", page.html);
    assert_eq!(widget.send().await.state(), "code_expired", "five sends are all");
    assert_eq!(backend.messages(&app).await.len(), 5);
}

async fn wait_for(backend: &crate::support::Backend, app: &str, count: usize) {
    crate::support::eventually("a message", || async {
        (backend.messages(app).await.len() == count).then_some(())
    })
    .await;
}

async fn codes(backend: &crate::support::Backend, app: &str) -> Vec<String> {
    let messages = backend.messages(app).await;
    messages.iter().map(|message| message["code"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn an_access_token_starts_within_five_minutes_and_then_speaks_for_the_action() {
    let server = TestServer::start().await;
    let (backend, app) = server.shop().await;
    let (late, started) = (
        backend.widget(&app, &EndUser::ann()).await,
        backend.widget(&app, &EndUser::number(1)).await,
    );
    started.send().await;
    server.clock.advance(Duration::from_mins(5));
    assert_eq!(late.open().await.state(), "token_expired");
    assert_eq!(late.post(&[("do", "send"), ("sends", "0")]).await.state(), "token_expired");
    assert_eq!(started.open().await.state(), "code_expired", "the action lives on");
    assert_eq!(started.send().await.state(), "code_sent");
    server.clock.advance(Duration::from_mins(10));
    assert_eq!(started.open().await.state(), "expired");
    assert_eq!(started.send().await.state(), "expired");
}

#[tokio::test]
async fn cancelling_ends_the_action() {
    let server = TestServer::start().await;
    let (backend, app) = server.shop().await;
    let user = EndUser::ann();
    let widget = backend.widget(&app, &user).await;
    let form = widget.send().await;
    let code = backend.code(&app, &user).await;
    assert_eq!(widget.post(&[("do", "cancel")]).await.state(), "cancelled");
    assert_eq!(widget.check(&form, &code).await.state(), "cancelled");
    assert_eq!(widget.send().await.state(), "cancelled");
}

#[tokio::test]
async fn a_message_to_the_late_number_arrives_after_20_s() {
    let server = TestServer::start().await;
    let (backend, app) = server.shop().await;
    let late = EndUser::new("late", "+12025550145");
    let widget = backend.widget(&app, &late).await;
    let page = widget.ask_by("sms").await;
    let waits = r#"onlyauth_messages_total{channel="sms",outcome="retried"}"#;
    crate::support::eventually("the message to wait", || async {
        (server.metric(waits).await == 1).then_some(())
    })
    .await;
    server.clock.advance(Duration::from_millis(19_999));
    // Another message arrives meanwhile, so that the worker has certainly looked at its outbox.
    let other = EndUser::ann();
    backend.widget(&app, &other).await.send().await;
    backend.code(&app, &other).await;
    assert_eq!(backend.messages(&app).await.len(), 1);
    assert_eq!(widget.open().await.state(), "sending");
    server.clock.advance(Duration::from_millis(1));
    let code = backend.code(&app, &late).await;
    let form = widget.settled(page).await;
    assert_eq!(widget.check(&form, &code).await.state(), "passed");
}

#[tokio::test]
async fn test_numbers_behave_as_their_last_digits_say() {
    let server = TestServer::start().await;
    let (backend, app) = server.shop().await;
    let fixed = EndUser::new("fixed", "+12025550142");
    let widget = backend.widget(&app, &fixed).await;
    let form = widget.send().await;
    assert_eq!(backend.code(&app, &fixed).await, "424242");
    assert_eq!(widget.check(&form, "424242").await.state(), "passed");

    let failing = backend.widget(&app, &EndUser::new("failing", "+12025550143")).await;
    failing.send().await;
    crate::support::eventually("the failure to show", || async {
        (failing.open().await.state() == "delivery_failed").then_some(())
    })
    .await;

    let silent = backend.widget(&app, &EndUser::new("silent", "+12025550144")).await;
    silent.send().await;
    let sent = r#"onlyauth_messages_total{channel="sms",outcome="sent"}"#;
    crate::support::eventually("the message to count as sent", || async {
        (server.metric(sent).await == 2).then_some(())
    })
    .await;
    assert_eq!(silent.open().await.state(), "code_sent");
    assert_eq!(backend.messages(&app).await.len(), 1, "the fixed number's only");
}

#[tokio::test]
async fn a_live_app_sends_to_the_phone_and_nothing_lands_in_the_inbox() {
    let server = TestServer::start().await;
    let backend = server.client("Shop").await;
    let app = backend.live_app().await;
    let user = EndUser::new("fixed", "+12025550142");
    let widget = backend.widget(&app, &user).await;
    let form = widget.send().await;
    let message = server.outbox.next().await;
    assert_eq!(message.phone.as_e164(), user.phone);
    assert_eq!(backend.messages(&app).await.len(), 0);
    let code: String = message.body.chars().take(6).collect();
    assert_ne!(code, "424242", "the sandbox's fixed code is nothing in live mode");
    assert!(
        message.body.ends_with(&format!("\n@shop.example #{code} @localhost")),
        "{}",
        message.body
    );
    assert_eq!(widget.check(&form, &code).await.state(), "passed");
}

#[tokio::test]
async fn row_12_a_clock_set_back_after_the_first_start_leaves_logins_working() {
    let server = TestServer::start().await;
    let (backend, app) = server.shop().await;
    server.clock.set(server.clock.now().minus(Duration::from_secs(45)));
    let (_, page) = backend.pass(&app, &EndUser::ann()).await;
    assert_eq!(backend.validate(&app, &page.success_token().unwrap()).await.status, 200);
}

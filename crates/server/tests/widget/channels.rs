//! Several channels in one login: what is offered, what a change of channel means, and what stays counted.

use std::time::Duration;

use onlyauth_core::sandbox::{FAILING_NUMBER, LATE_NUMBER};

use crate::support::actors::wrong;
use crate::support::page::Page;
use crate::support::{Backend, EndUser, TestServer, Widget};

const MINUTE: Duration = Duration::from_mins(1);

/// An app of all phone channels.
async fn shop(server: &TestServer, settings: &[(&str, &str)]) -> (Backend, String) {
    let (backend, app) = server.shop().await;
    let all = [("allow_voice_channel", "1"), ("allow_whatsapp_channel", "1")];
    assert_eq!(backend.change(&app, &[&all, settings].concat()).await.status, 200);
    (backend, app)
}

/// The channels of the page's buttons, in their order.
fn offered(page: &Page) -> Vec<&str> {
    let buttons = page.html.split("name=\"channel\" value=\"").skip(1);
    buttons.map(|rest| rest.split('"').next().unwrap()).collect()
}

async fn newest(backend: &Backend, app: &str, count: usize) -> serde_json::Value {
    crate::support::eventually("a message", || async {
        let messages = backend.messages(app).await;
        (messages.len() == count).then(|| messages[0].clone())
    })
    .await
}

#[tokio::test]
async fn every_phone_channel_brings_a_code_that_passes_and_says_so() {
    let server = TestServer::start().await;
    let (backend, app) = shop(&server, &[]).await;
    for (number, (channel, state, amr)) in [
        ("sms", "code_sent", "sms"),
        ("voice", "voice_ringing", "tel"),
        ("whatsapp", "code_sent", "sms"),
    ]
    .into_iter()
    .enumerate()
    {
        server.clock.advance(MINUTE);
        let user = EndUser::number(u32::try_from(number).unwrap());
        let widget = backend.widget(&app, &user).await;
        let page = widget.send_by(channel).await;
        assert_eq!(page.state(), state);
        let message = newest(&backend, &app, number + 1).await;
        assert_eq!(message["channel"], channel);
        let page = widget.check(&page, message["code"].as_str().unwrap()).await;
        assert_eq!(page.state(), "passed");
        let answer = backend.validate(&app, &page.success_token().unwrap()).await.json();
        assert_eq!(answer["channel"], channel, "{answer}");
        assert_eq!(answer["amr"][0], amr, "{answer}");
    }
}

#[tokio::test]
async fn the_channel_that_passed_last_comes_first_and_deferred_messages_last() {
    let server = TestServer::start().await;
    let (backend, app) = shop(&server, &[]).await;
    let ann = EndUser::ann();
    let widget = backend.widget(&app, &ann).await;
    assert_eq!(offered(&widget.open().await), ["sms", "voice", "whatsapp"]);
    let page = widget.send_by("whatsapp").await;
    let code = backend.code(&app, &ann).await;
    assert_eq!(widget.check(&page, &code).await.state(), "passed");
    let widget = backend.widget(&app, &ann).await;
    assert_eq!(offered(&widget.open().await), ["whatsapp", "sms", "voice"]);
    backend.change(&app, &[("defer_sms_usage", "1")]).await;
    assert_eq!(offered(&widget.open().await), ["whatsapp", "voice"]);
    let page = widget.post(&[("do", "choose_all")]).await;
    assert_eq!(offered(&page), ["whatsapp", "voice", "sms"]);
}

#[tokio::test]
async fn deferred_messages_are_reached_by_turning_down_what_is_shown() {
    let server = TestServer::start().await;
    let ann = EndUser::ann();
    let (backend, app, _) = server.shop_with_authenticator(&ann).await;
    let settings = [("allow_voice_channel", "1"), ("defer_sms_usage", "1")];
    assert_eq!(backend.change(&app, &settings).await.status, 200);
    let more = |page: &Page| page.html.contains("value=\"choose_all\"");
    let widget = backend.widget(&app, &ann).await;
    assert_eq!(widget.open().await.state(), "totp", "the first of what is not deferred");
    let page = widget.post(&[("do", "choose")]).await;
    assert_eq!((offered(&page), more(&page)), (vec!["totp", "voice"], true), "a call is left");
    let page = widget.post(&[("do", "choose_all")]).await;
    assert_eq!((offered(&page), more(&page)), (vec!["totp", "voice", "sms"], false));
    assert_eq!(backend.messages(&app).await.len(), 1, "looking sends nothing");
    let page = press(&widget, &page, "sms").await;
    assert_eq!(widget.settled(page).await.state(), "code_sent");
    server.clock.advance(MINUTE);
    // Whoever has one already may have another, from wherever it is asked for.
    let page = widget.send_by("sms").await;
    assert_eq!((page.state(), page.field("sends")), ("code_sent", Some("2")));
}

/// Presses the button of this channel, as browsers do it.
async fn press(widget: &Widget, page: &Page, channel: &str) -> Page {
    assert!(offered(page).contains(&channel), "{page:?}");
    let field = |name| page.field(name).unwrap_or_default();
    let fields = [("sends", field("sends")), ("turned_down", field("turned_down"))];
    widget.post(&[&[("channel", channel)], &fields[..]].concat()).await
}

#[tokio::test]
async fn a_deferred_message_that_nothing_was_turned_down_for_is_not_sent_and_takes_no_limit() {
    let one = |config: &mut onlyauth_server::config::Config| {
        config.limits.starts_per_ip_per_hour = 2;
    };
    let server = TestServer::with(one).await;
    let ann = EndUser::ann();
    // One of the two logins that the limit lets start is for this.
    let (backend, app, _) = server.shop_with_authenticator(&ann).await;
    assert_eq!(backend.change(&app, &[("defer_sms_usage", "1")]).await.status, 200);
    server.clock.advance(MINUTE);
    let widget = backend.widget(&app, &ann).await;
    let other = backend.widget(&app, &ann).await.post(&[("do", "choose")]).await;
    let of_another = other.field("turned_down").unwrap();
    for (name, forged) in [("none", ""), ("a word", "1"), ("another login's", of_another)] {
        for fields in [&[("channel", "sms")][..], &[("do", "send"), ("channel", "sms")]] {
            let fields = [fields, &[("sends", "0"), ("turned_down", forged)]].concat();
            let page = widget.post(&fields).await;
            assert_eq!(page.state(), "choose", "{name}");
        }
    }
    assert_eq!(backend.messages(&app).await.len(), 1, "nothing was sent");
    assert_eq!(widget.open().await.state(), "totp", "and nothing has begun");
    let list = widget.post(&[("do", "choose")]).await;
    assert_eq!(offered(&list), ["totp", "sms"]);
    let page = press(&widget, &list, "sms").await;
    assert_eq!(widget.settled(page).await.state(), "code_sent", "the limit was left alone");
    assert_eq!(press(&backend.widget(&app, &ann).await, &list, "sms").await.state(), "choose");
}

#[tokio::test]
async fn without_a_factor_it_waits_for_calls_to_be_turned_down_or_to_fail() {
    let server = TestServer::start().await;
    let (backend, app) = shop(&server, &[("defer_sms_usage", "1")]).await;
    let forge = async |widget: &Widget, sends: &str| {
        let page = widget.post(&[("channel", "sms"), ("sends", sends)]).await;
        widget.settled(page).await
    };
    let widget = backend.widget(&app, &EndUser::ann()).await;
    let page = forge(&widget, "0").await;
    assert_eq!((page.state(), offered(&page)), ("choose", vec!["voice", "whatsapp"]));
    assert_eq!(widget.send_by("voice").await.state(), "voice_ringing");
    let page = forge(&widget, "1").await;
    assert_eq!(
        (page.state(), offered(&page)),
        ("choose", vec!["voice", "whatsapp"]),
        "one is left"
    );
    assert_eq!(page.field("sends"), Some("1"), "which is the call's");
    // With calls alone before it, whoever comes from one has turned them down.
    assert_eq!(backend.change(&app, &[("allow_whatsapp_channel", "0")]).await.status, 200);
    server.clock.advance(MINUTE);
    assert_eq!(forge(&widget, "1").await.state(), "code_sent");
    // And where there is nothing else it is the first that is offered.
    assert_eq!(backend.change(&app, &[("allow_voice_channel", "0")]).await.status, 200);
    server.clock.advance(MINUTE);
    let widget = backend.widget(&app, &EndUser::number(1)).await;
    assert_eq!(forge(&widget, "0").await.state(), "code_sent");
}

#[tokio::test]
async fn deferred_messages_are_shown_once_the_others_failed() {
    let server = TestServer::start().await;
    let ann = EndUser::ann();
    let (backend, app, authenticator) = server.shop_with_authenticator(&ann).await;
    assert_eq!(backend.change(&app, &[("defer_sms_usage", "1")]).await.status, 200);
    server.clock.advance(MINUTE);
    let widget = backend.widget(&app, &ann).await;
    assert_eq!(widget.open().await.state(), "totp");
    widget.post(&[("channel", "totp"), ("sends", "0")]).await;
    for _ in 0..5 {
        widget.try_code(&wrong(&authenticator.code(server.clock.now(), 0))).await;
    }
    assert_eq!(widget.open().await.state(), "tries_used_up");
    assert_eq!(offered(&widget.post(&[("do", "choose")]).await), ["sms"]);
}

#[tokio::test]
async fn another_way_is_there_at_once_and_its_code_is_the_one_that_counts() {
    let server = TestServer::start().await;
    let (backend, app) = shop(&server, &[]).await;
    let widget = backend.widget(&app, &EndUser::ann()).await;
    let by_sms = widget.send().await;
    let sms = newest(&backend, &app, 1).await["code"].as_str().unwrap().to_owned();
    let list = widget.post(&[("do", "choose")]).await;
    assert_eq!((list.state(), offered(&list).len()), ("choose", 3));
    assert_eq!(backend.messages(&app).await.len(), 1, "looking sends nothing");
    server.clock.advance(Duration::from_secs(1));
    let call = widget.send_by("voice").await;
    assert_eq!(call.state(), "voice_ringing");
    let spoken = newest(&backend, &app, 2).await["code"].as_str().unwrap().to_owned();
    // The form of the text message is of an earlier step: it is told so, and nothing is counted.
    let page = widget.check(&by_sms, &sms).await;
    assert_eq!(page.state(), "voice_ringing");
    assert_eq!(server.metric(r#"onlyauth_logins_total{channel="voice",outcome="wrong"}"#).await, 0);
    assert_eq!(widget.check(&call, &spoken).await.state(), "passed");
}

#[tokio::test]
async fn five_messages_are_all_whatever_the_channels() {
    let server = TestServer::start().await;
    let (backend, app) = shop(&server, &[]).await;
    let widget = backend.widget(&app, &EndUser::ann()).await;
    for (step, channel) in ["sms", "voice", "whatsapp"].into_iter().enumerate() {
        widget.send_by(channel).await;
        newest(&backend, &app, step + 1).await;
    }
    assert_eq!(widget.send_by("whatsapp").await.state(), "resend_wait", "each has its own wait");
    assert_eq!(widget.send_by("sms").await.state(), "resend_wait", "and is told so from elsewhere");
    server.clock.advance(MINUTE);
    widget.send_by("sms").await;
    newest(&backend, &app, 4).await;
    let page = widget.send_by("voice").await;
    assert_eq!(page.state(), "resends_used_up");
    newest(&backend, &app, 5).await;
    server.clock.advance(MINUTE * 2);
    let page = widget.send_by("whatsapp").await;
    assert_eq!(page.state(), "resends_used_up");
    assert!(offered(&page).is_empty(), "{}", page.html);
    assert_eq!(backend.messages(&app).await.len(), 5);
}

/// Fails by text message, in as many actions as that takes, until it is locked.
async fn lock(server: &TestServer, backend: &Backend, app: &str, user: &EndUser) -> Widget {
    loop {
        server.clock.advance(MINUTE);
        let widget = backend.widget(app, user).await;
        if !offered(&widget.open().await).contains(&"sms") {
            return widget;
        }
        widget.send().await;
        let wrong = wrong(&backend.code(app, user).await);
        for _ in 0..5 {
            widget.try_code(&wrong).await;
        }
    }
}

#[tokio::test]
async fn row_7_a_locked_channel_leaves_the_others_open() {
    let server = TestServer::start().await;
    let (backend, app) = shop(&server, &[]).await;
    let ann = EndUser::ann();
    lock(&server, &backend, &app, &ann).await;
    let count = backend.messages(&app).await.len();
    let widget = backend.widget(&app, &ann).await;
    assert_eq!(offered(&widget.open().await), ["voice", "whatsapp"]);
    let page = widget.send_by("voice").await;
    assert_eq!(page.state(), "voice_ringing");
    let code = newest(&backend, &app, count + 1).await["code"].as_str().unwrap().to_owned();
    assert_eq!(widget.check(&page, &code).await.state(), "passed");
    // The other channel's success is not this one's.
    let widget = backend.widget(&app, &ann).await;
    assert_eq!(offered(&widget.open().await), ["voice", "whatsapp"]);
}

#[tokio::test]
async fn row_4_going_to_another_channel_and_back_resets_nothing() {
    let server = TestServer::start().await;
    let (backend, app) = shop(&server, &[]).await;
    let ann = EndUser::ann();
    let widget = backend.widget(&app, &ann).await;
    for (step, channel) in ["sms", "voice", "sms", "voice"].into_iter().enumerate() {
        let page = widget.send_by(channel).await;
        let code = newest(&backend, &app, step + 1).await["code"].as_str().unwrap().to_owned();
        for _ in 0..5 {
            assert_eq!(page.success_token(), None);
            widget.try_code(&wrong(&code)).await;
        }
        server.clock.advance(MINUTE);
    }
    // Ten failures on each of the two: both wait, the third is open.
    let widget = backend.widget(&app, &ann).await;
    assert_eq!(offered(&widget.open().await), ["whatsapp"]);
}

#[tokio::test]
async fn with_every_channel_locked_the_page_says_until_when() {
    let server = TestServer::start().await;
    let (backend, app) = server.shop().await;
    let widget = lock(&server, &backend, &app, &EndUser::ann()).await;
    let page = widget.open().await;
    assert_eq!(page.state(), "locked");
    assert!(page.html.contains("datetime=\"2026-01-01T12:"), "{}", page.html);
    assert!(page.html.contains("data-until=\"2026-01-01T12:"), "{}", page.html);
    assert_eq!(widget.post(&[("do", "choose")]).await.state(), "locked");
}

#[tokio::test]
async fn a_message_that_fails_offers_the_next_channel() {
    let server = TestServer::start().await;
    let (backend, app) = shop(&server, &[]).await;
    let widget = backend.widget(&app, &EndUser::new("eve", FAILING_NUMBER)).await;
    let page = widget.send().await;
    assert_eq!(page.state(), "delivery_failed");
    assert_eq!(offered(&page)[0], "voice", "before the same again");
    assert!(page.html.contains("could not be delivered"), "{}", page.html);
    let page = widget.send_by("voice").await;
    assert!(["voice_ringing", "delivery_failed"].contains(&page.state()), "{}", page.state());
}

#[tokio::test]
async fn what_waits_to_be_sent_is_dropped_once_nobody_wants_it() {
    let server = TestServer::start().await;
    let (backend, app) = shop(&server, &[]).await;
    let dropped = r#"onlyauth_messages_total{channel="sms",outcome="failed"}"#;
    for (count, end) in [(1, "cancel"), (2, "voice")] {
        // Its messages come 20 seconds late: they are what still waits.
        let user = EndUser::new(end, LATE_NUMBER);
        let widget = backend.widget(&app, &user).await;
        widget.ask_by("sms").await;
        let retried = r#"onlyauth_messages_total{channel="sms",outcome="retried"}"#;
        crate::support::eventually("a message that waits", || async {
            (server.metric(retried).await == count).then_some(())
        })
        .await;
        match end {
            "cancel" => drop(widget.post(&[("do", "cancel")]).await),
            channel => drop(widget.ask_by(channel).await),
        }
        server.clock.advance(Duration::from_secs(20));
        crate::support::eventually("a dropped message", || async {
            (server.metric(dropped).await == count).then_some(())
        })
        .await;
    }
    let messages = backend.messages(&app).await;
    assert!(messages.iter().all(|message| message["channel"] != "sms"), "{messages:?}");
}

#[tokio::test]
async fn why_nothing_can_be_offered() {
    let server = TestServer::start().await;
    let (backend, app) = server.shop().await;
    let ann = EndUser::ann();
    let widget = backend.widget(&app, &ann).await;
    backend.change(&app, &[("allowed_countries", "DE")]).await;
    assert_eq!(widget.open().await.state(), "no_channel_enrolled");
    let only_phones =
        [("allow_totp_channel", "0"), ("webauthn_enabled", "0"), ("backup_codes_enrollment", "0")];
    assert_eq!(backend.change(&app, &only_phones).await.status, 200);
    let page = widget.send().await;
    assert_eq!(page.state(), "no_channel_allowed");
    assert_eq!(backend.messages(&app).await.len(), 0);
}

#[tokio::test]
async fn only_what_is_allowed_is_sent_and_odd_channels_are_refused() {
    let server = TestServer::start().await;
    let (backend, app) = server.shop().await;
    let widget = backend.widget(&app, &EndUser::ann()).await;
    for (channel, status) in [("voice", 200), ("totp", 200), ("pigeon", 400), ("", 400)] {
        let fields = [("do", "send"), ("sends", "0"), ("channel", channel)];
        let page = widget.post(&fields).await;
        assert_eq!((page.state(), page.status), ("choose", status), "{channel}");
    }
    assert_eq!(backend.messages(&app).await.len(), 0);
}

#[tokio::test]
async fn more_time_is_given_in_the_last_two_minutes() {
    let server = TestServer::start().await;
    let (backend, app) = server.shop().await;
    let ann = EndUser::ann();
    let widget = backend.widget(&app, &ann).await;
    widget.send().await;
    server.clock.advance(MINUTE * 12);
    assert!(widget.open().await.html.contains("data-ends-in=\"180\""));
    widget.post(&[("do", "extend")]).await;
    assert!(widget.open().await.html.contains("data-ends-in=\"180\""), "too early");
    server.clock.advance(MINUTE * 2);
    widget.post(&[("do", "extend")]).await;
    assert!(widget.open().await.html.contains("data-ends-in=\"900\""));
    server.clock.advance(MINUTE * 13);
    assert_eq!(widget.send().await.state(), "code_sent", "beyond the first quarter of an hour");
    let code = backend.code(&app, &ann).await;
    assert_eq!(widget.try_code(&code).await.state(), "passed");
    assert_eq!(widget.post(&[("do", "extend")]).await.state(), "already_done");
}

#[tokio::test]
async fn more_time_is_not_given_for_ever() {
    let server = TestServer::with(|config| config.tokens.action_extensions = 2).await;
    let (backend, app) = server.shop().await;
    let widget = backend.widget(&app, &EndUser::ann()).await;
    widget.send().await;
    for _ in 0..2 {
        server.clock.advance(MINUTE * 14);
        let page = widget.post(&[("do", "extend")]).await;
        assert!(page.html.contains("data-ends-in=\"900\""), "{}", page.html);
    }
    server.clock.advance(MINUTE * 14);
    let page = widget.post(&[("do", "extend")]).await;
    assert!(page.html.contains("data-ends-in=\"60\""), "{}", page.html);
    server.clock.advance(MINUTE);
    assert_eq!(widget.open().await.state(), "expired");
}

#[tokio::test]
async fn the_colours_that_the_page_around_asks_for_outlast_a_form() {
    let server = TestServer::start().await;
    let (backend, app) = server.shop().await;
    let widget = backend.widget(&app, &EndUser::ann()).await;
    let url = format!("{}/client?token={}&app_id={app}&theme=dark", server.base(), widget.token);
    let html = server.http.get(url).send().await.unwrap().text().await.unwrap();
    assert!(html.contains(" data-theme=\"dark\""), "{html}");
    assert!(html.contains("action=\"/client?theme=dark\""), "{html}");
    let body = crate::support::form(&[
        ("token", widget.token.as_str()),
        ("app_id", app.as_str()),
        ("do", "resume"),
    ]);
    let answer = server
        .http
        .post(format!("{}/client?theme=dark", server.base()))
        .header("content-type", "application/x-www-form-urlencoded")
        .body(body);
    let html = answer.send().await.unwrap().text().await.unwrap();
    assert!(html.contains(" data-theme=\"dark\""), "{html}");
    assert!(!widget.open().await.html.contains("data-theme"), "and is nobody else's");
}

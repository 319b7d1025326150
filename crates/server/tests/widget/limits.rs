//! Limits on starts and messages.

use std::time::Duration;

use crate::support::{Backend, EndUser, TestServer};

/// Sends in new actions until one is refused; how many went.
async fn exhaust(backend: &Backend, app: &str, user: &EndUser, most: usize) -> usize {
    for sent in 0..most {
        let page = backend.widget(app, user).await.send().await;
        if page.state() == "limited" {
            assert_eq!(page.status, 429);
            return sent;
        }
        assert_eq!(page.state(), "code_sent");
    }
    most
}

#[tokio::test]
async fn row_46_one_tenant_can_not_use_up_anothers_limit_for_a_phone() {
    let server = TestServer::start().await;
    let user = EndUser::ann();
    let mut total = 0;
    for _ in 0..4 {
        let backend = server.client("A").await;
        let app = backend.live_app().await;
        assert_eq!(exhaust(&backend, &app, &user, 6).await, 5, "five an hour per client and phone");
        total += 5;
    }
    // The cap over all clients is looser, and holds.
    assert_eq!(total, 20);
    let last = server.client("E").await;
    let app = last.live_app().await;
    assert_eq!(exhaust(&last, &app, &user, 1).await, 0);
    // Another phone of the same client is not concerned.
    assert_eq!(exhaust(&last, &app, &EndUser::number(1), 1).await, 1);
    server.clock.advance(Duration::from_hours(1));
    assert_eq!(exhaust(&last, &app, &user, 1).await, 1, "an hour later it is free again");
}

#[tokio::test]
async fn a_limit_is_the_phones_however_it_is_spelled() {
    let server = TestServer::start().await;
    let backend = server.client("A").await;
    let app = backend.live_app().await;
    let spellings = [
        "+12025550101",
        "+1 202 555 0101",
        "+1 (202) 555-0101",
        "+1.202.555.0101",
        "+1-2025550101",
    ];
    for spelling in spellings {
        assert_eq!(exhaust(&backend, &app, &EndUser::new(spelling, spelling), 1).await, 1);
    }
    assert_eq!(exhaust(&backend, &app, &EndUser::new("f", "+1 2025550101"), 1).await, 0);
}

#[tokio::test]
async fn starts_per_address_are_limited_and_a_forged_header_gives_no_other_bucket() {
    let server = TestServer::with(|config| config.limits.starts_per_ip_per_hour = 3).await;
    let (backend, app) = server.shop().await;
    for n in 0..3 {
        assert_eq!(
            backend.widget(&app, &EndUser::number(n)).await.send().await.state(),
            "code_sent"
        );
    }
    let widget = backend.widget(&app, &EndUser::number(9)).await;
    for n in 0..20 {
        let url = format!("{}/client", widget.base);
        let body = crate::support::form(&[
            ("token", &widget.token),
            ("app_id", &app),
            ("do", "send"),
            ("sends", "0"),
        ]);
        let answer = server
            .http
            .post(url)
            .header("content-type", "application/x-www-form-urlencoded")
            .header("x-forwarded-for", format!("203.0.113.{n}"))
            .body(body)
            .send()
            .await
            .unwrap();
        assert_eq!(answer.status(), 429);
        assert!(answer.headers().contains_key("retry-after"));
    }
    let other_app = backend.sandbox_app().await;
    let page = backend.widget(&other_app, &EndUser::number(9)).await.send().await;
    assert_eq!(page.state(), "code_sent", "the limit is per app");
}

#[tokio::test]
async fn sandbox_messages_do_not_count_against_phones() {
    let server = TestServer::start().await;
    let (backend, app) = server.shop().await;
    assert_eq!(exhaust(&backend, &app, &EndUser::ann(), 12).await, 12);
    let live = backend.live_app().await;
    assert_eq!(exhaust(&backend, &live, &EndUser::ann(), 6).await, 5);
}

#[tokio::test]
async fn an_app_and_a_country_have_caps() {
    let server = TestServer::with(|config| {
        config.limits.sends_per_app_per_hour = 4;
        config.limits.sends_per_app_and_country_per_hour = 2;
    })
    .await;
    let backend = server.client("A").await;
    let app = backend.live_app().await;
    let send = async |phone: &str| {
        let user = EndUser::new(phone, phone);
        backend.widget(&app, &user).await.send().await.state().to_owned()
    };
    assert_eq!(send("+12025550101").await, "code_sent");
    assert_eq!(send("+12025550102").await, "code_sent");
    assert_eq!(send("+12025550103").await, "limited", "two in one country");
    assert_eq!(send("+442079460101").await, "code_sent");
    assert_eq!(send("+442079460102").await, "code_sent");
    assert_eq!(send("+493012345678").await, "limited", "four in the app");
}

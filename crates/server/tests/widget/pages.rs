//! What every page must have, and what the world may do with it.

use crate::support::{EndUser, TestServer};

#[tokio::test]
async fn row_24_only_the_apps_origins_may_frame_and_a_bad_tokens_page_nobody() {
    let server = TestServer::start().await;
    let (backend, app) = server.shop().await;
    let ancestors = |policy: &str| policy.split("frame-ancestors ").nth(1).unwrap().to_owned();
    let page = backend.widget(&app, &EndUser::ann()).await.open().await;
    let own = "https://shop.example https://*.shop.example";
    assert_eq!(ancestors(&page.policy), format!("{own} http://localhost:* http://127.0.0.1:*"));
    backend.change(&app, &[("sandbox_mode", "0")]).await;
    let page = backend.widget(&app, &EndUser::ann()).await.open().await;
    assert_eq!(ancestors(&page.policy), own, "live: no localhost");
    backend.change(&app, &[("origins", "https://login.shop.example")]).await;
    let page = backend.widget(&app, &EndUser::ann()).await.open().await;
    assert_eq!(ancestors(&page.policy), "https://login.shop.example", "exactly what is listed");
    let mut widget = backend.widget(&app, &EndUser::ann()).await;
    widget.token.push('x');
    let page = widget.open().await;
    assert_eq!((page.state(), ancestors(&page.policy).as_str()), ("bad_token", "'none'"));
}

#[tokio::test]
async fn every_page_has_the_headers_and_no_inline_code() {
    let server = TestServer::start().await;
    let (backend, app) = server.shop().await;
    backend.change(&app, &[("icon", "https://cdn.example/icon.png")]).await;
    let (widget, passed) = backend.pass(&app, &EndUser::ann()).await;
    let url = format!("{}/client?token={}&app_id={app}", widget.base, widget.token);
    let answer = server.http.get(url).send().await.unwrap();
    for (name, value) in [
        ("referrer-policy", "no-referrer"),
        ("x-content-type-options", "nosniff"),
        ("cache-control", "no-store"),
    ] {
        assert_eq!(answer.headers()[name], value);
    }
    assert!(!answer.headers().contains_key("set-cookie"));
    for page in
        [passed, widget.open().await, backend.widget(&app, &EndUser::number(1)).await.open().await]
    {
        let policy = "default-src 'none'; script-src 'self'; style-src 'self'; \
            img-src 'self' data: https://cdn.example; connect-src 'self'; form-action 'self'; \
            base-uri 'none'; frame-ancestors ";
        assert!(page.policy.starts_with(policy), "{}", page.policy);
        assert!(!page.html.contains("<style") && !page.html.contains(" style="), "{}", page.html);
        assert!(!page.html.contains("<script>"), "{}", page.html);
        let attributes = page.html.split('<').filter_map(|tag| tag.split('>').next());
        assert!(attributes.clone().all(|tag| !tag.contains(" on")), "{}", page.html);
        assert_eq!(page.html.matches("<h1").count(), 1);
    }
}

#[tokio::test]
async fn the_way_home_keeps_the_other_parameters() {
    let server = TestServer::start().await;
    let (backend, app) = server.shop().await;
    let (_, page) = backend.pass(&app, &EndUser::ann()).await;
    let target = page.target().unwrap();
    assert!(target.starts_with("https://shop.example/return?keep=1&token=TOKN-"), "{target}");
}

#[tokio::test]
async fn the_catalogue_of_states_is_there_for_development_only() {
    for (server, status) in
        [(TestServer::start().await, 404), (TestServer::for_development().await, 200)]
    {
        for path in ["/dev/widget-states", "/dev/widget-states/choose"] {
            let answer = server.http.get(format!("{}{path}", server.base())).send().await.unwrap();
            assert_eq!(answer.status(), status, "{path}");
        }
    }
}

#[tokio::test]
async fn after_trouble_a_page_offers_to_try_again() {
    let server = TestServer::start().await;
    let (backend, app) = server.shop().await;
    let widget = backend.widget(&app, &EndUser::ann()).await;
    widget.send().await;
    // Older than two seconds, so that keys and settings have to be read again.
    server.clock.advance(std::time::Duration::from_secs(10));
    server.service.store.close().await;
    let page = widget.open().await;
    assert_eq!((page.state(), page.status), ("fault", 503));
    assert_eq!(page.field("token"), Some(&*widget.token), "{}", page.html);
    assert!(page.html.contains("form=\"resume\" name=\"do\" value=\"resume\""), "{}", page.html);
}

#[tokio::test]
async fn names_of_apps_are_shown_as_text() {
    let server = TestServer::start().await;
    let (backend, app) = server.shop().await;
    backend.change(&app, &[("friendly_name", "<img src=x onerror=alert(1)>\"'&")]).await;
    let page = backend.widget(&app, &EndUser::ann()).await.open().await;
    assert!(!page.html.contains("<img src=x"), "{}", page.html);
}

#[tokio::test]
async fn an_app_of_which_the_end_user_has_nothing_and_can_set_up_nothing_says_so() {
    let server = TestServer::start().await;
    let (backend, app) = server.shop().await;
    // What can't be set up in the widget.
    let change = [
        ("allow_sms_channel", "false"),
        ("allow_totp_channel", "false"),
        ("webauthn_enabled", "false"),
        ("push_enabled", "true"),
        ("first_enrollment", "on_first_use"),
    ];
    assert_eq!(backend.change(&app, &change).await.status, 200);
    let widget = backend.widget(&app, &EndUser::ann()).await;
    assert_eq!(widget.open().await.state(), "no_channel_enrolled");
    assert_eq!(widget.post(&[("do", "send"), ("sends", "0")]).await.state(), "no_channel_enrolled");
    assert_eq!(backend.messages(&app).await.len(), 0);
}

#[tokio::test]
async fn a_disabled_or_deleted_app_ends_its_widgets() {
    let server = TestServer::start().await;
    let (backend, app) = server.shop().await;
    let widget = backend.widget(&app, &EndUser::ann()).await;
    widget.send().await;
    backend.change(&app, &[("enabled", "0")]).await;
    assert_eq!(widget.open().await.state(), "app_disabled");
    backend.change(&app, &[("enabled", "1")]).await;
    assert_eq!(widget.open().await.state(), "code_sent");
    let path = format!("/apps/{app}?client_id={}", backend.client_id);
    backend.request(reqwest::Method::DELETE, &path).send().await.unwrap();
    assert_eq!(widget.open().await.state(), "bad_token");
}

#[tokio::test]
async fn a_redirect_that_is_no_longer_allowed_is_not_followed() {
    let server = TestServer::start().await;
    let (backend, app) = server.shop().await;
    let widget = backend.widget(&app, &EndUser::ann()).await;
    backend.change(&app, &[("redirect_uris", "https://shop.example/other")]).await;
    assert_eq!(widget.open().await.state(), "redirect_refused");
}

#[tokio::test]
async fn bodies_that_can_not_be_read_get_a_page_too() {
    let server = TestServer::start().await;
    let (backend, app) = server.shop().await;
    let widget = backend.widget(&app, &EndUser::ann()).await;
    for (body, status) in [("token=%zz".to_owned(), 400), ("x".repeat(20_000), 413)] {
        let page = widget.post_raw(body).await;
        assert_eq!((page.status, page.state()), (status, "fault"));
        assert!(page.policy.ends_with("frame-ancestors 'none'"), "{}", page.policy);
    }
}

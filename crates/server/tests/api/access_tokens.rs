//! createAccessToken.

use serde_json::json;

use crate::support::server::bytes_of;
use crate::support::{EndUser, TestServer};

#[tokio::test]
async fn every_problem_is_listed_at_once() {
    let server = TestServer::start().await;
    let (backend, _) = server.shop().await;
    let answer = backend.post("/server/access-tokens/new", &[]).await;
    let required = [
        "client_id",
        "app_id",
        "end_user_phone_number",
        "end_user_uuid",
        "redirect_uri",
        "language",
        "region",
    ];
    assert_eq!(answer.status, 400);
    assert_eq!(
        answer.json(),
        json!({
            "error": "Invalid Request",
            "code": "invalid_request",
            "errors": required.map(|name| format!("'{name}' is required.")),
        })
    );
}

#[tokio::test]
async fn each_field_is_judged() {
    let server = TestServer::start().await;
    let (backend, app) = server.shop().await;
    let user = EndUser::ann();
    let long = "x".repeat(256);
    for (name, value, problem) in [
        ("app_id", "nonsense", "'app_id' is not an app of this client."),
        ("end_user_phone_number", "12", "must begin with '+'"),
        ("end_user_phone_number", "+12", "is not a valid number"),
        ("end_user_uuid", &long, "'end_user_uuid' must have 1 to 255 bytes"),
        ("end_user_uuid", "a\nb", "'end_user_uuid' must have 1 to 255 bytes"),
        ("redirect_uri", "https://evil.example/", "'redirect_uri'"),
        ("language", "not a language", "'language' must be a BCP 47 tag"),
        ("region", "moon", "'region' must be a name and a number"),
        ("region", "eu-1", "'region' must be one of: us-1."),
        ("surprise", "1", "'surprise' is not a known field."),
    ] {
        let answer = backend.create_access_token(&app, &user, &[(name, Some(value))]).await;
        assert_eq!(answer.status, 400, "{name}={value}");
        let problems = answer.problems();
        assert_eq!(problems.len(), 1, "{problems:?}");
        assert!(problems[0].contains(problem), "{problems:?} lacks {problem}");
    }
    for language in ["en-us", "EN-US", "pt-BR", "zh-Hans-CN", "de", "tlh"] {
        let change = [("language", Some(language))];
        assert_eq!(
            backend.create_access_token(&app, &user, &change).await.status,
            200,
            "{language}"
        );
    }
    for region in ["us-1", "us1", "US-1"] {
        let change = [("region", Some(region))];
        assert_eq!(backend.create_access_token(&app, &user, &change).await.status, 200, "{region}");
    }
}

#[tokio::test]
async fn the_answer_tells_the_language_that_will_be_seen() {
    let server = TestServer::start().await;
    let (backend, app) = server.shop().await;
    for (asked, used) in
        [("en-us", "en"), ("PT_br", "pt-BR"), ("pt", "pt-BR"), ("zh-cn", "zh-Hans"), ("tlh", "en")]
    {
        let change = [("language", Some(asked))];
        let answer = backend.create_access_token(&app, &EndUser::ann(), &change).await.json();
        assert_eq!(answer["language"], used, "{asked}");
        assert!(answer["token"].is_string());
    }
}

#[tokio::test]
async fn unknown_and_foreign_apps_are_the_same_bytes() {
    let server = TestServer::start().await;
    let (backend, _) = server.shop().await;
    let (_, foreign) = server.shop().await;
    let unknown = "APPX-01920000-0000-7000-8000-000000000000";
    let one = backend.create_access_token(unknown, &EndUser::ann(), &[]).await;
    let other = backend.create_access_token(&foreign, &EndUser::ann(), &[]).await;
    assert_eq!((one.status, &one.body), (400, &other.body));
}

#[tokio::test]
async fn an_app_that_is_off_or_nowhere_makes_no_tokens() {
    let server = TestServer::start().await;
    let (backend, app) = server.shop().await;
    backend.change(&app, &[("enabled", "0")]).await;
    let answer = backend.create_access_token(&app, &EndUser::ann(), &[]).await;
    assert!(answer.problems()[0].contains("'enabled'"), "{answer:?}");
    let homeless = backend.app(&[("sandbox_mode", "false")]).await;
    let answer = backend.create_access_token(&homeless, &EndUser::ann(), &[]).await;
    let problem = &answer.problems()[0];
    assert!(problem.contains("app_domain") && problem.contains("redirect_uris"), "{problem}");
}

#[tokio::test]
async fn countries_that_the_app_leaves_out_are_refused() {
    let server = TestServer::start().await;
    let (backend, app) = server.shop().await;
    backend.change(&app, &[("allowed_countries", "DE fr")]).await;
    let answer = backend.create_access_token(&app, &EndUser::ann(), &[]).await;
    assert!(answer.problems()[0].contains("country US"), "{answer:?}");
    let german = EndUser::new("g", "+4930123456");
    assert_eq!(backend.create_access_token(&app, &german, &[]).await.status, 200);
}

#[tokio::test]
async fn row_22_hostile_redirects_are_refused_at_creation() {
    let server = TestServer::start().await;
    let backend = server.client("A").await;
    let app = backend.live_app().await;
    let hostile = [
        "http://shop.example/",
        "https://shop.example:8443/",
        "https://shop.example:80/",
        "https://evil.example/",
        "https://shop.example.evil.example/",
        "https://evilshop.example/",
        "https://shop.example@evil.example/",
        "https://shop.example:x@evil.example/",
        "https://user@shop.example/",
        "https://user:pass@shop.example/",
        "https://@shop.example/",
        "https://evil.example\\@shop.example/",
        "https://evil.example\\.shop.example/",
        "https:\\\\shop.example/",
        "https:/\\shop.example/",
        "https:shop.example",
        "https:/shop.example",
        "https:///shop.example/",
        "//shop.example/",
        "/login",
        "shop.example",
        "",
        " ",
        "javascript:alert(1)",
        "javascript://shop.example/%0aalert(1)",
        "data:text/html,x",
        "ftp://shop.example/",
        "file:///etc/passwd",
        "blob:https://shop.example/x",
        "ws://shop.example/",
        "about:blank",
        "https://shop.example/#x",
        "https://shop.example/#",
        "https://shop.example/?token=x",
        "https://shop.example/?%74oken=x",
        "https://shop.example/?a=1&token=",
        "https://shop.example/?TOKEN=x",
        "https://shop%2eexample/",
        "https://shop.example%2f.evil.example/",
        "https://evil.example%23.shop.example/",
        "https://shop.example%00.evil.example/",
        "https://shop.ex\u{430}mple/",
        "https://xn--shp-uoa.example/",
        "https://shop\u{3002}example/",
        "https://shop.example\u{ff0f}.evil.example/",
        "https://shop.example\t/",
        "ht\ttps://shop.example/",
        "https://sh\nop.example/",
        "https://shop.example/\r\nX: y",
        "\thttps://shop.example/",
        " https://shop.example/",
        "https://shop.example/ x",
        "https://shop.example./",
        "https://.shop.example/",
        "https://shop..example/",
        "https://-shop.example@/",
        "https://127.0.0.1/",
        "https://[::1]/",
        "https://localhost/",
        "http://localhost:3000/",
        "https://2130706433/",
        "https://0x7f.1/",
        "https://shop.example:0443@evil.example/",
        "https://shop.example:99999/",
        "https://shop.example:/x@evil.example",
        "https://evil.example/https://shop.example/",
        "https://evil.example?https://shop.example/",
        "https://evil.example#.shop.example/",
        "https://evil.example;.shop.example/",
        "https://*.shop.example/",
        "https://shop.example,evil.example/",
    ];
    assert!(hostile.len() >= 60);
    for redirect in hostile {
        let change = [("redirect_uri", Some(redirect))];
        let answer = backend.create_access_token(&app, &EndUser::ann(), &change).await;
        assert_eq!(answer.status, 400, "{redirect:?}");
        assert!(answer.problems()[0].contains("redirect_uri"), "{redirect:?}: {answer:?}");
    }
    for fine in
        ["https://shop.example/", "https://a.shop.example/x?y=1", "https://shop.example/login?"]
    {
        let change = [("redirect_uri", Some(fine))];
        assert_eq!(
            backend.create_access_token(&app, &EndUser::ann(), &change).await.status,
            200,
            "{fine}"
        );
    }
}

#[tokio::test]
async fn overload_of_one_client_is_shed_and_others_are_served() {
    let server = TestServer::with(|config| config.server.access_tokens_per_second = 3).await;
    let (one, app) = server.shop().await;
    let (other, other_app) = server.shop().await;
    for _ in 0..3 {
        assert_eq!(one.create_access_token(&app, &EndUser::ann(), &[]).await.status, 200);
    }
    let answer = one.create_access_token(&app, &EndUser::ann(), &[]).await;
    assert_eq!((answer.status, answer.retry_after), (429, Some(1)));
    assert_eq!(answer.code(), "rate_limited");
    assert_eq!(other.create_access_token(&other_app, &EndUser::ann(), &[]).await.status, 200);
    server.clock.advance(std::time::Duration::from_secs(1));
    assert_eq!(one.create_access_token(&app, &EndUser::ann(), &[]).await.status, 200);
}

#[tokio::test]
async fn creating_tokens_writes_nothing_to_the_database() {
    let server = TestServer::start().await;
    let (backend, app) = server.shop().await;
    let before = bytes_of(&server.data());
    for _ in 0..20 {
        assert_eq!(backend.create_access_token(&app, &EndUser::ann(), &[]).await.status, 200);
    }
    assert!(bytes_of(&server.data()) == before);
}

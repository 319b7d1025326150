//! Apps.

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{Answer, TestServer};

const KEYS: [&str; 37] = [
    "id",
    "client_id",
    "friendly_name",
    "icon",
    "app_domain",
    "enabled",
    "sandbox_mode",
    "allow_sms_channel",
    "allow_totp_channel",
    "webauthn_enabled",
    "webauthn_redirect_allowed",
    "webauth_enabled",
    "supported_factors",
    "allow_voice_channel",
    "allow_whatsapp_channel",
    "push_enabled",
    "backup_codes_enrollment",
    "defer_sms_usage",
    "mfa_enabled",
    "intelligent_2fa",
    "redirect_uris",
    "origins",
    "first_enrollment",
    "allowed_countries",
    "theme_primary",
    "theme_background",
    "theme_text",
    "theme_danger",
    "theme_dark_primary",
    "theme_dark_background",
    "theme_dark_text",
    "theme_dark_danger",
    "theme_radius",
    "theme_font",
    "theme_density",
    "created_at",
    "updated_at",
];

#[tokio::test]
async fn a_new_app_has_every_key_and_the_defaults() {
    let server = TestServer::start().await;
    let backend = server.client("A").await;
    // Published clients may send no field at all.
    let answer = backend.post("/apps", &[]).await;
    assert_eq!(answer.status, 200);
    let app = answer.json()["app"][0].clone();
    let mut keys: Vec<&String> = app.as_object().unwrap().keys().collect();
    keys.sort();
    let mut expected = KEYS.to_vec();
    expected.sort_unstable();
    assert_eq!(keys, expected);
    let default = |key: &str| app[key].clone();
    for (key, value) in [
        ("client_id", json!(backend.client_id)),
        ("friendly_name", json!("")),
        ("enabled", json!(1)),
        ("sandbox_mode", json!(true)),
        ("allow_sms_channel", json!(true)),
        ("allow_totp_channel", json!(true)),
        ("webauthn_enabled", json!(true)),
        ("webauth_enabled", json!(true)),
        ("webauthn_redirect_allowed", json!(true)),
        ("backup_codes_enrollment", json!(true)),
        ("supported_factors", json!("sms,totp,webauthn,backup_code")),
        ("allow_voice_channel", json!(false)),
        ("mfa_enabled", json!(false)),
        ("redirect_uris", json!([])),
        ("first_enrollment", json!("after_phone")),
        ("theme_primary", json!("")),
        ("theme_dark_text", json!("")),
        ("theme_radius", json!(null)),
        ("theme_font", json!("system")),
        ("theme_density", json!("comfortable")),
        ("created_at", json!(1_767_268_800)),
    ] {
        assert_eq!(default(key), value, "{key}");
    }
}

#[tokio::test]
async fn settings_are_kept_and_listed() {
    let server = TestServer::start().await;
    let backend = server.client("A").await;
    let one = backend.app(&[("friendly_name", "One"), ("client_id", &backend.client_id)]).await;
    server.clock.advance(std::time::Duration::from_secs(5));
    let two = backend.app(&[("friendly_name", "Two")]).await;
    let change = [("enabled", "0"), ("ALLOW_SMS_CHANNEL", "x")];
    assert_eq!(backend.change(&two, &change).await.status, 400, "nothing is half done");
    let changed = backend
        .change(
            &two,
            &[("mfa_enabled", "TRUE"), ("origins", "https://a.example https://b.example")],
        )
        .await;
    let app = &changed.json()["app"][0];
    assert_eq!(app["mfa_enabled"], true);
    assert_eq!(app["origins"], json!(["https://a.example", "https://b.example"]));
    let list = backend.get(&format!("/apps?client_id={}", backend.client_id)).await.json();
    let names: Vec<&Value> =
        list["apps"].as_array().unwrap().iter().map(|app| &app["friendly_name"]).collect();
    assert_eq!(names, ["One", "Two"]);
    assert_eq!(list["apps"][1], *app);
    let found = backend.get(&format!("/apps/{one}?client_id={}", backend.client_id)).await.json();
    assert_eq!(found["app"], json!([list["apps"][0]]), "an array of one");
}

#[tokio::test]
async fn updates_take_the_client_id_where_published_clients_put_it() {
    let server = TestServer::start().await;
    let backend = server.client("A").await;
    let app = backend.app(&[("friendly_name", "One")]).await;
    let own = backend.client_id.as_str();
    for (query, body, status) in [
        (Some(own), None, 200),
        (None, Some(own), 200),
        (Some(own), Some(own), 200),
        (None, None, 400),
        (Some(own), Some("CLNT-01920000-0000-7000-8000-000000000000"), 401),
        (Some("CLNT-01920000-0000-7000-8000-000000000000"), Some(own), 401),
    ] {
        let query = query.map(|id| format!("?client_id={id}")).unwrap_or_default();
        let fields: Vec<_> = body.map(|id| ("client_id", id)).into_iter().collect();
        let answer = backend.post(&format!("/apps/{app}{query}"), &fields).await;
        assert_eq!(answer.status, status, "{query} {fields:?}");
        if status == 200 {
            assert_eq!(
                answer.json()["app"][0]["friendly_name"],
                "One",
                "an empty body changes nothing"
            );
        }
    }
}

#[tokio::test]
async fn contradictions_and_unknown_settings_are_named() {
    let server = TestServer::start().await;
    let backend = server.client("A").await;
    let answer = backend
        .post(
            "/apps",
            &[
                ("allow_sms_channel", "maybe"),
                ("app_domain", "co.uk"),
                ("nonsense", "1"),
                ("supported_factors", "sms"),
                ("id", "x"),
            ],
        )
        .await;
    assert_eq!(answer.status, 400);
    let problems = answer.problems();
    for name in ["allow_sms_channel", "app_domain", "nonsense", "supported_factors", "id"] {
        let about = format!("'{name}'");
        assert!(problems.iter().any(|problem| problem.contains(&about)), "{name}: {problems:?}");
    }
    let none_left = [
        ("allow_sms_channel", "0"),
        ("allow_totp_channel", "0"),
        ("webauthn_enabled", "0"),
        ("first_enrollment", "on_first_use"),
    ];
    assert_eq!(backend.post("/apps", &none_left).await.status, 400);
    assert_eq!(backend.post("/apps", &[("allow_sms_channel", "0")]).await.status, 400);
}

#[tokio::test]
async fn a_theme_is_kept_when_it_can_be_read_and_refused_when_not() {
    let server = TestServer::start().await;
    let backend = server.client("A").await;
    let app = backend.app(&[]).await;
    let theme = [
        ("theme_primary", "#064"),
        ("theme_radius", "4"),
        ("theme_font", "serif"),
        ("theme_density", "compact"),
    ];
    let changed = backend.change(&app, &theme).await.json()["app"][0].clone();
    for (key, value) in [
        ("theme_primary", json!("#006644")),
        ("theme_radius", json!(4)),
        ("theme_font", json!("serif")),
        ("theme_density", json!("compact")),
        ("theme_text", json!("")),
    ] {
        assert_eq!(changed[key], value, "{key}");
    }
    // #064 is readable on white; what is stored counts with what is new.
    let refused = backend
        .change(
            &app,
            &[("theme_background", "#123"), ("theme_dark_text", "#555"), ("enabled", "x")],
        )
        .await;
    assert_eq!(refused.status, 400);
    let problems = refused.problems();
    assert_eq!(problems.len(), 5, "{problems:?}");
    for about in [
        "'enabled' must be",
        "'theme_text' (#171b26) on 'theme_background' (#112233) has a contrast of 1.06:1;",
        "'theme_primary' (#006644) on 'theme_background' (#112233) has a contrast of 2.29:1;",
        "'theme_danger' (#b3261e) on 'theme_background' (#112233) has a contrast of",
        "'theme_dark_text' (#555555) on 'theme_dark_background' (#14161c) has a contrast of",
    ] {
        assert!(problems.iter().any(|problem| problem.starts_with(about)), "{about}: {problems:?}");
    }
    let path = format!("/apps/{app}?client_id={}", backend.client_id);
    assert_eq!(backend.get(&path).await.json()["app"][0], changed, "nothing is half done");
    let ours = [("theme_primary", ""), ("theme_radius", "")];
    let cleared = backend.change(&app, &ours).await.json()["app"][0].clone();
    assert_eq!((&cleared["theme_primary"], &cleared["theme_radius"]), (&json!(""), &json!(null)));
}

#[tokio::test]
async fn a_deleted_app_is_gone() {
    let server = TestServer::start().await;
    let backend = server.client("A").await;
    let app = backend.app(&[]).await;
    let path = format!("/apps/{app}?client_id={}", backend.client_id);
    let delete =
        async || Answer::of(backend.request(Method::DELETE, &path).send().await.unwrap()).await;
    assert_eq!(delete().await.body, r#"{"app":{}}"#);
    let gone = delete().await;
    assert_eq!((gone.status, gone.code()), (404, "not_found".to_owned()));
    assert_eq!(backend.get(&path).await.body, gone.body);
    assert_eq!(backend.post(&path, &[]).await.body, gone.body);
    let list = backend.get(&format!("/apps?client_id={}", backend.client_id)).await;
    assert_eq!(list.body, r#"{"apps":[]}"#);
}

#[tokio::test]
async fn changes_made_at_once_are_all_kept() {
    let server = TestServer::start().await;
    let backend = server.client("A").await;
    let app = backend.app(&[]).await;
    let settings = [
        ("friendly_name", "New"),
        ("push_enabled", "1"),
        ("allow_voice_channel", "1"),
        ("defer_sms_usage", "1"),
    ];
    let changes: Vec<_> = settings
        .map(|(name, value)| {
            let (backend, app) = (backend.clone(), app.clone());
            tokio::spawn(async move { backend.change(&app, &[(name, value)]).await })
        })
        .into_iter()
        .collect();
    for change in changes {
        assert_eq!(change.await.unwrap().status, 200);
    }
    let path = format!("/apps/{app}?client_id={}", backend.client_id);
    let app = backend.get(&path).await.json()["app"][0].clone();
    assert_eq!(app["friendly_name"], "New");
    for name in ["push_enabled", "allow_voice_channel", "defer_sms_usage"] {
        assert_eq!(app[name], true, "{name}");
    }
}

#[tokio::test]
async fn an_update_lists_every_problem_once() {
    let server = TestServer::start().await;
    let backend = server.client("A").await;
    let app = backend.app(&[]).await;
    let fields = [("enabled", "x"), ("enabled", "1"), ("nonsense", "1"), ("origins", "nowhere")];
    for path in [format!("/apps/{app}"), "/apps/unknown".to_owned()] {
        let answer = backend.post(&path, &fields).await;
        assert_eq!(answer.status, 400, "bad input is told before absence");
        let problems = answer.problems();
        for about in
            ["'enabled' is given twice.", "'client_id' is required.", "'nonsense'", "'origins'"]
        {
            let told = problems.iter().filter(|problem| problem.contains(about)).count();
            assert_eq!(told, 1, "{about}: {problems:?}");
        }
    }
    let doubled = backend.post("/apps", &[("enabled", "1"), ("enabled", "1")]).await;
    assert_eq!(doubled.problems(), ["'enabled' is given twice."]);
}

#[tokio::test]
async fn lists_of_errors_are_bounded() {
    let server = TestServer::start().await;
    let backend = server.client("A").await;
    let many = "q ".repeat(8_000);
    let answer = backend.post("/apps", &[("allowed_countries", many.trim())]).await;
    assert_eq!(answer.status, 400);
    assert!(answer.body.len() < 1_000, "{}", answer.body.len());
}

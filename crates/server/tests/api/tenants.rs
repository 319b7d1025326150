//! Who may do what: every operation without a secret, with a wrong one, and as another tenant.

use std::time::Duration;

use reqwest::Method;

use super::documents::operations;
use crate::support::{Answer, Backend, EndUser, TestServer, form};

/// What addresses name.
struct Ids<'a> {
    app: &'a str,
    user: &'a str,
    action: &'a str,
}

/// Names that nothing has.
const NOTHING: Ids<'static> = Ids {
    app: "APPX-01920000-0000-7000-8000-000000000000",
    user: "USER-01920000-0000-7000-8000-000000000000",
    action: "ACTN-01920000-0000-7000-8000-000000000000",
};

/// A request that would succeed for the owner, as anybody.
async fn call(
    server: &TestServer,
    authorization: Option<&str>,
    method: &str,
    path: &str,
    client_id: &str,
    ids: &Ids<'_>,
) -> Answer {
    let app = ids.app;
    let path = path.replace("{app_id}", app).replace("{user_id}", ids.user);
    let path = path.replace("{action_id}", ids.action);
    let path = path.replace("{device_id}", "DEVC-01920000-0000-7000-8000-000000000000");
    let path = path.replace("{factor_id}", "FCTR-01920000-0000-7000-8000-000000000000");
    let user = EndUser::ann();
    let token = "TOKN-01920000-0000-7000-8000-000000000000-x";
    let common = [("client_id", client_id), ("app_id", app), ("token", token)];
    let creating = [
        ("end_user_phone_number", user.phone.as_str()),
        ("end_user_uuid", &user.uuid),
        ("redirect_uri", "https://shop.example/"),
        ("language", "en"),
        ("region", "us-1"),
    ];
    let fields: Vec<(&str, &str)> = match path.as_str() {
        "/server/access-tokens/new" | "/server/factor-links" => [&common[..2], &creating].concat(),
        "/server/success-tokens" => common.to_vec(),
        "/users/find" => [&common[..2], &[("end_user_uuid", user.uuid.as_str())]].concat(),
        _ if path.ends_with("/reset") => [&common[..1], &[("reason", "lost phone")]].concat(),
        _ => common[..1].to_vec(),
    };
    let query = if method == "POST" && !path.starts_with("/apps/") && path != "/users/import" {
        String::new()
    } else {
        format!("?{}", form(&common))
    };
    let method: Method = method.parse().unwrap();
    let mut request =
        server.http.request(method.clone(), format!("{}{path}{query}", server.base()));
    if path == "/users/import" {
        let line = r#"{"end_user_uuid":"ann","end_user_phone_number":"+12025550101"}"#;
        request = request.header("content-type", "application/x-ndjson").body(line);
    } else if method == Method::POST {
        request =
            request.header("content-type", "application/x-www-form-urlencoded").body(form(&fields));
    }
    if let Some(authorization) = authorization {
        request = request.header("authorization", authorization);
    }
    Answer::of(request.send().await.unwrap()).await
}

#[tokio::test]
async fn no_wrong_and_revoked_secrets_and_foreign_client_ids_are_the_same_401() {
    let server = TestServer::start().await;
    let (backend, app) = server.shop().await;
    let (stranger, _) = server.shop().await;
    let revoked = server.client("Gone").await;
    let id = revoked.client_id.parse().unwrap();
    let now = server.clock.now();
    assert!(server.service.store.secret_revoke(id, revoked.secret_id, now).await.unwrap());
    let bearer = |secret: &str| format!("Bearer {secret}");
    let mut altered = backend.secret.clone();
    let ids = Ids { app: &app, ..NOTHING };
    altered.replace_range(20..21, if altered[20..].starts_with('a') { "b" } else { "a" });
    for (method, path, _) in operations() {
        let mut bodies = Vec::new();
        for (what, authorization, client_id) in [
            ("none", None, &backend.client_id),
            ("empty", Some(String::new()), &backend.client_id),
            ("scheme only", Some("Bearer".to_owned()), &backend.client_id),
            ("nonsense", Some(bearer("x")), &backend.client_id),
            ("altered", Some(bearer(&altered)), &backend.client_id),
            ("basic", Some(format!("Basic {}", backend.secret)), &backend.client_id),
            ("revoked", Some(bearer(&revoked.secret)), &revoked.client_id),
            ("another client's id", Some(bearer(&stranger.secret)), &backend.client_id),
            ("no client's id", Some(bearer(&stranger.secret)), &"CLNT-x".to_owned()),
        ] {
            let answer =
                call(&server, authorization.as_deref(), &method, &path, client_id, &ids).await;
            assert_eq!(answer.status, 401, "{method} {path}: {what}");
            bodies.push(answer.body);
        }
        let expected = r#"{"error":"Invalid auth token.","code":"invalid_auth_token","errors":["Invalid auth token."]}"#;
        assert!(bodies.iter().all(|body| body == expected), "{method} {path}: {bodies:?}");
    }
}

#[tokio::test]
async fn row_38_what_belongs_to_another_client_is_not_there() {
    let server = TestServer::start().await;
    let (owner, app) = server.shop().await;
    let (_, page) = owner.pass(&app, &EndUser::ann()).await;
    let proof = owner.validate(&app, &page.success_token().unwrap()).await.json();
    let user = server.known_as(&owner, &app, &EndUser::ann()).await;
    let action = proof["action_id"].as_str().unwrap();
    let theirs = Ids { app: &app, user: &user, action };
    let (stranger, _) = server.shop().await;
    let secret = format!("Bearer {}", stranger.secret);
    let mut checked = 0;
    for (method, path, operation) in operations() {
        // What lists the client's own, or makes it, has nothing to name.
        if ["getApps", "newApp", "listAuditEntries"]
            .contains(&operation["operationId"].as_str().unwrap())
        {
            continue;
        }
        let as_stranger = async |ids: &Ids<'_>| {
            call(&server, Some(&secret), &method, &path, &stranger.client_id, ids).await
        };
        let theirs = as_stranger(&theirs).await;
        let nobodys = as_stranger(&NOTHING).await;
        // createAccessToken and what reads the same form have no 404: there it is one and the same 400.
        let status = if path.starts_with("/server/") && !path.ends_with("success-tokens") {
            400
        } else {
            404
        };
        assert_eq!(theirs.status, status, "{method} {path}");
        assert_eq!(theirs.body, nobodys.body, "{method} {path}");
        checked += 1;
    }
    assert_eq!(checked, 21);
    let list = stranger.get(&format!("/apps?client_id={}", stranger.client_id)).await;
    assert!(!list.body.contains(&app));
}

#[tokio::test]
async fn row_37_without_an_access_token_nothing_tells_whether_an_end_user_is_known() {
    let server = TestServer::start().await;
    let (backend, app) = server.shop().await;
    backend.pass(&app, &EndUser::new("known", "+12025550101")).await;
    let mut answers = Vec::new();
    for user in ["known", "unknown"] {
        let url = format!("{}/client?app_id={app}&end_user_uuid={user}&token=x", server.base());
        let page = server.http.get(url).send().await.unwrap().text().await.unwrap();
        let made =
            backend.create_access_token(&app, &EndUser::new(user, "+12025550101"), &[]).await;
        answers.push((page, made.status, made.body.len()));
    }
    assert_eq!(answers[0], answers[1].clone_with_length(answers[0].2));
}

/// Tokens differ in length by the sealed name's length, which the caller gave.
trait WithLength {
    fn clone_with_length(&self, length: usize) -> Self;
}

impl WithLength for (String, u16, usize) {
    fn clone_with_length(&self, length: usize) -> Self {
        assert!(self.2.abs_diff(length) < 10);
        (self.0.clone(), self.1, length)
    }
}

#[tokio::test]
async fn the_scheme_is_case_insensitive_and_may_be_missing() {
    let server = TestServer::start().await;
    let (backend, _) = server.shop().await;
    for authorization in [
        format!("Bearer {}", backend.secret),
        format!("bearer {}", backend.secret),
        format!("BEARER {}", backend.secret),
        backend.secret.clone(),
    ] {
        let url = format!("{}/apps?client_id={}", server.base(), backend.client_id);
        let answer = server.http.get(url).header("authorization", authorization).send().await;
        assert_eq!(answer.unwrap().status(), 200);
    }
}

#[tokio::test]
async fn revoking_and_disabling_elsewhere_take_effect_within_two_seconds() {
    let server = TestServer::start().await;
    let (backend, app) = server.shop().await;
    let client_id = backend.client_id.parse().unwrap();
    assert_eq!(create(&backend, &app).await, 200);
    // Through the store, as a command beside the server does it: no handler hears of it.
    let now = server.clock.now();
    let record =
        server.service.store.app_find(client_id, app.parse().unwrap()).await.unwrap().unwrap();
    let off = record.settings.replace("\"enabled\":true", "\"enabled\":false");
    assert_ne!(off, record.settings);
    let update = server
        .service
        .store
        .app_update(client_id, record.app_id, &off, record.revision, now)
        .await
        .unwrap();
    assert!(matches!(update, onlyauth_store::AppUpdate::Updated(_)));
    server.clock.advance(Duration::from_secs(2));
    assert_eq!(create(&backend, &app).await, 400, "switched off");
    assert!(server.service.store.secret_revoke(client_id, backend.secret_id, now).await.unwrap());
    server.clock.advance(Duration::from_secs(2));
    assert_eq!(create(&backend, &app).await, 401, "revoked");
}

async fn create(backend: &Backend, app: &str) -> u16 {
    backend.create_access_token(app, &EndUser::ann(), &[]).await.status
}

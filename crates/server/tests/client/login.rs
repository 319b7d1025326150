//! From access token to proof.

use std::time::Duration;

use onlyauth_client::{Error, SandboxMessages, SuccessTokenProof, ValidateSuccessToken, blocking};

use super::{access_token, sdk, sdk_with};
use crate::support::{Backend, EndUser, TestServer, Widget};

/// Passes a login whose access token the SDK made; its success token.
async fn passed(backend: &Backend, app: &str, user: &EndUser) -> String {
    let made = sdk(backend).create_access_token(&access_token(backend, app, user)).await.unwrap();
    assert_eq!(made.language.as_deref(), Some("de"));
    assert!(made.further.is_empty(), "{made:?}");
    let widget = Widget {
        http: backend.http.clone(),
        base: backend.base.clone(),
        token: made.token,
        app: app.to_owned(),
    };
    let page = widget.send().await;
    let page = widget.check(&page, &backend.code(app, user).await).await;
    page.success_token().unwrap()
}

fn validation(
    backend: &Backend,
    app: &str,
    token: &str,
    user: Option<&str>,
) -> ValidateSuccessToken {
    ValidateSuccessToken {
        app_id: app.to_owned(),
        client_id: backend.client_id.clone(),
        token: token.to_owned(),
        end_user_uuid: user.map(str::to_owned),
    }
}

fn is_ann(proof: &SuccessTokenProof, app: &str, token: &str) {
    assert_eq!(proof.token, token);
    assert_eq!(
        (proof.end_user_uuid.as_str(), proof.end_user_phone_number.as_str()),
        ("ann", "+12025550101")
    );
    assert_eq!((proof.app_id.as_str(), proof.timestamp), (app, 1_767_268_800));
    assert_eq!((proof.channel.as_str(), &proof.channels[..]), ("sms", &["sms".to_owned()][..]));
    assert_eq!(proof.amr, ["sms", "otp"]);
    assert!(proof.action_id.starts_with("ACTN-") && !proof.phone_changed);
    assert!(proof.further.is_empty(), "{proof:?}");
}

#[tokio::test]
async fn a_login_is_proven_once() {
    let server = TestServer::start().await;
    let (backend, app) = server.shop().await;
    let token = passed(&backend, &app, &EndUser::ann()).await;
    let expecting = validation(&backend, &app, &token, Some("ann"));
    let proof = sdk(&backend).validate_success_token(&expecting).await.unwrap();
    is_ann(&proof, &app, &token);
    let again = sdk(&backend).validate_success_token(&expecting).await.unwrap_err();
    assert_eq!((again.status(), again.code()), (Some(404), Some("not_found")));
    assert!(!again.may_have_taken_effect());
}

#[tokio::test]
async fn a_login_can_be_proven_by_a_query() {
    let server = TestServer::start().await;
    let (backend, app) = server.shop().await;
    let token = passed(&backend, &app, &EndUser::ann()).await;
    let request = validation(&backend, &app, &token, None);
    is_ann(&sdk(&backend).validate_success_token_by_query(&request).await.unwrap(), &app, &token);
}

#[tokio::test]
async fn a_token_of_somebody_else_is_refused_and_stays_good() {
    let server = TestServer::start().await;
    let (backend, app) = server.shop().await;
    let token = passed(&backend, &app, &EndUser::ann()).await;
    let sdk = sdk(&backend);
    let of_bob = validation(&backend, &app, &token, Some("bob"));
    for refused in [
        sdk.validate_success_token(&of_bob).await.unwrap_err(),
        sdk.validate_success_token_by_query(&of_bob).await.unwrap_err(),
    ] {
        assert!(refused.is_end_user_mismatch() && !refused.may_have_taken_effect(), "{refused}");
    }
    let of_ann = validation(&backend, &app, &token, Some("ann"));
    assert!(sdk.validate_success_token(&of_ann).await.is_ok());
}

#[tokio::test]
async fn every_problem_of_a_request_is_told() {
    let server = TestServer::start().await;
    let (backend, app) = server.shop().await;
    let mut request = access_token(&backend, &app, &EndUser::ann());
    request.end_user_phone_number = "12".to_owned();
    request.language = String::new();
    let refused = sdk(&backend).create_access_token(&request).await.unwrap_err();
    let Error::Api(refused) = refused else { panic!("{refused}") };
    assert_eq!((refused.status, refused.code.as_deref()), (400, Some("invalid_request")));
    assert_eq!((refused.message.as_str(), refused.errors.len()), ("Invalid Request", 2));
    assert!(refused.to_string().contains("'language'"), "{refused}");
}

#[tokio::test]
async fn a_wrong_secret_is_refused() {
    let server = TestServer::start().await;
    let (backend, app) = server.shop().await;
    let other = server.client("Other").await;
    let request = access_token(&backend, &app, &EndUser::ann());
    for secret in [other.secret.as_str(), "onlyauth_sk_wrong"] {
        let refused = sdk_with(&backend, secret).create_access_token(&request).await.unwrap_err();
        assert_eq!((refused.status(), refused.code()), (Some(401), Some("invalid_auth_token")));
        assert!(!format!("{refused} {refused:?}").contains(secret));
    }
}

#[tokio::test]
async fn a_limit_says_when_to_come_back() {
    let server = TestServer::with(|config| config.server.access_tokens_per_second = 1).await;
    let (backend, app) = server.shop().await;
    let request = access_token(&backend, &app, &EndUser::ann());
    sdk(&backend).create_access_token(&request).await.unwrap();
    let refused = sdk(&backend).create_access_token(&request).await.unwrap_err();
    let Error::Api(refused) = refused else { panic!("{refused}") };
    assert_eq!((refused.status, refused.code.as_deref()), (429, Some("rate_limited")));
    let wait = refused.retry_after.unwrap();
    assert!(Duration::from_secs(1) <= wait && wait < Duration::from_secs(5), "{wait:?}");
}

#[tokio::test]
async fn the_sandbox_shows_what_was_sent() {
    let server = TestServer::start().await;
    let (backend, app) = server.shop().await;
    let ann = EndUser::ann();
    passed(&backend, &app, &ann).await;
    passed(&backend, &app, &EndUser::number(1)).await;
    let mut request = SandboxMessages {
        app_id: app.clone(),
        client_id: backend.client_id.clone(),
        ..SandboxMessages::default()
    };
    let sdk = sdk(&backend);
    let list = |request: SandboxMessages| {
        let sdk = sdk.clone();
        async move { sdk.get_sandbox_messages(&request).await.unwrap() }
    };
    assert_eq!(list(request.clone()).await.len(), 2);
    request.limit = Some(1);
    assert_eq!(list(request.clone()).await.len(), 1);
    request.end_user_phone_number = Some(ann.phone.clone());
    let [message] = <[_; 1]>::try_from(list(request).await).unwrap();
    assert_eq!((message.channel.as_str(), message.end_user_uuid.as_str()), ("sms", "ann"));
    assert_eq!(message.end_user_phone_number, ann.phone);
    assert!(message.body.contains(&message.code) && message.further.is_empty());
    assert!(!format!("{message:?}").contains(&message.code));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_program_without_async_logs_in_likewise() {
    let server = TestServer::start().await;
    let (backend, app) = server.shop().await;
    let token = passed(&backend, &app, &EndUser::ann()).await;
    let request = validation(&backend, &app, &token, Some("ann"));
    let builder = onlyauth_client::Client::builder();
    let client =
        blocking::Client::new(builder.server_url(&backend.base).secret(&backend.secret)).unwrap();
    let work = move || client.validate_success_token(&request);
    is_ann(&tokio::task::spawn_blocking(work).await.unwrap().unwrap(), &app, &token);
}

#[tokio::test]
async fn a_server_that_has_stopped_is_an_error_of_connecting() {
    let server = TestServer::start().await;
    let (backend, app) = server.shop().await;
    let sdk = sdk(&backend);
    let request = access_token(&backend, &app, &EndUser::ann());
    sdk.create_access_token(&request).await.unwrap();
    server.stop().await;
    let error = sdk.create_access_token(&request).await.unwrap_err();
    assert!(matches!(error, Error::Connect(_)), "{error:?}");
}

//! What is sent, where, and with which headers.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use onlyauth_client::{
    AppSettings, Call, CallOptions, Choice, Client, Error, Operation, Secret, ValidateSuccessToken,
};

use crate::support::calls::{APP, CLIENT, validation};
use crate::support::{
    Act, END_USER, PHONE, SECRET, SUCCESS_TOKEN, Stub, assert_silent, builder, call, client,
    refused, settings,
};

const TOKEN: &str = r#"{"token":"t"}"#;

#[tokio::test]
async fn a_request_says_who_it_is_and_what_it_wants() {
    let stub = Stub::start([Act::json(200, TOKEN)]).await;
    let client = builder(&stub.base).user_agent_suffix("shop/1.2").build().unwrap();
    call(&client, Operation::CreateAccessToken).await.unwrap();
    let request = stub.requests().remove(0);
    let agent = format!("onlyauth-client/{} shop/1.2", env!("CARGO_PKG_VERSION"));
    assert_eq!(request.header("user-agent"), agent);
    assert_eq!(request.header("authorization"), format!("Bearer {SECRET}"));
    assert_eq!(request.header("accept"), "application/json");
    assert_eq!(request.header("content-type"), "application/x-www-form-urlencoded");
    let sent = request.form();
    let value = |name: &str| sent.iter().find(|(field, _)| field == name).unwrap().1.clone();
    assert_eq!(value("end_user_phone_number"), PHONE);
    assert_eq!(value("redirect_uri"), "https://shop.example/return?a=b&c=ü");
}

#[tokio::test]
async fn a_success_token_travels_in_the_body() {
    let proof = format!(
        r#"{{"token":"t","end_user_uuid":"{END_USER}","end_user_phone_number":"{PHONE}"}}"#
    );
    let stub = Stub::start([Act::json(200, &proof)]).await;
    client(&stub.base).validate_success_token(&validation()).await.unwrap();
    let without = ValidateSuccessToken { end_user_uuid: None, ..validation() };
    client(&stub.base).validate_success_token(&without).await.unwrap();
    let [with, without] = stub.requests().try_into().unwrap();
    assert_eq!(with.target, "/server/success-tokens");
    let sent = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    assert!(with.form().contains(&sent("token", SUCCESS_TOKEN)));
    assert!(with.form().contains(&sent("end_user_uuid", END_USER)));
    // An empty expectation would be refused; none must not be sent as one.
    assert!(!without.body.contains("end_user_uuid"));
}

#[tokio::test]
async fn settings_are_written_as_the_server_reads_them() {
    let stub = Stub::start([Act::json(200, r#"{"app":[{"id":"a","client_id":"c"}]}"#)]).await;
    let client = client(&stub.base);
    let changed = AppSettings {
        enabled: Some(false),
        redirect_uris: Some(vec!["https://a.example/1".into(), "https://a.example/2".into()]),
        origins: Some(Vec::new()),
        theme_radius: Some(Choice::Unset),
        webauthn_redirect_allowed: Some(Choice::Value(false)),
        ..AppSettings::default()
    };
    client.update_app(APP, CLIENT, &changed).await.unwrap();
    client.new_app(None, &AppSettings::default()).await.unwrap();
    let [changed, empty] = stub.requests().try_into().unwrap();
    let sent = [
        ("enabled", "0"),
        ("webauthn_redirect_allowed", "false"),
        ("redirect_uris", "https://a.example/1 https://a.example/2"),
        ("origins", ""),
        ("theme_radius", ""),
    ];
    let sent = sent.map(|(name, value)| (name.to_owned(), value.to_owned()));
    assert_eq!(changed.form(), sent);
    assert_eq!(changed.query(), [("client_id".to_owned(), CLIENT.to_owned())]);
    // The server takes a body without fields, but none without its type.
    assert_eq!((empty.body.as_str(), empty.header("content-length")), ("", "0"));
    assert_eq!(empty.header("content-type"), "application/x-www-form-urlencoded");
}

#[tokio::test]
async fn connections_are_kept() {
    let stub = Stub::start([Act::json(200, TOKEN)]).await;
    let client = client(&stub.base);
    for _ in 0..5 {
        call(&client, Operation::CreateAccessToken).await.unwrap();
        call(&client.with(&CallOptions::new()), Operation::CreateAccessToken).await.unwrap();
    }
    assert_eq!((stub.requests().len(), stub.connections()), (10, 1));
}

#[tokio::test]
async fn one_call_may_differ() {
    let stub = Stub::start([Act::json(503, "{}")]).await;
    let other = Stub::start([Act::json(200, TOKEN)]).await;
    let client = client(&stub.base);
    let options = CallOptions::new()
        .server_url(format!("{}/below/", other.base))
        .secret(Secret::new("onlyauth_sk_other").unwrap())
        .header("X-Request-Id", "7")
        .header("User-Agent", "shop");
    let differing = client.with(&options);
    call(&differing, Operation::CreateAccessToken).await.unwrap();
    let request = other.requests().remove(0);
    assert_eq!(request.target, "/below/server/access-tokens/new");
    assert_eq!(request.header("authorization"), "Bearer onlyauth_sk_other");
    assert_eq!((request.header("x-request-id"), request.header("user-agent")), ("7", "shop"));
    assert_eq!(stub.connections(), 0);
    // What a call says counts more than what its client says.
    let call = Call::new(Operation::GetApps);
    let own = CallOptions::new().header("authorization", "Basic x").header("x-request-id", "8");
    differing.send(call.options(own)).await.unwrap();
    let request = other.requests().remove(1);
    assert_eq!(request.header("authorization"), "Basic x");
    assert_eq!((request.header("x-request-id"), request.header("user-agent")), ("8", "shop"));
}

#[tokio::test]
async fn a_provider_is_asked_once_for_each_call() {
    let stub = Stub::start([Act::refusal(503, "overloaded"), Act::json(200, TOKEN)]).await;
    let asked = Arc::new(AtomicU32::new(0));
    let counted = asked.clone();
    let provided = builder(&stub.base).secret_provider(move || {
        Ok(Secret::new(format!("onlyauth_sk_{}", counted.fetch_add(1, Ordering::Relaxed)))?)
    });
    let provided = provided.build().unwrap();
    call(&provided, Operation::CreateAccessToken).await.unwrap();
    call(&provided, Operation::CreateAccessToken).await.unwrap();
    let secrets: Vec<_> = stub.requests();
    let secrets: Vec<_> = secrets.iter().map(|request| request.header("authorization")).collect();
    assert_eq!(secrets, ["Bearer onlyauth_sk_0", "Bearer onlyauth_sk_0", "Bearer onlyauth_sk_1"]);

    let failing = builder(&stub.base).secret_provider(|| Err("the vault is sealed".into()));
    let error = refused(call(&failing.build().unwrap(), Operation::GetApps).await);
    assert!(matches!(error, Error::Secret(_)) && !error.may_have_taken_effect(), "{error}");
    assert_eq!(stub.requests().len(), 3);
}

#[tokio::test]
async fn what_can_not_be_sent_is_not() {
    let stub = Stub::start([Act::json(200, "{}")]).await;
    let client = client(&stub.base);
    let header = |name: &str, value: &str| {
        Call::new(Operation::GetApps).options(CallOptions::new().header(name, value))
    };
    let elsewhere = CallOptions::new().server_url("http://auth.example");
    for call in [
        header("x-ok", "hush\r\nx-not: ok"),
        header("no name", "hush"),
        Call::new(Operation::GetAppById).path("app_id", ".."),
        Call::new(Operation::GetAppById).query("app_id", APP),
        Call::new(Operation::GetApps).form("client_id", CLIENT),
        Call::new(Operation::GetApps).options(elsewhere),
    ] {
        let error = refused(client.send(call).await);
        assert!(matches!(error, Error::Call(_) | Error::Configuration(_)), "{error}");
        assert!(!error.may_have_taken_effect());
    }
    let bare = Client::builder().server_url(&stub.base).build().unwrap();
    assert!(matches!(refused(bare.get_apps(CLIENT).await), Error::Configuration(_)));
    assert_eq!(stub.connections(), 0);
}

#[test]
fn a_wrong_setting_is_told_when_the_client_is_made() {
    for (what, builder) in [
        ("https://", Client::builder().server_url("auth.example")),
        ("use https", Client::builder().server_url("http://auth.example")),
        ("empty", Client::builder().secret(" ")),
        ("user agent", Client::builder().user_agent_suffix("a\nb")),
        ("PEM", Client::builder().root_certificates_pem("no certificate")),
    ] {
        let error = refused(builder.build());
        assert!(error.to_string().contains(what), "{what}: {error}");
    }
    let allowed = Client::builder().server_url("http://auth.example").allow_plain_http(true);
    assert!(allowed.build().is_ok());
}

#[test]
fn requests_and_clients_show_nothing_of_what_they_hold() {
    let client = builder("http://localhost:1").timeout(Duration::from_secs(1));
    let shown = format!("{client:?}");
    assert_silent(&shown);
    let client = client.build().unwrap();
    let options =
        CallOptions::new().secret(Secret::new(SECRET).unwrap()).header("authorization", SECRET);
    let request = Call::from(&validation()).options(options.clone());
    assert_silent(&format!("{:?} {request:?} {:?}", client.with(&options), validation()));
    let (access, inbox) = (crate::support::calls::access_token(), crate::support::calls::inbox());
    assert_silent(&format!(
        "{access:?} {inbox:?} {:?} {:?}",
        Call::from(&access),
        Call::from(&inbox)
    ));
    assert!(format!("{:?}", settings()).contains("My shop"));
}

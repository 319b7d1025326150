//! What answers mean, and that nothing of them is shown which must not be.

use std::time::Duration;

use onlyauth_client::{Call, Error, Operation};

use crate::support::calls::{APP, CLIENT, access_token, factor_link, inbox, validation};
use crate::support::{
    ACCESS_TOKEN, Act, CODE, END_USER, PHONE, SECRET, SUCCESS_TOKEN, Stub, assert_silent, at, call,
    client, refused,
};

fn proof(end_user: &str) -> String {
    format!(
        r#"{{"token":"{SUCCESS_TOKEN}","end_user_uuid":"{end_user}","end_user_phone_number":"{PHONE}",
        "action_id":"ACTN-1","app_id":"{APP}","channels":["sms"],"channel":"sms","amr":["sms","otp"],
        "timestamp":1795500000,"phone_changed":true,"shoe_size":"hush"}}"#
    )
}

#[tokio::test]
async fn answers_are_read_whole_and_shown_without_what_is_personal() {
    let token = format!(r#"{{"token":"{ACCESS_TOKEN}","language":"en","later":"hush"}}"#);
    let message = format!(
        r#"{{"messages":[{{"id":"MESG-1","channel":"sms","end_user_phone_number":"{PHONE}","code":"{CODE}",
        "end_user_uuid":"{END_USER}","body":"Your code is {CODE}.","created_at":1795500000}}]}}"#
    );
    let url = format!("https://auth.example/factors?token={ACCESS_TOKEN}&app_id={APP}");
    let link = format!(r#"{{"url":"{url}","expires_at":1795500900,"later":"hush"}}"#);
    let acts = [token, link, proof(END_USER), message].map(|body| Act::json(200, &body));
    let stub = Stub::start(acts).await;
    let client = client(&stub.base);
    let access = client.create_access_token(&access_token()).await.unwrap();
    let link = client.create_factor_link(&factor_link()).await.unwrap();
    let proof = client.validate_success_token(&validation()).await.unwrap();
    let messages = client.get_sandbox_messages(&inbox()).await.unwrap();
    assert_silent(&format!("{access:?} {link:?} {proof:?} {messages:?}"));
    assert_eq!((access.token.as_str(), access.language.as_deref()), (ACCESS_TOKEN, Some("en")));
    assert_eq!((link.url, link.expires_at), (url, 1_795_500_900));
    assert_eq!(proof.end_user_phone_number, PHONE);
    assert_eq!((proof.channel.as_str(), proof.timestamp), ("sms", 1_795_500_000));
    assert!(proof.phone_changed);
    assert_eq!(proof.amr, ["sms", "otp"]);
    assert_eq!(proof.further.get("shoe_size").unwrap(), "hush");
    assert_eq!(messages[0].code, CODE);
}

/// Nobody was asked: the device stood in for all channels, and proved nothing.
#[tokio::test]
async fn a_trusted_device_is_a_channel_without_methods() {
    let trusted = proof(END_USER)
        .replace(
            r#""channels":["sms"],"channel":"sms""#,
            r#""channels":["trusted_device"],"channel":"trusted_device""#,
        )
        .replace(r#"["sms","otp"]"#, "[]");
    let stub = Stub::start([Act::json(200, &trusted)]).await;
    let proof = client(&stub.base).validate_success_token(&validation()).await.unwrap();
    assert_eq!((proof.channel.as_str(), proof.channels.len()), ("trusted_device", 1));
    assert!(proof.amr.is_empty());
}

#[tokio::test]
async fn servers_that_say_less_or_more_are_understood() {
    let short = r#"{"token":"t","end_user_uuid":"user-hush-42","end_user_phone_number":"+1"}"#;
    let app =
        r#"{"app":[{"id":"a","client_id":"c","enabled":0,"theme_radius":null,"colour":"red"}]}"#;
    let stub = Stub::start([Act::json(200, short), Act::json(200, app)]).await;
    let client = client(&stub.base);
    let proof = client.validate_success_token(&validation()).await.unwrap();
    assert!(proof.action_id.is_empty() && proof.channels.is_empty() && proof.further.is_empty());
    let app = client.get_app_by_id(APP, CLIENT).await.unwrap();
    assert!(!app.enabled && app.redirect_uris.is_empty());
    assert_eq!(app.further.iter().collect::<Vec<_>>(), [("colour", &serde_json::json!("red"))]);
}

#[tokio::test]
async fn another_end_users_token_is_an_error_on_either_side() {
    let stub = Stub::start([
        Act::json(200, &proof("user-hush-43")),
        Act::json(200, &proof("user-hush-43")),
        Act::refusal(400, "end_user_mismatch"),
        Act::json(200, &proof("user-hush-43")),
    ])
    .await;
    let client = client(&stub.base);
    let by_answer = refused(client.validate_success_token(&validation()).await);
    assert!(matches!(by_answer, Error::EndUserMismatch));
    assert!(by_answer.is_end_user_mismatch() && by_answer.may_have_taken_effect());
    let by_query = refused(client.validate_success_token_by_query(&validation()).await);
    assert!(by_query.is_end_user_mismatch());
    let by_server = refused(client.validate_success_token(&validation()).await);
    assert!(by_server.is_end_user_mismatch() && !by_server.may_have_taken_effect());
    let expected = onlyauth_client::ValidateSuccessToken { end_user_uuid: None, ..validation() };
    assert_eq!(
        client.validate_success_token(&expected).await.unwrap().end_user_uuid,
        "user-hush-43"
    );
}

#[tokio::test]
async fn a_refusal_says_what_the_server_said() {
    let body = r#"{"error":"Invalid Request","code":"invalid_request",
        "errors":["'language' is required.","'region' is required."],"later":1}"#;
    let stub = Stub::start([Act::json(400, body).with("x-request-id: 7")]).await;
    let error = refused(call(&client(&stub.base), Operation::CreateAccessToken).await);
    let words = "the server answered 400 invalid_request: Invalid Request ('language' is required. \
                 'region' is required.)";
    assert_eq!(error.to_string(), words);
    assert_eq!((error.status(), error.code()), (Some(400), Some("invalid_request")));
    assert!(!error.may_have_taken_effect());
    let Error::Api(refusal) = error else { panic!("{error}") };
    assert_eq!(refusal.errors.len(), 2);
    assert_eq!(refusal.raw().header("X-Request-ID"), Some("7"));
    assert_eq!(refusal.raw().body(), body);
}

#[tokio::test]
async fn a_refusal_that_repeats_what_was_sent_is_not_repeated() {
    let echo = format!(
        r#"{{"error":"No {SECRET} {SUCCESS_TOKEN} {ACCESS_TOKEN} {PHONE}","code":"{SECRET}",
        "errors":["Bearer {SECRET}","token={SUCCESS_TOKEN}&x","+1 415 555 2671"]}}"#
    );
    let client = client("http://localhost:1");
    let page = format!("<p>{SECRET} {SUCCESS_TOKEN} {PHONE}</p>");
    let html = "content-type: text/html\r\n".to_owned();
    let odd = format!("content-type: text/{SUCCESS_TOKEN}\r\n");
    let away = format!("location: https://elsewhere.example/?token={SUCCESS_TOKEN}\r\n");
    for act in [
        Act::json(400, &echo),
        Act::json(500, &echo),
        Act::Answer(500, html.clone(), page.clone()),
        Act::Answer(200, html, page.clone()),
        Act::Answer(200, odd, page.clone()),
        Act::Answer(302, away, page.clone()),
        // What a parser would complain about by repeating it.
        Act::json(
            200,
            &format!(r#"{{"token":["{SUCCESS_TOKEN}"],"apps":"{PHONE}","app":"{PHONE}"}}"#),
        ),
        Act::json(200, &format!(r#""{SECRET}"#)),
    ] {
        let stub = Stub::start([act]).await;
        let client = at(&client, &stub);
        for operation in Operation::ALL {
            let result = call(&client, operation).await;
            // Of what says that an app or an end user is gone, nothing more is read.
            let gone = [Operation::DeleteApp, Operation::EraseUser].contains(&operation);
            if !(gone && result.is_ok()) {
                refused(result);
            }
        }
        assert_eq!(stub.requests().len(), Operation::ALL.len());
    }
}

#[tokio::test]
async fn what_is_no_answer_of_the_api_is_told_apart() {
    let client = client("http://localhost:1");
    let html = || "content-type: text/html; charset=utf-8\r\n".to_owned();
    for (act, status, unexpected, undecodable) in [
        (Act::Answer(200, html(), "<p>".to_owned()), 200, true, false),
        (Act::Answer(200, String::new(), "{}".to_owned()), 200, true, false),
        (Act::Answer(204, String::new(), String::new()), 204, true, false),
        (Act::json(200, "{"), 200, false, true),
        (Act::json(200, ""), 200, false, true),
        (Act::json(200, r#"{"app":[]}"#), 200, false, true),
        (Act::json(200, r#"{"app":{}}"#), 200, false, true),
        (Act::json(200, r#"{"app":[{"id":"a","client_id":"c","enabled":2}]}"#), 200, false, true),
        (Act::Answer(404, html(), "<p>".to_owned()), 404, false, false),
    ] {
        let stub = Stub::start([act.clone()]).await;
        let error = refused(at(&client, &stub).get_app_by_id(APP, CLIENT).await);
        assert_eq!(error.status(), Some(status), "{act:?}");
        assert_eq!(
            matches!(error, Error::UnexpectedContentType(_)),
            unexpected,
            "{act:?}: {error}"
        );
        assert_eq!(matches!(error, Error::Undecodable { .. }), undecodable, "{act:?}: {error}");
        assert_eq!(error.raw().unwrap().status(), status);
    }
}

#[tokio::test]
async fn json_is_known_by_any_of_its_names() {
    for kind in ["application/json", "Application/JSON; charset=utf-8", "application/problem+json"]
    {
        let headers = format!("content-type: {kind}\r\n");
        let stub = Stub::start([Act::Answer(200, headers, r#"{"apps":[]}"#.to_owned())]).await;
        assert_eq!(client(&stub.base).get_apps(CLIENT).await.unwrap(), []);
    }
}

#[tokio::test]
async fn the_raw_answer_is_the_answer() {
    let headers =
        "Content-Type: text/plain\r\nX-B: 1\r\nX-A: 2\r\nX-C: \u{e4}\r\nRetry-After: 7\r\n";
    let stub = Stub::start([Act::Answer(418, headers.to_owned(), format!("{SECRET}\n"))]).await;
    let call = Call::new(Operation::GetAppById).path("app_id", APP).query("client_id", CLIENT);
    let raw = client(&stub.base).send(call).await.unwrap();
    assert_eq!((raw.status(), raw.is_success(), raw.attempts()), (418, false, 1));
    assert_eq!(raw.body().as_ref(), format!("{SECRET}\n").as_bytes());
    let names: Vec<_> = raw.headers().map(|(name, _)| name).collect();
    let in_order = ["content-type", "x-b", "x-a", "x-c", "retry-after", "content-length"];
    assert_eq!(names, in_order);
    assert!(raw.headers().any(|header| header == ("x-c", "\u{e4}".as_bytes())));
    assert_eq!(raw.retry_after(), Some(Duration::from_secs(7)));
    assert_eq!(raw.url(), format!("{}/apps/{APP}?client_id={CLIENT}", stub.base));
    assert_silent(&format!("{raw:?}"));
}

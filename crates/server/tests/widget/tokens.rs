//! Forged and altered access tokens at the door.

use data_encoding::BASE64URL_NOPAD;
use serde_json::{Value, json};

use crate::support::{EndUser, TestServer, Widget};

fn part(token: &str, index: usize) -> Value {
    let part = token.split('.').nth(index).unwrap();
    serde_json::from_slice(&BASE64URL_NOPAD.decode(part.as_bytes()).unwrap()).unwrap()
}

fn encode(value: &Value) -> String {
    BASE64URL_NOPAD.encode(value.to_string().as_bytes())
}

/// HMAC with a key of the attacker's choice.
fn sign(header: &Value, claims: &Value, key: &[u8]) -> String {
    let message = format!("{}.{}", encode(header), encode(claims));
    let key = aws_lc_rs::hmac::Key::new(aws_lc_rs::hmac::HMAC_SHA256, key);
    let tag = aws_lc_rs::hmac::sign(&key, message.as_bytes());
    format!("{message}.{}", BASE64URL_NOPAD.encode(tag.as_ref()))
}

#[tokio::test]
async fn row_18_thirty_forgeries_open_nothing() {
    let server = TestServer::start().await;
    let (backend, app) = server.shop().await;
    let genuine = backend.widget(&app, &EndUser::ann()).await;
    let (header, claims) = (part(&genuine.token, 0), part(&genuine.token, 1));
    let with = |name: &str, value: Value| {
        let mut header = header.clone();
        header[name] = value;
        header
    };
    let kid = header["kid"].as_str().unwrap();
    let signature = genuine.token.rsplit('.').next().unwrap();
    let (head, body) = (encode(&header), encode(&claims));
    let mut forged: Vec<String> = Vec::new();
    for alg in ["none", "None", "NONE", "HS384", "HS512", "RS256", "ES256", "PS256", "EdDSA", ""] {
        forged.push(sign(&with("alg", json!(alg)), &claims, b""));
        forged.push(format!("{}.{body}.", encode(&with("alg", json!(alg)))));
        forged.push(format!("{}.{body}.{signature}", encode(&with("alg", json!(alg)))));
    }
    for (name, value) in [
        ("jku", json!("https://evil.example/jwks")),
        ("jwk", json!({"kty": "oct", "k": "AAAA"})),
        ("x5u", json!("https://evil.example/x")),
        ("crit", json!(["exp"])),
        ("typ", json!("JWT")),
        ("kid", json!("../../../dev/null")),
        ("kid", json!("")),
        ("kid", json!("RKEY-01a20c51-bde5-7bf5-bc93-971a93899610")),
        ("kid", json!("' OR '1'='1")),
        ("b64", json!(false)),
    ] {
        forged.push(sign(&with(name, value.clone()), &claims, b""));
        forged.push(format!("{}.{body}.{signature}", encode(&with(name, value))));
    }
    for key in [&b""[..], b"secret", &[0; 32], kid.as_bytes(), app.as_bytes()] {
        forged.push(sign(&header, &claims, key));
    }
    forged.push(json!({"payload": body, "protected": head, "signature": signature}).to_string());
    forged.push(format!("{head}..{signature}"));
    forged.push(format!("{head}.{body}.{signature}.{signature}"));
    assert!(forged.len() >= 30);
    for token in forged {
        refused(&genuine, token).await;
    }
    assert_eq!(genuine.open().await.state(), "choose", "the genuine one still opens");
}

#[tokio::test]
async fn row_19_altered_pasted_foreign_and_expired_tokens_open_nothing() {
    let server = TestServer::start().await;
    let (backend, app) = server.shop().await;
    let other_app = backend.sandbox_app().await;
    let one = backend.widget(&app, &EndUser::ann()).await;
    let two = backend.widget(&app, &EndUser::number(2)).await;
    // One altered bit, everywhere.
    for at in (0..one.token.len()).step_by(17) {
        let mut bytes = one.token.clone().into_bytes();
        bytes[at] ^= 1;
        if let Ok(token) = String::from_utf8(bytes) {
            refused(&one, token).await;
        }
    }
    // The sealed claim of another token.
    let mut claims = part(&one.token, 1);
    claims["sealed"] = part(&two.token, 1)["sealed"].clone();
    let parts: Vec<&str> = one.token.split('.').collect();
    refused(&one, format!("{}.{}.{}", parts[0], encode(&claims), parts[2])).await;
    // Another app's address.
    let moved = Widget { app: other_app, ..one.clone() };
    assert_eq!(moved.open().await.status, 401);
    assert_eq!(moved.send().await.state(), "bad_token");
    // Two tokens in one address, and none.
    let url = format!("{0}/client?token={1}&token={1}&app_id={2}", one.base, one.token, one.app);
    let text = server.http.get(url).send().await.unwrap().text().await.unwrap();
    assert!(text.contains("data-state=\"resume\""), "{text}");
    // Expired.
    server.clock.advance(std::time::Duration::from_mins(5));
    let page = one.open().await;
    assert_eq!((page.status, page.state()), (401, "token_expired"));
}

async fn refused(genuine: &Widget, token: String) {
    let widget = Widget { token: url_encoded(&token), ..genuine.clone() };
    let page = widget.open().await;
    assert_eq!((page.status, page.state()), (401, "bad_token"), "{token}");
    let posted = Widget { token, ..genuine.clone() };
    let page = posted.post(&[("do", "send"), ("sends", "0")]).await;
    assert_eq!((page.status, page.state()), (401, "bad_token"));
}

fn url_encoded(text: &str) -> String {
    url::form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

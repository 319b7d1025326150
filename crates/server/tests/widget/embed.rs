//! What pages that embed the widget fetch.

use reqwest::header::HeaderMap;
use serde_json::Value;

use crate::support::TestServer;

/// As served to browsers.
const MOST_BYTES: usize = 3_000;

async fn fetch(
    server: &TestServer,
    path: &str,
    headers: &[(&str, &str)],
) -> (u16, HeaderMap, Vec<u8>) {
    let mut request = server.http.get(format!("{}{path}", server.base()));
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let response = request.send().await.unwrap();
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    (status, headers, response.bytes().await.unwrap().to_vec())
}

#[tokio::test]
async fn the_script_is_small_and_for_everybody() {
    let server = TestServer::start().await;
    let path = "/v1/embed.js";
    let (status, headers, plain) = fetch(&server, path, &[]).await;
    assert_eq!(status, 200);
    for (name, value) in [
        ("content-type", "text/javascript; charset=utf-8"),
        ("access-control-allow-origin", "*"),
        ("cross-origin-resource-policy", "cross-origin"),
        ("x-content-type-options", "nosniff"),
        ("cache-control", "public, max-age=300"),
        ("vary", "accept-encoding"),
    ] {
        assert_eq!(headers[name], value, "{name}");
    }
    let (_, headers, small) = fetch(&server, path, &[("accept-encoding", "gzip, br")]).await;
    assert_eq!(headers["content-encoding"], "br");
    assert!(small.len() <= MOST_BYTES, "{} bytes", small.len());
    let mut unpacked = Vec::new();
    brotli::BrotliDecompress(&mut small.as_slice(), &mut unpacked).unwrap();
    assert!(unpacked == plain);

    let tag = headers["etag"].to_str().unwrap();
    let again = [("accept-encoding", "br"), ("if-none-match", tag)];
    let (status, headers, body) = fetch(&server, path, &again).await;
    assert_eq!((status, body.len()), (304, 0));
    assert_eq!(headers["access-control-allow-origin"], "*");
    // Another encoding is another file.
    let (status, _, _) = fetch(&server, path, &[("if-none-match", tag)]).await;
    assert_eq!(status, 200);
}

#[tokio::test]
async fn the_rarer_texts_are_modules_by_language() {
    let server = TestServer::start().await;
    let (status, headers, body) = fetch(&server, "/v1/texts/en.js", &[]).await;
    assert_eq!(
        (status, &headers["content-type"]),
        (200, &"text/javascript; charset=utf-8".parse().unwrap())
    );
    let body = String::from_utf8(body).unwrap();
    // What the script says until they have come is the same.
    let script = String::from_utf8(fetch(&server, "/v1/embed.js", &[]).await.2).unwrap();
    let list: Vec<String> =
        serde_json::from_str(body.trim_start_matches("export default ").trim_end_matches(";\n"))
            .unwrap();
    assert_eq!(list.len(), 2);
    for text in list {
        assert!(script.contains(&format!("\"{text}\"")), "{text}");
    }
    for name in ["tlh.js", "en", "..%2f..%2fetc%2fpasswd", "%ff"] {
        assert_eq!(fetch(&server, &format!("/v1/texts/{name}"), &[]).await.0, 404, "{name}");
    }
}

#[tokio::test]
async fn the_schema_of_the_events_is_published() {
    let server = TestServer::start().await;
    let (status, headers, body) = fetch(&server, "/v1/events.schema.json", &[]).await;
    assert_eq!(status, 200);
    assert_eq!(headers["content-type"], "application/schema+json");
    assert_eq!(headers["access-control-allow-origin"], "*");
    let schema: Value = serde_json::from_slice(&body).unwrap();
    let kinds: Vec<_> = schema["oneOf"].as_array().unwrap().iter().collect();
    assert_eq!(kinds.len(), 10);
    for kind in kinds {
        let name = kind["$ref"].as_str().unwrap().trim_start_matches("#/$defs/");
        let kind = &schema["$defs"][name];
        assert_eq!(kind["properties"]["type"]["const"], name);
        assert_eq!(kind["required"], serde_json::json!(["type", "v", "id", "ts", "data"]));
        assert_eq!(kind["additionalProperties"], false, "{name}");
    }
}

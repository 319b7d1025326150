//! The style sheet and the script: where they are, how they travel, and how they follow an app's theme.

use reqwest::header::{ACCEPT_ENCODING, HeaderMap};

use crate::support::{EndUser, TestServer};

const SHEET: &str = "rel=\"stylesheet\" href=\"";
const SCRIPT: &str = "type=\"module\" src=\"";

fn address<'a>(html: &'a str, before: &str) -> &'a str {
    html.split(before).nth(1).unwrap().split('"').next().unwrap()
}

struct Answer {
    status: u16,
    headers: HeaderMap,
    body: Vec<u8>,
}

impl Answer {
    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

async fn get(server: &TestServer, path: &str, codings: &str) -> Answer {
    let request = server.http.get(server.base() + path).header(ACCEPT_ENCODING, codings);
    let answer = request.send().await.unwrap();
    let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
    Answer { status, headers, body: answer.bytes().await.unwrap().to_vec() }
}

#[tokio::test]
async fn assets_are_kept_for_ever_under_their_version_only() {
    let server = TestServer::start().await;
    let (backend, app) = server.shop().await;
    let page = backend.widget(&app, &EndUser::ann()).await.open().await;
    for before in [SHEET, SCRIPT] {
        let now = get(&server, address(&page.html, before), "").await;
        assert_eq!(now.header("cache-control"), "public, max-age=31536000, immutable");
    }
    for path in ["/assets/0000000000000000/widget.css", "/assets/0000000000000000/c/widget.css"] {
        let old = get(&server, path, "").await;
        assert_eq!((old.status, old.header("cache-control")), (200, "no-store"));
    }
    assert_eq!(get(&server, "/assets/x/other.css", "").await.status, 404);
}

#[tokio::test]
async fn assets_are_compressed_and_pages_with_tokens_are_not() {
    let server = TestServer::start().await;
    let (backend, app) = server.shop().await;
    let widget = backend.widget(&app, &EndUser::ann()).await;
    let page = widget.open().await;
    for before in [SHEET, SCRIPT] {
        let path = address(&page.html, before);
        let plain = get(&server, path, "").await;
        assert_eq!(
            (plain.header("content-encoding"), plain.header("vary")),
            ("", "accept-encoding")
        );
        for (accepted, coding) in [("gzip, deflate, br, zstd", "br"), ("br;q=0, gzip", "gzip")] {
            let answer = get(&server, path, accepted).await;
            assert_eq!(answer.header("content-encoding"), coding);
            assert_eq!(answer.header("vary"), "accept-encoding");
            assert_eq!(answer.header("content-length"), answer.body.len().to_string());
            assert!(answer.body.len() * 2 < plain.body.len(), "{coding}: {}", answer.body.len());
        }
    }
    // What is compressed beside a token can be guessed by its length.
    let path = format!("/client?token={}&app_id={}", widget.token, widget.app);
    let page = get(&server, &path, "gzip, br").await;
    assert_eq!((page.status, page.header("content-encoding")), (200, ""));
}

#[tokio::test]
async fn a_page_uses_the_style_sheet_of_its_apps_theme() {
    let server = TestServer::start().await;
    let (backend, app) = server.shop().await;
    let widget = backend.widget(&app, &EndUser::ann()).await;
    let ours = widget.open().await;
    let ours = address(&ours.html, SHEET);
    assert_eq!(ours.split('/').count(), 4, "{ours}");
    let theme = [("theme_primary", "#064"), ("theme_radius", "4"), ("theme_density", "compact")];
    assert_eq!(backend.change(&app, &theme).await.status, 200);
    let page = widget.open().await;
    let path = address(&page.html, SHEET);
    assert!(path.ends_with("/p006644-r4-c/widget.css"), "{path}");
    let sheet = get(&server, path, "").await;
    let text = String::from_utf8(sheet.body).unwrap();
    assert!(text.contains("--primary:#006644;") && text.contains("--radius:4px;"), "{text}");
    // Pages that end a login look the same.
    backend.change(&app, &[("enabled", "0")]).await;
    let over = widget.open().await;
    assert_eq!((over.state(), address(&over.html, SHEET)), ("app_disabled", path));
}

#[tokio::test]
async fn only_listed_values_come_out_of_an_address() {
    let server = TestServer::start().await;
    for segment in [
        "-",
        "p06",
        "pzzzzzz",
        "c-p006644",
        "r10",
        "r25",
        "fpapyrus",
        "p006644;}*%7Bbackground:url(x)",
        "p006644%2F..",
        "%ff",
        "%7D",
    ] {
        let answer = get(&server, &format!("/assets/x/{segment}/widget.css"), "").await;
        assert_eq!(answer.status, 404, "{segment}");
    }
}

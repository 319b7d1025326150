//! Several base URLs, one server: who is sent where.

use reqwest::Response;

use crate::support::{Backend, EndUser, TestServer};
use onlyauth_server::config::{Config, ServedRegion};

/// us-1 and eu-1, each at an address of its own; the API's is a third.
fn two_regions(config: &mut Config) {
    let region = |name: &str, base_url: &str| ServedRegion {
        name: name.parse().unwrap(),
        base_url: base_url.parse().unwrap(),
    };
    config.server.base_url = "https://api.auth.example".parse().unwrap();
    config.regions = vec![
        region("us-1", "https://us.auth.example"),
        region("eu-1", "https://eu.auth.example:8443"),
    ];
}

async fn token(backend: &Backend, app: &str, region: &str) -> String {
    let changes = [("region", Some(region))];
    let answer = backend.create_access_token(app, &EndUser::ann(), &changes).await;
    answer.json()["token"].as_str().unwrap().to_owned()
}

/// Opens the widget as a browser that was led to `host` would.
async fn open(server: &TestServer, host: &str, query: &str) -> Response {
    let url = format!("{}/client?{query}", server.base());
    server.http.get(url).header("host", host).send().await.unwrap()
}

#[tokio::test]
async fn an_unknown_region_is_refused_with_the_known_ones() {
    let server = TestServer::with(two_regions).await;
    let (backend, app) = server.shop().await;
    let changes = [("region", Some("ap-1"))];
    let answer = backend.create_access_token(&app, &EndUser::ann(), &changes).await;
    assert_eq!(answer.status, 400);
    assert_eq!(answer.problems(), ["'region' must be one of: us-1, eu-1."]);
}

#[tokio::test]
async fn a_widget_at_another_base_url_moves_to_its_regions() {
    let server = TestServer::with(two_regions).await;
    let (backend, app) = server.shop().await;
    for (region, right, others) in [
        ("us-1", "us.auth.example", ["eu.auth.example:8443", "api.auth.example"]),
        ("EU1", "eu.auth.example:8443", ["us.auth.example", "API.auth.example:443"]),
    ] {
        let query = format!(
            "token={}&app_id={app}&theme=dark&x=%0d%0a",
            token(&backend, &app, region).await
        );
        for host in others {
            let response = open(&server, host, &query).await;
            assert_eq!(response.status(), 302, "{region} at {host}");
            let header = |name: &str| response.headers()[name].to_str().unwrap().to_owned();
            assert_eq!(header("location"), format!("https://{right}/client?{query}&moved=1"));
            assert_eq!(header("cache-control"), "no-store");
            assert_eq!(header("referrer-policy"), "no-referrer");
            let policy = header("content-security-policy");
            assert!(policy.contains("frame-ancestors https://shop.example "), "{policy}");
        }
        // There the way ends.
        assert_eq!(open(&server, right, &query).await.status(), 200, "{region}");
    }
}

#[tokio::test]
async fn behind_a_proxy_that_always_writes_the_same_host_nobody_goes_in_circles() {
    let server = TestServer::with(two_regions).await;
    let (backend, app) = server.shop().await;
    let query = format!("token={}&app_id={app}", token(&backend, &app, "eu-1").await);
    let first = open(&server, "us.auth.example", &query).await;
    assert_eq!(first.status(), 302);
    let location = first.headers()["location"].to_str().unwrap();
    let moved = location.split_once('?').unwrap().1;
    assert_eq!(open(&server, "us.auth.example", moved).await.status(), 200);
}

#[tokio::test]
async fn row_40_a_host_that_is_not_ours_changes_nothing() {
    let server = TestServer::with(two_regions).await;
    let (backend, app) = server.shop().await;
    let query = format!("token={}&app_id={app}", token(&backend, &app, "us-1").await);
    let expected = open(&server, "us.auth.example", &query).await.text().await.unwrap();
    for host in [
        "evil.example",
        "us.auth.example.evil.example",
        "eu.auth.example",
        "eu.auth.example:443",
        "user@eu.auth.example:8443",
        "localhost",
        "[::1]:8443",
        "%",
    ] {
        let url = format!("{}/client?{query}", server.base());
        let request = server.http.get(url).header("host", host);
        let request = request.header("x-forwarded-host", "eu.auth.example:8443");
        let request = request.header("forwarded", "host=\"eu.auth.example:8443\"");
        let response = request.send().await.unwrap();
        assert_eq!(response.status(), 200, "{host}");
        assert_eq!(response.text().await.unwrap(), expected, "{host}");
    }
}

#[tokio::test]
async fn a_token_that_is_not_genuine_leads_nowhere() {
    let server = TestServer::with(two_regions).await;
    let (backend, app) = server.shop().await;
    let query = format!("token={}x&app_id={app}", token(&backend, &app, "us-1").await);
    assert_eq!(open(&server, "eu.auth.example:8443", &query).await.status(), 401);
}

#[tokio::test]
async fn a_message_is_bound_to_the_host_of_its_actions_region() {
    let server = TestServer::with(two_regions).await;
    let (backend, app) = server.shop().await;
    for (user, region, host) in [(1, "us-1", "us.auth.example"), (2, "eu-1", "eu.auth.example")] {
        let user = EndUser::number(user);
        let changes = [("region", Some(region))];
        let answer = backend.create_access_token(&app, &user, &changes).await.json();
        let mut widget = backend.widget(&app, &user).await;
        widget.token = answer["token"].as_str().unwrap().to_owned();
        widget.send().await;
        let code = backend.code(&app, &user).await;
        let bound = format!("\n@shop.example #{code} @{host}");
        let messages = backend.messages(&app).await;
        let found =
            messages.iter().any(|message| message["body"].as_str().unwrap().ends_with(&bound));
        assert!(found, "{messages:?} lack {bound}");
    }
}

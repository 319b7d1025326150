//! Secrets where they must not be: the database, the logs, the metrics.

use crate::support::process::{Process, client, command, folder};
use crate::support::server::bytes_of;
use crate::support::{EndUser, TestServer};

fn contains(haystack: &[u8], needle: &str) -> bool {
    haystack.windows(needle.len()).any(|window| window == needle.as_bytes())
}

#[tokio::test]
async fn row_21_a_stolen_database_holds_no_secret_token_phone_or_name() {
    let server = TestServer::start().await;
    let (backend, app) = server.shop().await;
    let user = EndUser::new("planted-end-user", "+12025550199");
    let (widget, page) = backend.pass(&app, &user).await;
    let success = page.success_token().unwrap();
    backend.validate(&app, &success).await;
    let live = backend.live_app().await;
    let other = backend.widget(&live, &user).await;
    let form = other.send().await;
    let code: String = server.outbox.next().await.body.chars().take(6).collect();
    let unredeemed = other.check(&form, &code).await.success_token().unwrap();
    let data = server.data();
    let folder = server.stop().await;
    let master_key = std::fs::read_to_string(data.join("master.key")).unwrap();
    std::fs::remove_file(data.join("master.key")).unwrap();
    let stolen = bytes_of(&data);
    assert!(contains(&stolen, &backend.client_id), "the search finds what is there");
    let hex = master_key.split_whitespace().last().unwrap();
    let secret_body = backend.secret.strip_prefix("onlyauth_sk_").unwrap();
    for planted in [
        &backend.secret,
        secret_body,
        &widget.token,
        &other.token,
        &success,
        &unredeemed,
        &success[42..],
        &unredeemed[42..],
        "+12025550199",
        "2025550199",
        "planted-end-user",
        "keep=1",
        hex,
    ] {
        assert!(!contains(&stolen, planted), "{planted}");
    }
    let raw = data_encoding::HEXLOWER.decode(hex.as_bytes()).unwrap();
    assert!(!stolen.windows(raw.len()).any(|window| window == raw));
    drop(folder);
}

#[tokio::test]
async fn row_23_logs_metrics_and_pages_hold_no_code_token_secret_or_phone() {
    let (_folder, data) = folder();
    command(&data, &["client", "create", "--name", "First"]);
    let environment = [("ONLYAUTH_LOG_LEVEL", "trace"), ("ONLYAUTH_CODES_DIGITS", "10")];
    let server = Process::serve(&data, &environment);
    let backend = client(&data, &server.base());
    let app = backend.sandbox_app().await;
    let user = EndUser::new("planted-end-user", "+12025550199");
    let widget = backend.widget(&app, &user).await;
    let form = widget.send().await;
    let code = backend.code(&app, &user).await;
    widget.check(&form, "1234567890").await;
    let passed = widget.try_code(&code).await;
    let success = passed.success_token().unwrap();
    let path = format!(
        "/server/success-tokens?app_id={app}&client_id={}&token={success}",
        backend.client_id
    );
    assert_eq!(backend.get(&path).await.status, 200);
    assert_eq!(backend.get(&path).await.status, 404);
    let wrong_secret =
        crate::support::Backend { secret: backend.secret.replace('a', "b"), ..backend.clone() };
    assert_eq!(wrong_secret.get(&path).await.status, 401);
    let mut pages = widget.open().await.html;
    pages.push_str(
        &backend.create_access_token(&app, &user, &[("region", Some("moon"))]).await.body,
    );
    let metrics = backend.get("/metrics").await.body;
    let master_key = std::fs::read_to_string(data.join("master.key")).unwrap();
    let (exit, log) = server.stop();
    assert_eq!(exit, Some(0));
    assert!(log.contains("login.passed") && metrics.contains("onlyauth_logins_total"));
    for planted in [
        backend.secret.as_str(),
        &backend.secret[12..40],
        &wrong_secret.secret,
        &widget.token,
        widget.token.rsplit('.').next().unwrap(),
        &success,
        &success[42..],
        &code,
        "1234567890",
        "12025550199",
        "2025550199",
        "planted-end-user",
        "keep=1",
        master_key.split_whitespace().last().unwrap(),
    ] {
        assert!(!log.contains(planted), "log: {planted}");
        assert!(!metrics.contains(planted), "metrics: {planted}");
    }
    for planted in [backend.secret.as_str(), &code, "2025550199", "planted-end-user"] {
        assert!(!pages.contains(planted), "pages: {planted}");
    }
}

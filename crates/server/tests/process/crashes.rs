//! kill -9 at bad moments.

use std::path::Path;

use crate::support::actors::wrong;
use crate::support::process::{Process, client, folder};
use crate::support::{Backend, EndUser, eventually};

#[tokio::test]
async fn row_5_a_crash_does_not_reset_the_count() {
    let (_folder, data) = folder();
    let server = {
        client_first(&data);
        Process::serve(&data, &[])
    };
    let backend = client(&data, &server.base());
    let app = backend.sandbox_app().await;
    let widget = backend.widget(&app, &EndUser::ann()).await;
    widget.send().await;
    let code = backend.code(&app, &EndUser::ann()).await;
    for _ in 0..4 {
        assert_eq!(widget.try_code(&wrong(&code)).await.state(), "wrong_code");
    }
    server.kill();
    let server = Process::serve(&data, &[]);
    let widget = widget.moved(&server.base());
    assert_eq!(
        widget.try_code(&wrong(&code)).await.state(),
        "tries_used_up",
        "the fifth is judged"
    );
    assert_eq!(widget.try_code(&code).await.state(), "tries_used_up", "the sixth is not");
    assert_eq!(widget.try_code(&code).await.success_token(), None);
}

/// Makes the installation before the server starts, so that both know the same key.
fn client_first(data: &Path) {
    crate::support::process::command(data, &["client", "create", "--name", "First"]);
}

#[tokio::test]
async fn row_15_a_crash_while_redeeming_never_gives_two_successes() {
    let (_folder, data) = folder();
    client_first(&data);
    let mut server = Process::serve(&data, &[]);
    let mut backend = client(&data, &server.base());
    let app = backend.sandbox_app().await;
    for round in 0..12_u32 {
        let (_, page) = backend.pass(&app, &EndUser::number(round)).await;
        let token = page.success_token().unwrap();
        let before = consumed(&data);
        let redeeming = {
            let (backend, app, token) = (backend.clone(), app.clone(), token.clone());
            tokio::spawn(async move { redeem(&backend, &app, &token).await })
        };
        // Every other round the kill follows the commit at once, as soon as another process can see it.
        let after_commit = round % 2 == 0;
        if after_commit {
            eventually("the commit", || async { (consumed(&data) > before).then_some(()) }).await;
        }
        server.kill();
        let first = redeeming.await.unwrap();
        server = Process::serve(&data, &[]);
        backend = backend.moved(&server.base());
        let second = redeem(&backend, &app, &token).await.unwrap();
        let third = redeem(&backend, &app, &token).await.unwrap();
        match first {
            Some(200) => assert_eq!(second, 404, "round {round}: told, so it is consumed"),
            None if after_commit => assert_eq!(second, 404, "round {round}: consumed, not told"),
            // It may have happened or not, but not twice.
            None => assert!([200, 404].contains(&second), "round {round}: {second}"),
            Some(other) => panic!("round {round}: {other}"),
        }
        assert_eq!(third, 404, "round {round}");
    }
    let ok = database(&data)
        .query_row("PRAGMA integrity_check", [], |row| row.get::<_, String>(0))
        .unwrap();
    assert_eq!(ok, "ok");
}

fn database(data: &Path) -> rusqlite::Connection {
    rusqlite::Connection::open(data.join("onlyauth.db")).unwrap()
}

/// How many success tokens are consumed, as another process sees it.
fn consumed(data: &Path) -> u32 {
    let count = "SELECT count(*) FROM success_tokens WHERE consumed_at IS NOT NULL";
    database(data).query_row(count, [], |row| row.get(0)).unwrap()
}

/// The status, or None where the connection broke before an answer.
async fn redeem(backend: &Backend, app: &str, token: &str) -> Option<u16> {
    let fields = [("app_id", app), ("client_id", backend.client_id.as_str()), ("token", token)];
    let request = backend
        .request(reqwest::Method::POST, "/server/success-tokens")
        .header("content-type", "application/x-www-form-urlencoded")
        .body(crate::support::form(&fields));
    Some(request.send().await.ok()?.status().as_u16())
}

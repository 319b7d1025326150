//! kill -9 of one instance while the others go on.

use super::processes::Processes;
use crate::support::{Backend, EndUser, eventually, form};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn row_15_a_crash_while_redeeming_never_gives_two_successes_over_three_instances() {
    let processes = Processes::new();
    let mut servers = processes.serve_all();
    let backend = processes.client(&servers[0].base());
    let app = backend.sandbox_app().await;
    let consumed = "SELECT count(*) FROM success_tokens WHERE consumed_at IS NOT NULL";
    for round in 0..12_u32 {
        let (_, page) = backend.moved(&servers[0].base()).pass(&app, &EndUser::number(round)).await;
        let token = page.success_token().unwrap();
        let before = processes.ask(consumed);
        let redeeming = {
            let backend = backend.moved(&servers[0].base());
            let (app, token) = (app.clone(), token.clone());
            tokio::spawn(async move { redeem(&backend, &app, &token).await })
        };
        // Every other round the kill follows the commit at once, as soon as another session can see it.
        let after_commit = round % 2 == 0;
        if after_commit {
            eventually("the commit", || async {
                (processes.ask(consumed) != before).then_some(())
            })
            .await;
        }
        servers.remove(0).kill();
        let first = redeeming.await.unwrap();
        // Both others at once, and then whoever takes the place of the one that is gone.
        let others: Vec<_> = servers
            .iter()
            .map(|server| {
                let backend = backend.moved(&server.base());
                let (app, token) = (app.clone(), token.clone());
                tokio::spawn(async move { redeem(&backend, &app, &token).await })
            })
            .collect();
        let mut later = Vec::new();
        for other in others {
            later.push(other.await.unwrap().unwrap());
        }
        servers.push(processes.serve());
        let newest = backend.moved(&servers.last().unwrap().base());
        later.push(redeem(&newest, &app, &token).await.unwrap());
        assert!(later.iter().all(|status| [200, 404].contains(status)), "round {round}: {later:?}");
        let successes = later.iter().filter(|status| **status == 200).count();
        match first {
            Some(200) => assert_eq!(successes, 0, "round {round}: told, so it is consumed"),
            None if after_commit => assert_eq!(successes, 0, "round {round}: consumed, not told"),
            // It may have happened or not, but not twice.
            None => assert!(successes <= 1, "round {round}: {later:?}"),
            Some(other) => panic!("round {round}: {other}"),
        }
    }
}

/// The status, or None where the connection broke before an answer.
async fn redeem(backend: &Backend, app: &str, token: &str) -> Option<u16> {
    let fields = [("app_id", app), ("client_id", backend.client_id.as_str()), ("token", token)];
    let request = backend
        .request(reqwest::Method::POST, "/server/success-tokens")
        .header("content-type", "application/x-www-form-urlencoded")
        .body(form(&fields));
    Some(request.send().await.ok()?.status().as_u16())
}

//! security.md rows 5 and 15: what was acknowledged is there after the process was killed.

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Command, Stdio};

use onlyauth_store::{Attempt, AttemptOutcome, Database, Judged, Redemption, database_path};

use super::support::*;

const FOLDER: &str = "STORE_TEST_FOLDER";
/// Not set on SQLite.
const SERVER: &str = "STORE_TEST_SERVER";
const ACKNOWLEDGED: &str = "acknowledged";

/// Not a test by itself: the process that the next one kills. It prints what was acknowledged.
#[test]
#[ignore = "the child process of the test below"]
fn child_that_is_killed() {
    let Some(folder) = std::env::var_os(FOLDER).map(PathBuf::from) else {
        return;
    };
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).build().unwrap();
    runtime.block_on(async {
        let database = std::env::var(SERVER)
            .map_or_else(|_| Database::Sqlite(database_path(&folder)), |url| on_server(&url));
        let store = serve(database.claim(&folder).unwrap(), database);
        store.client_create(&new_client(1)).await.unwrap();
        for mark in 1..=u8::MAX {
            send_first(&store, mark).await;
            for form in 1..=4 {
                store.challenge_attempt(&attempt(mark, form, Judged::Wrong)).await.unwrap();
            }
            println!("{ACKNOWLEDGED} wrong {mark}");
            if mark % 2 == 0 {
                store.challenge_attempt(&attempt(mark, 5, right(mark))).await.unwrap();
                println!("{ACKNOWLEDGED} passed {mark}");
            }
            if mark % 4 == 0 {
                store.success_token_consume(&redeem(mark)).await.unwrap();
                println!("{ACKNOWLEDGED} redeemed {mark}");
            }
        }
    });
    panic!("it should have been killed");
}

#[tokio::test]
async fn row_5_and_15_what_was_acknowledged_survives_a_kill() {
    let dir = installation();
    let (_, module) = module_path!().split_once("::").unwrap();
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", &format!("{module}::child_that_is_killed"), "--ignored", "--nocapture"])
        .env(FOLDER, dir.path())
        .envs(dir.url().map(|url| (SERVER, url)))
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let acknowledged: Vec<String> = lines
        .map(Result::unwrap)
        .filter_map(|line| line.split_once(ACKNOWLEDGED).map(|(_, event)| event.trim().to_owned()))
        .take(60)
        .collect();
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!(acknowledged.len(), 60);

    let store = dir.open();
    assert_eq!(store.integrity_check().await, Ok(vec![]));
    for event in &acknowledged {
        let (kind, mark) = event.split_once(' ').unwrap();
        let mark: u8 = mark.parse().unwrap();
        let challenge = login(&store, mark).await.challenge.unwrap();
        match kind {
            "wrong" => assert!(challenge.attempts >= 4, "{event}"),
            "passed" => assert!(challenge.consumed_at.is_some(), "{event}"),
            _ => assert_eq!(
                store.success_token_consume(&redeem(mark)).await,
                Ok(Redemption::NotFound),
                "{event}"
            ),
        }
    }
    // Row 5: the count goes on where it was; of two more checks one is judged.
    let odd: u8 = acknowledged
        .iter()
        .filter_map(|event| event.strip_prefix("wrong ")?.parse().ok())
        .find(|mark: &u8| mark % 2 == 1)
        .unwrap();
    let after = |form| Attempt { ..attempt(odd, form, Judged::Wrong) };
    let fifth = store.challenge_attempt(&after(50)).await;
    assert_eq!(fifth, Ok(AttemptOutcome::Counted { tries_left: 0 }));
    assert_eq!(store.challenge_attempt(&after(51)).await, Ok(AttemptOutcome::Closed));
}

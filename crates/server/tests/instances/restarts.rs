//! One instance after the other is stopped in order and started again, while logins go on.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, RwLock};

use reqwest::Method;

use super::processes::Processes;
use crate::support::process::Process;
use crate::support::{Answer, Backend, EndUser, eventually, form};

/// Logins under way at once.
const LOAD: u32 = 4;

/// Who calls: each request goes to the next instance, and to the one after it where no connection was to be had.
#[derive(Clone)]
struct Caller {
    backend: Backend,
    bases: Arc<RwLock<Vec<String>>>,
    turn: Arc<AtomicUsize>,
    closed: Arc<AtomicUsize>,
}

impl Caller {
    /// The answer, or None where the connection was closed without one.
    async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Option<Answer> {
        loop {
            let turn = self.turn.fetch_add(1, Ordering::Relaxed);
            let base = {
                let bases = self.bases.read().unwrap();
                bases[turn % bases.len()].clone()
            };
            let request = self.backend.moved(&base).request(Method::POST, path);
            let request = request.header("content-type", "application/x-www-form-urlencoded");
            match request.body(form(fields)).send().await {
                Ok(response) => return Some(Answer::of(response).await),
                Err(error) if error.is_connect() => {}
                Err(_) => {
                    self.closed.fetch_add(1, Ordering::Relaxed);
                    return None;
                }
            }
        }
    }
}

/// Creates access tokens and apps' settings until told to stop: whatever is answered is a success.
async fn load(
    caller: Caller,
    app: String,
    first: u32,
    answered: Arc<AtomicUsize>,
    stop: Arc<AtomicBool>,
) {
    for number in 0.. {
        if stop.load(Ordering::Relaxed) {
            return;
        }
        let user = EndUser::number(first + number);
        let fields = caller.backend.access_token_fields(&app, &user);
        let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let Some(made) = caller.post("/server/access-tokens/new", &fields).await else { continue };
        assert_eq!(made.status, 200, "{made:?}");
        let token = made.json()["token"].as_str().unwrap().to_owned();
        // A form that writes: the start of a login, which is the same login however often it is sent.
        let send = [("token", token.as_str()), ("app_id", &app), ("do", "send"), ("sends", "0")];
        let Some(page) = caller.post("/client", &send).await else { continue };
        assert_eq!(page.status, 200, "{page:?}");
        answered.fetch_add(1, Ordering::Relaxed);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn restarting_one_instance_after_the_other_fails_no_request_that_was_taken() {
    let processes = Processes::new();
    let mut servers = processes.serve_all();
    let bases: Vec<String> = servers.iter().map(Process::base).collect();
    let backend = processes.client(&bases[0]);
    let app = backend.sandbox_app().await;
    let caller = Caller {
        backend,
        bases: Arc::new(RwLock::new(bases)),
        turn: Arc::default(),
        closed: Arc::default(),
    };
    let (answered, stop) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicBool::new(false)));
    let tasks: Vec<_> = (0..LOAD)
        .map(|task| {
            let (caller, app) = (caller.clone(), app.clone());
            tokio::spawn(load(caller, app, 1_000 * task, answered.clone(), stop.clone()))
        })
        .collect();
    let more = async |count: usize| {
        let before = answered.load(Ordering::Relaxed);
        eventually("further logins", || async {
            assert!(tasks.iter().all(|task| !task.is_finished()), "a request failed");
            (answered.load(Ordering::Relaxed) >= before + count).then_some(())
        })
        .await;
    };
    for _ in 0..servers.len() {
        more(20).await;
        let oldest = servers.remove(0);
        let (exit, log) = tokio::task::spawn_blocking(move || oldest.stop()).await.unwrap();
        assert_eq!(exit, Some(0), "{log}");
        assert!(!log.contains("requests_cut_off"), "{log}");
        more(20).await;
        let newest = processes.serve();
        let mut bases = caller.bases.write().unwrap();
        bases.remove(0);
        bases.push(newest.base());
        servers.push(newest);
    }
    more(20).await;
    stop.store(true, Ordering::Relaxed);
    for task in tasks {
        task.await.unwrap();
    }
    // Whoever wrote on a connection in the moment in which it was closed, at most once for each and restart.
    let closed = caller.closed.load(Ordering::Relaxed);
    assert!(closed <= 3 * LOAD as usize, "{closed}");
}

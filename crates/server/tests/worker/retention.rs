//! What is over is counted and leaves, and nothing else does.

use std::time::Duration;

use onlyauth_core::channel::{Channel, Mode};
use onlyauth_core::ids::ClientId;
use onlyauth_core::statistics::LoginOutcome;
use onlyauth_core::time::Timestamp;
use onlyauth_server::worker::Retention;
use onlyauth_store::LoginHour;
use tokio::sync::watch;

use crate::postgres_server::TestDatabase;
use crate::support::actors::wrong;
use crate::support::{Backend, EndUser, TestServer, eventually};

const DAY: Duration = Duration::from_hours(24);
const MONTH: Duration = Duration::from_hours(30 * 24);
const HISTORY: [&str; 6] =
    ["actions", "challenges", "challenge_attempts", "outbox", "success_tokens", "sandbox_messages"];

/// Another instance's share of the work, beside the server's own.
fn retention(server: &TestServer) -> (watch::Sender<bool>, Retention) {
    let (stop, stopped) = watch::channel(false);
    (stop, Retention::new(server.service.clone(), stopped))
}

/// A round that found the work free.
async fn round(server: &TestServer) {
    let (_stop, mut retention) = retention(server);
    retention.round().await.unwrap();
}

fn rows(server: &TestServer, table: &str) -> u32 {
    let database = rusqlite::Connection::open(server.data().join("onlyauth.db")).unwrap();
    database.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0)).unwrap()
}

fn history(server: &TestServer) -> Vec<u32> {
    HISTORY.iter().map(|table| rows(server, table)).collect()
}

async fn hours(server: &TestServer, backend: &Backend) -> Vec<LoginHour> {
    let client: ClientId = backend.client_id.parse().unwrap();
    let (from, to) = (Timestamp::from_millis(0), server.clock.now());
    server.service.store.login_hour_list(client, None, from, to).await.unwrap()
}

/// How many logins ended in such a way.
async fn counted(server: &TestServer, backend: &Backend, outcome: LoginOutcome) -> u64 {
    let hours = hours(server, backend).await;
    hours.iter().filter(|row| row.outcome == outcome).map(|row| row.logins).sum()
}

#[tokio::test]
async fn after_a_month_only_counts_and_counters_remain() {
    let server = TestServer::start().await;
    let (backend, app) = server.shop().await;
    // Three days, during which nobody counted.
    for day in 0..3 {
        backend.pass(&app, &EndUser::number(day)).await;
        let widget = backend.widget(&app, &EndUser::ann()).await;
        widget.send().await;
        let code = backend.code(&app, &EndUser::ann()).await;
        for _ in 0..3 {
            assert_eq!(widget.try_code(&wrong(&code)).await.state(), "wrong_code");
        }
        server.clock.advance(DAY);
    }
    assert_eq!(history(&server), [6, 6, 12, 6, 3, 6]);
    let failures = "failure_counters WHERE failures = 9";
    assert_eq!((rows(&server, failures), rows(&server, "end_users")), (1, 3));

    round(&server).await;
    assert_eq!(history(&server), [6, 6, 12, 6, 0, 6], "only the tokens' time is over");
    assert_eq!(counted(&server, &backend, LoginOutcome::Passed).await, 3);
    assert_eq!(counted(&server, &backend, LoginOutcome::Expired).await, 3);
    let hours_before = hours(&server, &backend).await;
    assert_eq!(hours_before.iter().map(|row| row.wrong_codes).sum::<u64>(), 9);
    for row in &hours_before {
        assert_eq!((row.mode, row.channel), (Mode::Sandbox, Some(Channel::Sms.into())));
        assert_eq!((row.app_id.to_string(), row.country.as_str()), (app.clone(), "US"));
    }

    server.clock.advance(28 * DAY);
    round(&server).await;
    assert_eq!(history(&server), [4, 4, 8, 4, 0, 4], "those of the first day");
    server.clock.advance(2 * DAY);
    round(&server).await;
    assert_eq!(history(&server), [0; 6]);
    assert_eq!(hours(&server, &backend).await, hours_before);
    assert_eq!((rows(&server, failures), rows(&server, "end_users")), (1, 3));
    assert_eq!(server.metric(r#"onlyauth_retention_removed_total{what="actions"}"#).await, 6);

    // Nine failures are remembered: the tenth in a row locks the channel.
    let widget = backend.widget(&app, &EndUser::ann()).await;
    widget.send().await;
    let code = backend.code(&app, &EndUser::ann()).await;
    widget.try_code(&wrong(&code)).await;
    assert_eq!(widget.open().await.state(), "locked");
    server.stop().await;
}

#[tokio::test]
async fn a_login_goes_on_while_older_ones_leave() {
    let server = TestServer::start().await;
    let (backend, app) = server.shop().await;
    for n in 0..5 {
        backend.pass(&app, &EndUser::number(n)).await;
    }
    server.clock.advance(MONTH + DAY);
    let widget = backend.widget(&app, &EndUser::ann()).await;
    widget.send().await;
    round(&server).await;
    assert_eq!(history(&server), [1, 1, 0, 1, 0, 1]);
    let code = backend.code(&app, &EndUser::ann()).await;
    let page = widget.try_code(&code).await;
    assert_eq!(page.state(), "passed");
    round(&server).await;
    let token = page.success_token().unwrap();
    assert_eq!(backend.validate(&app, &token).await.status, 200);
    assert_eq!(counted(&server, &backend, LoginOutcome::Passed).await, 5, "not yet");
    server.stop().await;
}

#[tokio::test]
async fn the_shortest_time_lets_nothing_leave_that_is_needed() {
    let server = TestServer::with(|config| {
        config.retention.actions = Duration::from_mins(15);
        config.retention.sandbox_messages = Duration::from_mins(15);
        config.tokens.success_token_lifetime = Duration::from_mins(10);
        config.tokens.factor_link_lifetime = Duration::from_mins(1);
    })
    .await;
    let (backend, app) = server.shop().await;
    let (widget, page) = backend.pass(&app, &EndUser::ann()).await;
    let token = page.success_token().unwrap();
    server.clock.advance(Duration::from_secs(599));
    round(&server).await;
    assert_eq!(backend.validate(&app, &token).await.status, 200);
    assert_eq!(widget.open().await.state(), "already_done");
    server.clock.advance(Duration::from_secs(362));
    round(&server).await;
    assert_eq!(history(&server)[0], 0);
    // Its access token starts nothing any more.
    assert_eq!(widget.open().await.state(), "token_expired");
    assert_eq!(history(&server)[0], 0);
    server.stop().await;
}

/// What a link leads to begins late, under an id that is as old as the link: counting must not have gone past it.
#[tokio::test]
async fn nothing_is_counted_while_a_link_as_old_may_still_be_opened() {
    let hour = Duration::from_hours(1);
    let server = TestServer::with(|config| {
        config.retention.actions = Duration::from_mins(15);
        config.tokens.factor_link_lifetime = hour;
    })
    .await;
    let (backend, app) = server.shop().await;
    backend.pass(&app, &EndUser::ann()).await;
    // The hour, five minutes to start, and ten that everything settles in.
    let bound = hour + Duration::from_mins(15);
    server.clock.advance(bound.saturating_sub(Duration::from_secs(1)));
    round(&server).await;
    assert_eq!(counted(&server, &backend, LoginOutcome::Passed).await, 0);
    assert_eq!(history(&server)[0], 1);
    server.clock.advance(Duration::from_secs(2));
    round(&server).await;
    assert_eq!(counted(&server, &backend, LoginOutcome::Passed).await, 1);
    assert_eq!(history(&server)[0], 0);
    server.stop().await;
}

/// What can't be read stays, is told, and is the only thing that stays.
#[tokio::test]
async fn one_clients_unreadable_row_keeps_nothing_of_the_others() {
    let server = TestServer::start().await;
    let (first, its_app) = server.shop().await;
    first.pass(&its_app, &EndUser::ann()).await;
    let (second, other_app) = server.shop().await;
    second.pass(&other_app, &EndUser::ann()).await;
    let database = rusqlite::Connection::open(server.data().join("onlyauth.db")).unwrap();
    let spoil = "UPDATE actions SET action_id = 'ACTN-0' WHERE client_id = ?1";
    assert_eq!(database.execute(spoil, [&first.client_id]).unwrap(), 1);
    server.clock.advance(MONTH + DAY);
    let (_stop, mut retention) = retention(&server);
    assert!(retention.round().await.is_err());
    let left =
        |of: &Backend| rows(&server, &format!("actions WHERE client_id = '{}'", of.client_id));
    assert_eq!((left(&first), left(&second)), (1, 0));
    server.stop().await;
}

#[tokio::test]
async fn an_idle_server_writes_nothing() {
    let server = TestServer::start().await;
    let (_backend, _app) = server.shop().await;
    server.clock.advance(MONTH);
    round(&server).await;
    assert_eq!(rows(&server, "leases"), 0);
    server.stop().await;
}

#[tokio::test]
async fn a_server_that_stops_begins_nothing() {
    let server = TestServer::start().await;
    let (backend, app) = server.shop().await;
    backend.pass(&app, &EndUser::ann()).await;
    server.clock.advance(MONTH + DAY);
    let (stop, mut retention) = retention(&server);
    stop.send(true).unwrap();
    retention.round().await.unwrap();
    assert_eq!(history(&server)[0], 1);
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn instances_at_the_same_work_count_and_delete_each_login_once() {
    let database = TestDatabase::empty();
    let url = database.url();
    let server = TestServer::with(|config| config.database.url = url.parse().unwrap()).await;
    let (backend, app) = server.shop().await;
    for n in 0..12 {
        backend.pass(&app, &EndUser::number(n)).await;
    }
    server.clock.advance(MONTH + DAY);
    let tasks = (0..3).map(|_| {
        let (stop, mut retention) = retention(&server);
        tokio::spawn(async move {
            retention.round().await.unwrap();
            drop(stop);
        })
    });
    for task in tasks.collect::<Vec<_>>() {
        task.await.unwrap();
    }
    // Whoever had the lease has done it all, and gave it back.
    eventually("all to be gone", || async {
        let (_stop, mut retention) = retention(&server);
        retention.round().await.unwrap();
        (database.query("SELECT count(*) FROM actions")[0][0] == "0").then_some(())
    })
    .await;
    assert_eq!(counted(&server, &backend, LoginOutcome::Passed).await, 12);
    assert_eq!(server.metric("onlyauth_logins_counted_total").await, 12);
    assert_eq!(server.metric(r#"onlyauth_retention_removed_total{what="actions"}"#).await, 12);
    let open = "SELECT count(*) FROM leases WHERE lease_until > 0";
    assert_eq!(database.query(open)[0][0], "1");
    server.stop().await;
}

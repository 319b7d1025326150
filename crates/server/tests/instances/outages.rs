//! The database is away, takes no writes, or is full: three instances refuse, and serve again by themselves.

use std::time::Duration;

use super::cluster::{Cluster, Start};
use crate::postgres_server::PostgresServer;
use crate::support::guesses::code_sent;
use crate::support::page::Page;
use crate::support::{Backend, EndUser, Widget, eventually};

const DATABASE: &str = "onlyauth";

/// A login that has come so far that its next request would be a success.
struct Ready {
    backend: Backend,
    app: String,
    token: String,
    widget: Widget,
    form: Page,
    code: String,
}

impl Ready {
    async fn new(backend: &Backend, app: &str, number: u32) -> Self {
        let (_, page) = backend.pass(app, &EndUser::number(2 * number)).await;
        let (widget, form, code) = code_sent(backend, app, &EndUser::number(2 * number + 1)).await;
        let token = page.success_token().unwrap();
        Self { backend: backend.clone(), app: app.to_owned(), token, widget, form, code }
    }

    /// Every instance says that nothing was done and when to come back.
    async fn refused(&self, cluster: &Cluster) {
        for base in cluster.bases() {
            let answer = self.backend.moved(&base).validate(&self.app, &self.token).await;
            assert_eq!((answer.status, answer.code().as_str()), (503, "overloaded"), "{answer:?}");
            assert_eq!(answer.retry_after, Some(1));
            let page = self.widget.moved(&base).check(&self.form, &self.code).await;
            assert_eq!((page.status, page.state(), page.success_token()), (503, "fault", None));
        }
    }

    /// Nothing was consumed or counted meanwhile, and each is a success once.
    async fn succeeds_once(&self, cluster: &Cluster) {
        let mut redeemed = Vec::new();
        for base in cluster.bases() {
            redeemed.push(self.backend.moved(&base).validate(&self.app, &self.token).await.status);
        }
        assert_eq!(redeemed, [200, 404, 404]);
        assert_eq!(self.widget.check(&self.form, &self.code).await.state(), "passed");
    }
}

async fn are_ready(cluster: &Cluster, ready: bool) {
    for instance in &cluster.instances {
        let url = format!("{}/readyz", instance.base());
        eventually("all instances to say so", || async {
            let answer = instance.http.get(&url).send().await.unwrap();
            ((answer.status() == 200) == ready).then_some(())
        })
        .await;
    }
}

async fn cluster_on(server: &PostgresServer) -> Cluster {
    server.execute("postgres", &format!("CREATE DATABASE {DATABASE}"));
    let start = Start { url: Some(server.url(DATABASE)), skew: None };
    Cluster::of(start, || None, |_| {}).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn row_43_while_the_database_is_away_nothing_succeeds_over_three_instances() {
    let mut server = PostgresServer::start(&[]);
    let cluster = cluster_on(&server).await;
    let (backend, app) = cluster.shop().await;
    let ready = Ready::new(&backend, &app, 0).await;
    let create = async |base: &str| {
        backend.moved(base).create_access_token(&app, &EndUser::ann(), &[]).await
    };
    for base in cluster.bases() {
        assert_eq!(create(&base).await.status, 200);
    }
    server.stop();
    ready.refused(&cluster).await;
    are_ready(&cluster, false).await;
    // What an instance knows is worth two seconds; a secret may have been revoked since.
    cluster.advance(Duration::from_secs(2));
    for base in cluster.bases() {
        let answer = create(&base).await;
        assert_eq!((answer.status, answer.retry_after), (503, Some(1)), "{answer:?}");
    }
    server.start_again();
    are_ready(&cluster, true).await;
    ready.succeeds_once(&cluster).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn row_43_while_the_database_is_read_only_or_full_nothing_succeeds_over_three_instances() {
    let server = PostgresServer::start(&[]);
    let cluster = cluster_on(&server).await;
    let (backend, app) = cluster.shop().await;
    let ready = Ready::new(&backend, &app, 0).await;
    for sql in READ_ONLY {
        server.execute(DATABASE, sql);
    }
    // Sessions hear of a changed setting when they get round to it.
    are_ready(&cluster, false).await;
    ready.refused(&cluster).await;
    for sql in NOT_READ_ONLY {
        server.execute(DATABASE, sql);
    }
    are_ready(&cluster, true).await;
    ready.succeeds_once(&cluster).await;

    let ready = Ready::new(&backend, &app, 1).await;
    server.execute(DATABASE, FULL);
    ready.refused(&cluster).await;
    server.execute(DATABASE, NOT_FULL);
    are_ready(&cluster, true).await;
    ready.succeeds_once(&cluster).await;
}

const READ_ONLY: [&str; 2] =
    ["ALTER SYSTEM SET default_transaction_read_only = on", "SELECT pg_reload_conf()"];
const NOT_READ_ONLY: [&str; 2] =
    ["ALTER SYSTEM RESET default_transaction_read_only", "SELECT pg_reload_conf()"];
/// Every write gets the error that a full disk gives.
const FULL: &str = "CREATE FUNCTION disk_full() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100'; END $$;
    DO $$ DECLARE name TEXT; BEGIN
      FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
        EXECUTE format('CREATE TRIGGER disk_full BEFORE INSERT OR UPDATE OR DELETE ON %I EXECUTE FUNCTION disk_full()', name);
      END LOOP; END $$";
const NOT_FULL: &str = "DROP FUNCTION disk_full() CASCADE";

//! PostgreSQL's primary killed under load, and its standby promoted (security.md rows 15 and 43).
//!
//! The two change roles each round: what was killed is made anew as the standby of the other. `onlyauth` runs all
//! the time; its address names both.

use std::sync::Mutex;

use crate::checker::check;
use crate::client::Heard;
use crate::facts::Source;
use crate::gateway::Gateway;
use crate::installation::Installation;
use crate::postgres_server::PostgresServer;
use crate::random::Random;
use crate::rounds;
use crate::scene::Scene;
use crate::until;

const DATABASE: &str = "postgres";
/// Longest that a load goes on before the kill, in milliseconds.
const LOAD: u64 = 400;

/// Two servers, of which one follows the other.
struct Pair {
    primary: PostgresServer,
    standby: PostgresServer,
}

impl Pair {
    fn start() -> Self {
        let primary = PostgresServer::start(&[]);
        let standby = primary.standby(&[]);
        Self { primary, standby }
    }

    fn url(&self) -> String {
        format!("postgres://postgres@{},{}/{DATABASE}", self.standby.host(), self.primary.host())
    }

    /// From now on a commit is told only once the standby has it on its disk, too.
    async fn confirm(&self) {
        set(&self.primary, "SET synchronous_standby_names = '*'");
        until("a standby that confirms", async || {
            count(&self.primary, "FROM pg_stat_replication WHERE sync_state = 'sync'") == 1
        })
        .await;
    }

    /// The primary is gone, and the standby takes over. As long as it has no standby of its own, none can be waited
    /// for.
    fn fail_over(&mut self) {
        self.primary.cut();
        self.standby.promote();
        set(&self.standby, "SET synchronous_standby_names = ''");
        std::mem::swap(&mut self.primary, &mut self.standby);
    }

    fn source(&self) -> Source<'_> {
        Source::Postgres(&self.primary, DATABASE)
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn rows_15_and_43_a_failover_with_synchronous_replication_loses_nothing() {
    let mut pair = Pair::start();
    let mut scene = open("failover", &pair).await;
    let pid = scene.installation.pid();
    let rounds = rounds(5, 30);
    for _ in 0..rounds {
        pair.confirm().await;
        let crowd = scene.crowd();
        scene.moment_of_load(&crowd, LOAD).await;
        pair.fail_over();
        scene.faults += 1;
        // All are served to the end, so that service is back, by itself.
        scene.settle(crowd).await;
        pair.standby.follow(&pair.primary);
        scene.check(&pair.source());
    }
    assert_eq!(scene.installation.pid(), pid);
    scene.report(rounds, "primaries killed");
}

/// The same loss with asynchronous replication is found: the checker would see it above.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_failover_with_asynchronous_replication_loses_logins_and_that_is_found() {
    let mut pair = Pair::start();
    let scene = open("failover, asynchronous", &pair).await;
    // The line to the standby is cut a moment before the primary dies.
    set(&pair.standby, "SET primary_conninfo = ''");
    until("a lost line", async || count(&pair.primary, "FROM pg_stat_replication") == 0).await;
    let crowd = scene.crowd();
    until("redeemed logins", async || {
        count(&pair.primary, "FROM success_tokens WHERE consumed_at IS NOT NULL") >= 5
    })
    .await;
    pair.fail_over();
    crowd.vanish().await;
    let wrong = check(&scene.evidence(&pair.source(), &Mutex::default()));
    for words in ["is lost", "redeemed, and not consumed", "is in no outbox"] {
        assert!(wrong.iter().any(|wrong| wrong.contains(words)), "{words:?} not in {wrong:#?}");
    }
}

/// While nobody takes writes, requests are refused with a time to come back, and nothing is done later.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn row_43_between_kill_and_promotion_requests_are_refused() {
    let mut pair = Pair::start();
    let scene = open("failover, refusals", &pair).await;
    pair.primary.cut();
    until("refusals", async || {
        matches!(redeem_nothing(&scene).await, Heard::Reply { status: 503, .. })
    })
    .await;
    for _ in 0..20 {
        let Heard::Reply { status, patience_asked, body } = redeem_nothing(&scene).await else {
            panic!("no answer");
        };
        assert_eq!((status, patience_asked), (503, true), "{body}");
    }
    pair.standby.promote();
    until("service", async || {
        matches!(redeem_nothing(&scene).await, Heard::Reply { status: 404, .. })
    })
    .await;
}

async fn open(name: &'static str, pair: &Pair) -> Scene {
    let gateway = Gateway::honest().await;
    let installation = Installation::new(&gateway, Some(pair.url()));
    Scene::open(name, Random::of_this_run(), gateway, installation).await
}

/// Asks for what needs the database: the client's secret, which is looked up.
async fn redeem_nothing(scene: &Scene) -> Heard {
    let client = &scene.client;
    let token = "OASX-none";
    let fields = [("app_id", &*client.app), ("client_id", &*client.customer), ("token", token)];
    client.backend("/server/success-tokens", &fields).await
}

/// Changes a setting of the server, for good.
fn set(server: &PostgresServer, change: &str) {
    server.execute(DATABASE, &format!("ALTER SYSTEM {change}"));
    server.execute(DATABASE, "SELECT pg_reload_conf()");
}

fn count(server: &PostgresServer, what: &str) -> u32 {
    server.query(DATABASE, &format!("SELECT count(*) {what}"))[0][0].parse().unwrap()
}

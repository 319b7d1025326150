//! The server killed with SIGKILL at random moments: under load, while it is idle, while it starts
//! (security.md rows 5, 9, 13, 15, 34).

use crate::facts::Source;
use crate::gateway::Gateway;
use crate::installation::Installation;
use crate::postgres_server::PostgresServer;
use crate::random::Random;
use crate::rounds;
use crate::scene::Scene;

/// Longest that a load goes on before the kill, and that nothing does, in milliseconds.
const LOAD: u64 = 300;
const IDLE: u64 = 60;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn rows_5_15_and_34_on_sqlite_a_killed_server_loses_nothing_and_does_nothing_twice() {
    let random = Random::of_this_run();
    let gateway = Gateway::honest().await;
    let installation = Installation::new(&gateway, None);
    let source = Source::Sqlite(installation.data.join("onlyauth.db"));
    kill(Scene::open("kill -9, sqlite", random, gateway, installation).await, &source).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn rows_5_15_and_34_on_postgresql_a_killed_server_loses_nothing_and_does_nothing_twice() {
    let random = Random::of_this_run();
    let gateway = Gateway::honest().await;
    let database = PostgresServer::start(&[]);
    let installation = Installation::new(&gateway, Some(database.url("postgres")));
    let source = Source::Postgres(&database, "postgres");
    kill(Scene::open("kill -9, postgresql", random, gateway, installation).await, &source).await;
}

async fn kill(mut scene: Scene, source: &Source<'_>) {
    let rounds = rounds(30, 300);
    for round in 0..rounds {
        let mut crowd = scene.crowd();
        scene.moment_of_load(&crowd, LOAD).await;
        if round % 10 == 9 {
            // While nobody asks for anything.
            scene.settle(crowd).await;
            scene.moment(IDLE).await;
            kill_once(&mut scene);
            scene.installation.start().await;
            crowd = scene.crowd();
        } else {
            kill_once(&mut scene);
            if round % 5 == 4 {
                // Again while it starts, with all of that load before its door.
                let start = u64::try_from(scene.installation.started_in.as_millis()).unwrap();
                scene.installation.launch();
                scene.moment(start + start / 4).await;
                kill_once(&mut scene);
            }
            scene.installation.start().await;
        }
        scene.settle(crowd).await;
        scene.check(source);
    }
    scene.report(rounds, "kills");
}

fn kill_once(scene: &mut Scene) {
    scene.installation.kill();
    scene.faults += 1;
}

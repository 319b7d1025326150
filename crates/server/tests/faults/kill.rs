//! The server killed with SIGKILL at random moments: under load, while it is idle, while it starts
//! (security.md rows 5, 9, 13, 15, 34).

use std::time::Duration;

use crate::facts::Source;
use crate::gateway::Gateway;
use crate::installation::Installation;
use crate::postgres_server::PostgresServer;
use crate::random::Random;
use crate::rounds;
use crate::scene::Scene;

/// Longest that a load goes on before the kill.
const LOAD: u64 = 400;
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
        let crowd = match round % 10 {
            // While nobody asks for anything.
            9 => {
                let crowd = scene.crowd();
                moment(&mut scene, LOAD).await;
                scene.settle(crowd).await;
                moment(&mut scene, IDLE).await;
                kill_once(&mut scene);
                scene.installation.start().await;
                scene.crowd()
            }
            // Under load, and again while it starts with all of that load before its door.
            4 | 8 => {
                let crowd = scene.crowd();
                moment(&mut scene, LOAD).await;
                kill_once(&mut scene);
                let start = u64::try_from(scene.installation.started_in.as_millis()).unwrap();
                scene.installation.launch();
                moment(&mut scene, start + start / 4).await;
                kill_once(&mut scene);
                scene.installation.start().await;
                crowd
            }
            _ => {
                let crowd = scene.crowd();
                moment(&mut scene, LOAD).await;
                kill_once(&mut scene);
                scene.installation.start().await;
                crowd
            }
        };
        scene.settle(crowd).await;
        scene.check(source);
    }
    scene.report(rounds, "kills");
}

fn kill_once(scene: &mut Scene) {
    scene.installation.kill();
    scene.faults += 1;
}

/// Some time, at most so many milliseconds: here the moment is what is tried, so that there is nothing to wait for.
async fn moment(scene: &mut Scene, longest: u64) {
    let micros = scene.random.below(longest * 1000);
    tokio::time::sleep(Duration::from_micros(micros)).await;
}

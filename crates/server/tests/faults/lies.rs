//! A provider that lies: about taking messages, by silence and by nonsense; and receipts that are forged, repeated,
//! late and contradict each other (security.md rows 34, 35 and 36).

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use tokio::task::JoinSet;

use crate::client::{Client, answer};
use crate::facts::Source;
use crate::gateway::{Gateway, Manner};
use crate::installation::Installation;
use crate::postgres_server::PostgresServer;
use crate::random::Random;
use crate::receipts::{Letter, letters};
use crate::rounds;
use crate::scene::Scene;
use crate::until;

/// Between two looks at how messages fare.
const LOOK: Duration = Duration::from_millis(10);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn rows_34_35_and_36_on_sqlite_a_lying_provider_gets_nothing_twice_and_moves_nothing_back() {
    let random = Random::of_this_run();
    let (gateway, post) = liar(&random).await;
    let installation = Installation::new(&gateway, None);
    let source = Source::Sqlite(installation.data.join("onlyauth.db"));
    lie(Scene::open("lying provider, sqlite", random, gateway, installation).await, source, post)
        .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn rows_34_35_and_36_on_postgresql_a_lying_provider_gets_nothing_twice_and_moves_nothing_back()
 {
    let random = Random::of_this_run();
    let (gateway, post) = liar(&random).await;
    let database = PostgresServer::start(&[]);
    let installation = Installation::new(&gateway, Some(database.url("postgres")));
    let source = Source::Postgres(&database, "postgres");
    lie(
        Scene::open("lying provider, postgresql", random, gateway, installation).await,
        source,
        post,
    )
    .await;
}

/// A message that the gateway was handed, and where its receipts go.
type Handed = (String, String);

/// Tells the truth in two of five cases, and whom to write receipts about.
async fn liar(random: &Random) -> (Gateway, UnboundedReceiver<Handed>) {
    let (sender, post) = unbounded_channel();
    let manners = |random: &mut Random| {
        if random.percent(40) { Manner::Honest } else { *random.one_of(&Manner::ALL) }
    };
    let bystander = move |message: &str, url: &str| {
        // Nobody writes any more once the test is over.
        let _ = sender.send((message.to_owned(), url.to_owned()));
    };
    (Gateway::start(random.of(1), manners, bystander).await, post)
}

async fn lie(mut scene: Scene, source: Source<'_>, post: UnboundedReceiver<Handed>) {
    let logins = rounds(80, 1500);
    let postman = tokio::spawn(deliver(scene.client.clone(), scene.random.of(2), post));
    let (over, seen) = (AtomicBool::new(false), Mutex::new(Vec::new()));
    std::thread::scope(|threads| {
        threads.spawn(|| look(&source, &over, &seen));
        // Also when what follows fails: the scope waits for who looks.
        let _over = Over(&over);
        tokio::task::block_in_place(|| {
            tokio::runtime::Handle::current().block_on(async {
                let crowd = scene.crowd();
                // In steps: the patience is for each, however many there are.
                for enough in (0..=logins).step_by(40) {
                    until("more logins", async || crowd.begun() >= enough).await;
                }
                until("enough logins", async || crowd.begun() >= logins).await;
                scene.settle(crowd).await;
                until("messages that are dealt with", async || underway(&source) == 0).await;
            });
        });
    });
    postman.abort();
    let letters = postman.await;
    assert!(letters.is_err_and(|error| error.is_cancelled()), "the postman works to the end");
    scene.faults = u32::try_from(scene.client.gateway.lies()).unwrap();
    scene.judge(&scene.evidence(&source, &seen));
    scene.report(1, "lies");
}

/// Writes receipts about every message, all at once, for as long as there are messages.
async fn deliver(client: Client, random: Random, mut post: UnboundedReceiver<Handed>) {
    let mut number = 0;
    let mut underway = JoinSet::new();
    while let Some((message, url)) = post.recv().await {
        number += 1;
        for letter in letters(&mut random.of(number), &message) {
            let (client, message, url) = (client.clone(), message.clone(), url.clone());
            underway.spawn(async move { write(&client, &message, &url, letter).await });
        }
        while underway.try_join_next().is_some() {}
    }
}

async fn write(client: &Client, message: &str, url: &str, letter: Letter) {
    // They overtake each other, and the gateway's own answer.
    tokio::time::sleep(letter.after).await;
    let id = client.ledger.intend(letter.ask(message)).await;
    let path = url::Url::parse(url).unwrap().path().to_owned();
    let heard = client.ask(|http, base| {
        let request = http.post(format!("{base}{path}")).body(letter.body.clone());
        letter.headers.iter().fold(request, |request, (name, value)| request.header(*name, value))
    });
    let answer = answer(&heard.await, |page| letter.read(page.status));
    client.ledger.conclude(id, answer).await;
}

/// Tells who looks that it is over.
struct Over<'a>(&'a AtomicBool);

impl Drop for Over<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::SeqCst);
    }
}

/// Notes each status that a message is seen in.
fn look(source: &Source<'_>, over: &AtomicBool, seen: &Mutex<Vec<(String, String)>>) {
    let mut last: BTreeMap<String, String> = BTreeMap::new();
    while !over.load(Ordering::SeqCst) {
        for row in source.rows("SELECT message_id, status FROM outbox") {
            let [message, status] = row.try_into().unwrap();
            if last.insert(message.clone(), status.clone()).as_ref() != Some(&status) {
                seen.lock().unwrap().push((message, status));
            }
        }
        std::thread::sleep(LOOK);
    }
}

/// Messages that something may yet become of.
fn underway(source: &Source<'_>) -> usize {
    source.rows("SELECT message_id FROM outbox WHERE status IN ('pending', 'sending')").len()
}

//! `attack`: what honest people notice of a flood. Guessers send wrong codes at logins of their own as fast as
//! they are refused, and other connections begin requests that they never finish.

use std::cell::Cell;
use std::net::{Ipv4Addr, SocketAddr};
use std::rc::Rc;
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::task::JoinSet;

use super::rate::held;
use crate::bench::Bench;
use crate::failure::Result;
use crate::login::Visitor;
use crate::measured::{median, number};
use crate::options::{Flood, Run};
use crate::output;
use crate::people::{People, Person};
use crate::place::Place;
use crate::request::Request;
use crate::result::{Figure, Round, Target, conclude, over};

/// Guesses at one login: five are judged, the others find it closed, and a guesser does not care.
const GUESSES: u32 = 20;

/// Runs it.
pub(crate) async fn run(run: &Run, flood: Flood) -> Result<()> {
    let bench = Bench::start(run).await?;
    let codes = bench.codes();
    let (mut rounds, mut speeds) = (Vec::new(), Vec::new());
    for _ in 0..run.rounds {
        let alone = held(&bench, &codes, flood.rate).await?;
        output::line("alone", &alone);
        let guesses = Rc::new(Cell::new(0_u64));
        let attackers = begin(&bench, flood, &guesses);
        let began = Instant::now();
        let flooded = held(&bench, &codes, flood.rate).await?;
        speeds.push(number(guesses.get()) / began.elapsed().as_secs_f64());
        drop(attackers);
        output::line("flooded", &flooded);
        let turns = vec![("alone".to_owned(), alone), ("flooded".to_owned(), flooded)];
        rounds.push(Round { floor: None, turns });
    }
    let p99 = |round: &Round, turn: usize| {
        let turn = round.turns.get(turn).and_then(|(_, turn)| turn.latencies.first());
        turn.map_or(f64::NAN, |latency| latency.p99_ms)
    };
    let figure = |name: &str, value, unit: &str, target| Figure {
        name: name.to_owned(),
        value,
        unit: unit.to_owned(),
        target,
    };
    let times = over(&rounds, |round| p99(round, 1) / p99(round, 0));
    let figures = vec![
        figure("honest p99 in a flood, of that without", times, "", Target::AtMost(2.0)),
        figure("honest p99 alone", over(&rounds, |round| p99(round, 0)), "ms", Target::None),
        figure("honest p99 in a flood", over(&rounds, |round| p99(round, 1)), "ms", Target::None),
        figure("guesses meanwhile", median(&speeds), "/s", Target::None),
    ];
    conclude(&bench, "attack", figures, rounds, Vec::new())?;
    bench.server.stop()
}

/// The attackers; they stop with the value.
fn begin(bench: &Bench, flood: Flood, guesses: &Rc<Cell<u64>>) -> JoinSet<()> {
    let mut attackers = JoinSet::new();
    for guesser in 0..flood.guessers {
        let (place, people) = (bench.place.clone(), bench.people.clone());
        let guesses = guesses.clone();
        attackers.spawn_local(async move {
            loop {
                // A guesser whose connection is closed comes back. What it is told is not its concern, but
                // that it never gets in is ours.
                if let Err(error) = guess(&place, &people, guesser, &guesses).await {
                    output::complain(&format!("a guesser: {error}"));
                    tokio::time::sleep(Duration::from_millis(100)).await;
                }
            }
        });
    }
    for _ in 0..flood.half_open {
        let (address, host) = (bench.place.address, bench.place.host.clone());
        attackers.spawn_local(async move {
            loop {
                if half_open(address, &host).await.is_err() {
                    tokio::time::sleep(Duration::from_millis(100)).await;
                }
            }
        });
    }
    attackers
}

/// Starts a login, as anybody can at a shop, and guesses its code.
async fn guess(place: &Rc<Place>, people: &People, number: u32, guesses: &Cell<u64>) -> Result<()> {
    let mut visitor = Visitor::arrive(place).await?;
    let mut request = Request::default();
    loop {
        let person = people.next();
        let token = visitor.create(&person.name(), &person.phone()).await?;
        let form = visitor.open(person, &token).await?;
        let form = visitor.send(person, &form).await?;
        for guess in 0..GUESSES {
            let fields = form.iter().map(|(name, value)| (name.as_str(), value.as_str()));
            // A form of its own each time: the very same one again would only be told its own answer.
            let attempt = format!("{:032x}", u128::from(person.0) * 1000 + u128::from(guess));
            let fields = fields.filter(|(name, _)| *name != "attempt");
            let code = format!("{:06}", (person.0 * 7 + u64::from(guess)) % 1_000_000);
            let more = [("attempt", attempt.as_str()), ("code", code.as_str())];
            let from = address(person, number);
            let bytes = request.post(place, from, fields.chain(more));
            let answer = visitor.connection.exchange(bytes).await?;
            if !matches!(answer.status, 200 | 400 | 429 | 503) {
                return Err(answer.unexpected("a guess"));
            }
            guesses.set(guesses.get() + 1);
        }
    }
}

/// Few addresses, as attackers have.
fn address(person: Person, number: u32) -> Ipv4Addr {
    let host = u32::try_from(person.0 % 256).unwrap_or(0);
    Ipv4Addr::from_bits(Ipv4Addr::new(203, 0, 113, 0).to_bits() + (host ^ number) % 256)
}

/// Begins a request and waits until the server has had enough of it.
async fn half_open(address: SocketAddr, host: &str) -> std::io::Result<()> {
    let mut stream = TcpStream::connect(address).await?;
    stream.write_all(format!("POST /client HTTP/1.1\r\nhost: {host}\r\nx-").as_bytes()).await?;
    let mut rest = [0; 256];
    while stream.read(&mut rest).await? > 0 {}
    Ok(())
}

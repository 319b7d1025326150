//! A run: server and floor side by side, and the turns that they take.

use std::rc::Rc;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use tempfile::TempDir;

use crate::failure::{Context, Result};
use crate::floor::Floor;
use crate::login::Visitor;
use crate::measured::{Measured, median};
use crate::options::{DatabaseKind, Run};
use crate::people::People;
use crate::place::Place;
use crate::server::{Recipe, Server};
use crate::watch::Watched;
use crate::window::{Tally, Window, measure};
use crate::{output, work};

/// Server and floor, running.
pub(crate) struct Bench {
    pub(crate) run: Run,
    pub(crate) server: Server,
    pub(crate) place: Rc<Place>,
    pub(crate) people: Rc<People>,
    floor: Floor,
    floor_place: Rc<Place>,
    /// Removed with this value.
    _folder: Option<TempDir>,
}

/// One turn of each.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Round {
    /// The floor's requests.
    pub(crate) floor: Measured,
    /// The scenario's requests or logins.
    pub(crate) scenario: Measured,
}

impl Bench {
    /// Starts both.
    pub(crate) async fn start(run: &Run) -> Result<Self> {
        let (temporary, folder) = match &run.folder {
            Some(folder) => {
                std::fs::create_dir_all(folder).context("make the folder")?;
                (None, folder.clone())
            }
            None => {
                let made = tempfile::Builder::new().prefix("onlyauth-bench-").tempdir();
                let made = made.context("make a folder")?;
                let path = made.path().to_owned();
                (Some(made), path)
            }
        };
        let database_url = match run.database {
            DatabaseKind::Sqlite => "sqlite:".to_owned(),
        };
        let program = run.server.canonicalize().context("find the binary of --server")?;
        let log_level = run.log_level.clone();
        let recipe = Recipe { program, folder, database_url, log_level };
        let server = Server::start(&recipe).await?;
        let place = Rc::new(server.place.clone());
        let people = Rc::new(People::default());
        let person = people.next();
        let mut visitor = Visitor::arrive(&place).await?;
        let token_bytes = visitor.create(&person.name(), &person.phone()).await?.len();
        let floor = Floor::start(&place, token_bytes).await?;
        let floor_place = Rc::new(floor.place.clone());
        Ok(Self { run: run.clone(), server, place, people, floor, floor_place, _folder: temporary })
    }

    /// Who is watched while the server is measured.
    pub(crate) fn watched(&self) -> Watched<'_> {
        Watched { pid: self.server.pid(), metrics: Some(&self.place) }
    }

    /// A turn of the floor.
    pub(crate) async fn measure_floor(&self) -> Result<Measured> {
        let window = Window::of(self.span());
        let watched = Watched { pid: self.floor.pid(), metrics: None };
        let worker = || work::create(self.floor_place.clone(), self.people.clone(), window);
        measure(window, &watched, (0..self.run.connections).map(|_| worker())).await
    }

    /// A turn of the server, by these workers.
    pub(crate) async fn measure_server<F>(&self, worker: impl Fn(Window) -> F) -> Result<Measured>
    where
        F: Future<Output = Result<Tally>> + 'static,
    {
        let window = Window::of(self.span());
        let workers = (0..self.run.connections).map(|_| worker(window));
        measure(window, &self.watched(), workers).await
    }

    /// Floor and scenario take turns, so that a slower minute of the machine slows both.
    pub(crate) async fn take_turns<F>(&self, worker: impl Fn(Window) -> F) -> Result<Vec<Round>>
    where
        F: Future<Output = Result<Tally>> + 'static,
    {
        let mut rounds = Vec::new();
        for _ in 0..self.run.rounds {
            let floor = self.measure_floor().await?;
            output::line("floor", &floor);
            let scenario = self.measure_server(&worker).await?;
            output::line("server", &scenario);
            rounds.push(Round { floor, scenario });
        }
        Ok(rounds)
    }

    fn span(&self) -> Duration {
        Duration::from_secs_f64(self.run.seconds)
    }
}

/// The median of the rounds' ratios to the floor, when a unit of the scenario is so many requests.
pub(crate) fn ratio(rounds: &[Round], requests: f64) -> f64 {
    let ratio = |round: &Round| round.scenario.per_second * requests / round.floor.per_second;
    median(&rounds.iter().map(ratio).collect::<Vec<_>>())
}

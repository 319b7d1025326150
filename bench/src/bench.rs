//! A run: server and floor side by side, and the turns that they take.

use std::path::PathBuf;
use std::rc::Rc;
use std::time::Duration;

use tempfile::TempDir;

use crate::database::Database;
use crate::failure::{Context, Failure, Result};
use crate::floor::Floor;
use crate::inbox::Inbox;
use crate::login::Visitor;
use crate::measured::Measured;
use crate::options::{CodeSource, DatabaseKind, Run};
use crate::output;
use crate::people::People;
use crate::place::Place;
use crate::result::Round;
use crate::server::{Recipe, Server};
use crate::watch::Watched;
use crate::window::{Tally, Window, measure};
use crate::work::{self, Codes};

/// Server and floor, running.
pub(crate) struct Bench {
    pub(crate) run: Run,
    pub(crate) folder: PathBuf,
    pub(crate) recipe: Recipe,
    pub(crate) server: Server,
    pub(crate) database: Database,
    pub(crate) place: Rc<Place>,
    pub(crate) people: Rc<People>,
    floor: Floor,
    floor_place: Rc<Place>,
    /// Removed with this value.
    _temporary: Option<TempDir>,
}

impl Bench {
    /// Starts both.
    pub(crate) async fn start(run: &Run) -> Result<Self> {
        let (temporary, folder) = folder(run)?;
        let database = Database::start(run.database).await?;
        let recipe = Recipe {
            program: run.server.canonicalize().context("find the binary of --server")?,
            folder: folder.clone(),
            database_url: database.url(),
            log_level: run.log_level.clone(),
            environment: run.env.clone(),
        };
        let server = Server::start(&recipe).await?;
        let place = Rc::new(server.place.clone());
        let people = Rc::new(People::of_this_run());
        let person = people.next();
        let mut visitor = Visitor::arrive(&place).await?;
        let token_bytes = visitor.create(&person.name(), &person.phone()).await?.len();
        let floor = Floor::start(&place, token_bytes).await?;
        let floor_place = Rc::new(floor.place.clone());
        Ok(Self {
            run: run.clone(),
            folder,
            recipe,
            server,
            database,
            place,
            people,
            floor,
            floor_place,
            _temporary: temporary,
        })
    }

    /// Who is watched while the server is measured.
    pub(crate) fn watched(&self) -> Watched<'_> {
        Watched { pid: self.server.pid(), behind: Some((&self.place, &self.database)) }
    }

    /// A turn of the floor.
    pub(crate) async fn measure_floor(&self) -> Result<Measured> {
        let window = Window::of(self.span());
        let watched = Watched { pid: self.floor.pid(), behind: None };
        let worker = || work::create(self.floor_place.clone(), self.people.clone(), window);
        let measured =
            measure(window, &watched, (0..self.run.connections).map(|_| worker())).await?;
        output::line("floor", &measured);
        Ok(measured)
    }

    /// A turn of the server, by as many of these workers as there are connections.
    pub(crate) async fn measure_server<F>(&self, worker: impl Fn(Window) -> F) -> Result<Measured>
    where
        F: Future<Output = Result<Tally>> + 'static,
    {
        let window = Window::of(self.span());
        let workers = (0..self.run.connections).map(|_| worker(window));
        let measured = measure(window, &self.watched(), workers).await?;
        output::line("server", &measured);
        Ok(measured)
    }

    /// Floor and scenario take turns, so that a slower minute of the machine slows both.
    pub(crate) async fn take_turns<F>(
        &self,
        name: &str,
        worker: impl Fn(Window) -> F,
    ) -> Result<Vec<Round>>
    where
        F: Future<Output = Result<Tally>> + 'static,
    {
        let mut rounds = Vec::new();
        for _ in 0..self.run.rounds {
            let floor = Some(self.measure_floor().await?);
            let turns = vec![(name.to_owned(), self.measure_server(&worker).await?)];
            rounds.push(Round { floor, turns });
        }
        Ok(rounds)
    }

    /// Where codes come from; the inbox is read from now on.
    pub(crate) fn codes(&self) -> Codes {
        if self.run.codes == CodeSource::Fixed {
            return Codes::Fixed;
        }
        let inbox = Rc::new(Inbox::default());
        let (reader, place) = (inbox.clone(), self.place.clone());
        tokio::task::spawn_local(async move {
            // Whoever waits for a code would wait for ever: they are told that nobody reads any more.
            if let Err(error) = reader.read(&place).await {
                output::complain(&error.to_string());
                reader.close();
            }
        });
        Codes::Inbox(inbox)
    }

    /// How long a turn is measured.
    pub(crate) fn span(&self) -> Duration {
        Duration::from_secs_f64(self.run.seconds)
    }
}

fn folder(run: &Run) -> Result<(Option<TempDir>, PathBuf)> {
    if let Some(folder) = &run.folder {
        if run.database == DatabaseKind::Postgres {
            return Err(Failure::new("--folder keeps SQLite's data only; leave it out"));
        }
        std::fs::create_dir_all(folder).context("make the folder")?;
        return Ok((None, folder.canonicalize().context("find the folder")?));
    }
    let made = tempfile::Builder::new().prefix("onlyauth-bench-").tempdir();
    let made = made.context("make a folder")?;
    let path = made.path().to_owned();
    Ok((Some(made), path))
}

//! The server behind the pages, and what a test does and sees there.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use onlyauth_server::asset::lean;
use thirtyfour::prelude::*;
use tokio::sync::{Semaphore, oneshot};

use super::scene::Scene;
use crate::browser::driver::Browser;
use crate::browser::site::serve;
use crate::support::eventually;

/// As the widget's real pages have it, but for who may frame them.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
                      connect-src 'self'; form-action 'self'; base-uri 'none'";

/// What the server says to the next POST.
enum Answer {
    Page(StatusCode, Scene),
    /// Something that no widget's page is.
    Other(&'static str),
    /// A page, once the test lets it go.
    Held(Scene, Arc<Semaphore>),
}

/// The names and values of a form that was posted.
pub(super) type Fields = Vec<(String, String)>;

#[derive(Clone)]
struct Shared {
    opening: Arc<Mutex<Scene>>,
    answers: Arc<Mutex<VecDeque<Answer>>>,
    posts: Arc<Mutex<Vec<Fields>>>,
}

/// A running stage. Ends with the value.
pub(super) struct Stage {
    pub(super) origin: String,
    shared: Shared,
    _stop: oneshot::Sender<()>,
}

impl Stage {
    /// Opens with this page.
    pub(super) async fn open(opening: Scene) -> Self {
        let shared = Shared {
            opening: Arc::new(Mutex::new(opening)),
            answers: Arc::default(),
            posts: Arc::default(),
        };
        let app = Router::new()
            .route("/client", get(page).post(act))
            .route("/assets/v/{name}", get(asset))
            .route(
                "/home",
                get(async || Html("<!doctype html><title>Home</title><main id=home>Home</main>")),
            )
            .with_state(shared.clone());
        let (origin, stop) = serve(app).await;
        Self { origin, shared, _stop: stop }
    }

    pub(super) fn address(&self) -> String {
        format!("{}/client", self.origin)
    }

    /// The next POST is answered with this page.
    pub(super) fn answer(&self, scene: Scene) {
        self.answer_with(StatusCode::OK, scene);
    }

    pub(super) fn answer_with(&self, status: StatusCode, scene: Scene) {
        self.plan(Answer::Page(status, scene));
    }

    /// The next POST is answered with something that is no page of the widget.
    pub(super) fn answer_strangely(&self, body: &'static str) {
        self.plan(Answer::Other(body));
    }

    /// The next POST is answered with this page once a permit is added to what this returns.
    pub(super) fn hold(&self, scene: Scene) -> Arc<Semaphore> {
        let gate = Arc::new(Semaphore::new(0));
        self.plan(Answer::Held(scene, gate.clone()));
        gate
    }

    fn plan(&self, answer: Answer) {
        self.shared.answers.lock().unwrap().push_back(answer);
    }

    /// Every form that was posted.
    pub(super) fn posts(&self) -> Vec<Fields> {
        self.shared.posts.lock().unwrap().clone()
    }

    /// Waits until so many forms were posted, and gives the last.
    pub(super) async fn posted(&self, count: usize) -> Fields {
        eventually("a form to be posted", || async { (self.posts().len() >= count).then_some(()) })
            .await;
        let posts = self.posts();
        assert_eq!(posts.len(), count, "{posts:?}");
        posts.into_iter().next_back().unwrap()
    }
}

/// The value of a field.
pub(super) fn value<'a>(fields: &'a Fields, name: &str) -> &'a str {
    fields.iter().find(|(field, _)| field == name).map_or("", |(_, value)| value)
}

async fn page(State(shared): State<Shared>) -> Response {
    respond(StatusCode::OK, shared.opening.lock().unwrap().html())
}

async fn act(State(shared): State<Shared>, body: String) -> Response {
    let fields = url::form_urlencoded::parse(body.as_bytes()).into_owned().collect();
    shared.posts.lock().unwrap().push(fields);
    let answer = shared.answers.lock().unwrap().pop_front();
    match answer {
        Some(Answer::Page(status, scene)) => respond(status, scene.html()),
        Some(Answer::Other(body)) => respond(StatusCode::OK, body.to_owned()),
        Some(Answer::Held(scene, gate)) => {
            let _permit = gate.acquire().await;
            respond(StatusCode::OK, scene.html())
        }
        // As if the login stood where it stood.
        None => respond(StatusCode::OK, shared.opening.lock().unwrap().html()),
    }
}

fn respond(status: StatusCode, html: String) -> Response {
    let headers = [(header::CONTENT_SECURITY_POLICY, POLICY), (header::CACHE_CONTROL, "no-cache")];
    (status, headers, Html(html)).into_response()
}

async fn asset(Path(name): Path<String>) -> Response {
    let (kind, content) = match name.as_str() {
        "widget.js" => ("text/javascript", include_str!("../../../assets/widget.js")),
        "old-browser.js" => ("text/javascript", include_str!("../../../assets/old-browser.js")),
        "widget.css" => ("text/css", include_str!("../../../assets/widget.css")),
        _ => return StatusCode::NOT_FOUND.into_response(),
    };
    // As the server does it.
    let content = if kind == "text/css" { content.to_owned() } else { lean(content) };
    ([(header::CONTENT_TYPE, kind)], content).into_response()
}

/// Stops the page's clock, which from then on only [`advance`] moves.
const CLOCK: &str = "
  let now = 1767268800000;
  const ticks = [];
  Date.now = () => now;
  window.setInterval = (tick) => ticks.push(tick);
  window.advance = (seconds) => {
    for (let i = 0; i < seconds; i++) {
      now += 1000;
      for (const tick of ticks) tick();
    }
  };
";

/// Runs a script in every page that is opened from now on, before any script of the page.
pub(super) async fn prepare(browser: &Browser, script: &str) -> WebDriverResult<()> {
    let source = serde_json::json!({ "source": format!("{{ {script} }}") });
    browser.cdp().send_raw("Page.addScriptToEvaluateOnNewDocument", source).await?;
    Ok(())
}

/// Stops the clock of every page that is opened from now on.
pub(super) async fn stop_clock(browser: &Browser) -> WebDriverResult<()> {
    prepare(browser, CLOCK).await
}

/// Lets so many seconds pass, one after the other.
pub(super) async fn advance(browser: &Browser, seconds: u32) -> WebDriverResult<()> {
    browser.evaluate(&format!("advance({seconds})")).await?;
    Ok(())
}

//! One login, step by step, as a backend and a browser do it. Each step checks its answer.

use std::rc::Rc;
use std::time::{Duration, Instant};

use crate::connection::Connection;
use crate::failure::Result;
use crate::page;
use crate::people::Person;
use crate::place::Place;
use crate::request::{Request, json_text};

/// The requests of a login, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    /// createAccessToken.
    Create,
    /// The browser opens the widget.
    Open,
    /// It asks for a code.
    Send,
    /// It sends the code.
    Check,
    /// validateSuccessToken.
    Validate,
}

impl Step {
    /// All of them, in order.
    pub(crate) const ALL: [Self; 5] =
        [Self::Create, Self::Open, Self::Send, Self::Check, Self::Validate];

    /// Its name.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Create => "create",
            Self::Open => "open",
            Self::Send => "send",
            Self::Check => "check",
            Self::Validate => "validate",
        }
    }
}

/// A form's fields with their values.
pub(crate) type Form = Vec<(String, String)>;

/// Somebody at a connection.
pub(crate) struct Visitor {
    /// Where.
    pub(crate) place: Rc<Place>,
    /// Over which connection: as through a proxy, all requests share one.
    pub(crate) connection: Connection,
    /// Its buffers.
    pub(crate) request: Request,
}

impl Visitor {
    /// Connects.
    pub(crate) async fn arrive(place: &Rc<Place>) -> Result<Self> {
        let connection = Connection::open(place.address).await?;
        Ok(Self { place: place.clone(), connection, request: Request::default() })
    }

    /// createAccessToken; its token.
    pub(crate) async fn create(&mut self, name: &str, phone: &str) -> Result<String> {
        let bytes = self.request.create(&self.place, name, phone);
        let answer = self.connection.exchange(bytes).await?;
        match json_text(answer.body, "token") {
            Some(token) if answer.status == 200 && token.len() > 100 => Ok(token.to_owned()),
            _ => Err(answer.unexpected("createAccessToken")),
        }
    }

    /// Opens the widget; the form that asks for a code by text message.
    pub(crate) async fn open(&mut self, person: Person, token: &str) -> Result<Form> {
        let bytes = self.request.open(&self.place, token, person.address());
        let answer = self.connection.exchange(bytes).await?;
        let page = page_of(answer.status, answer.body).ok_or_else(|| answer.unexpected("open"))?;
        let form = page::form(page, "resume").map(owned);
        let channel = page::button(page, "resume", "channel");
        match (form, channel) {
            (Some(mut form), Some(channel)) => {
                form.push(("channel".to_owned(), channel.into_owned()));
                Ok(form)
            }
            _ => Err(answer.unexpected("open")),
        }
    }

    /// Asks for a code; the form that takes it, without the code.
    pub(crate) async fn send(&mut self, person: Person, form: &Form) -> Result<Form> {
        let bytes = self.request.post(&self.place, person.address(), pairs(form));
        let answer = self.connection.exchange(bytes).await?;
        let page = page_of(answer.status, answer.body).ok_or_else(|| answer.unexpected("send"))?;
        page::form(page, "check").map(owned).ok_or_else(|| answer.unexpected("send"))
    }

    /// Sends the code; the success token.
    pub(crate) async fn check(
        &mut self,
        person: Person,
        form: &Form,
        code: &str,
    ) -> Result<String> {
        let fields = pairs(form).chain([("code", code)]);
        let bytes = self.request.post(&self.place, person.address(), fields);
        let answer = self.connection.exchange(bytes).await?;
        let page = page_of(answer.status, answer.body).ok_or_else(|| answer.unexpected("check"))?;
        let token = page::link(page, "continue", "data-token");
        token.map(std::borrow::Cow::into_owned).ok_or_else(|| answer.unexpected("check"))
    }

    /// validateSuccessToken, which must prove that it was this person with this phone.
    pub(crate) async fn validate(&mut self, name: &str, phone: &str, token: &str) -> Result<()> {
        let bytes = self.request.validate(&self.place, name, token);
        let answer = self.connection.exchange(bytes).await?;
        let proven = answer.status == 200
            && json_text(answer.body, "token") == Some(token)
            && json_text(answer.body, "end_user_uuid") == Some(name)
            && json_text(answer.body, "end_user_phone_number") == Some(phone);
        if proven { Ok(()) } else { Err(answer.unexpected("validateSuccessToken")) }
    }
}

/// Sums up how long the steps of one login took.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Stopwatch {
    started: Instant,
    /// By step.
    pub(crate) took: [Duration; 5],
    /// Until the code was in the inbox and read. It belongs to no step: somebody looks for the phone.
    pub(crate) waited: Duration,
}

impl Stopwatch {
    /// Starts with a moment at which the first step should have begun.
    pub(crate) fn since(started: Instant) -> Self {
        Self { started, took: [Duration::ZERO; 5], waited: Duration::ZERO }
    }

    /// A step is over.
    pub(crate) fn done(&mut self, step: Step) {
        self.took[step as usize] = self.started.elapsed();
        self.started = Instant::now();
    }

    /// The code is there.
    pub(crate) fn has_code(&mut self) {
        self.waited = self.started.elapsed();
        self.started = Instant::now();
    }
}

fn page_of(status: u16, body: &[u8]) -> Option<&str> {
    if status == 200 { std::str::from_utf8(body).ok() } else { None }
}

fn owned(form: &str) -> Form {
    page::hidden(form).map(|(name, value)| (name.into_owned(), value.into_owned())).collect()
}

fn pairs(form: &Form) -> impl Iterator<Item = (&str, &str)> {
    form.iter().map(|(name, value)| (name.as_str(), value.as_str()))
}

/// The code of a fixed test number.
pub(crate) const FIXED_CODE: &str = "424242";
/// That number.
pub(crate) const FIXED_PHONE: &str = "+12025550142";

/// A success token that waits to be validated.
#[derive(Debug, Clone)]
pub(crate) struct Waiting {
    /// Whose.
    pub(crate) name: String,
    /// The token.
    pub(crate) token: String,
}

/// Logs somebody in as far as the success token, without the detour of reading a page first.
pub(crate) async fn prepare(visitor: &mut Visitor, person: Person) -> Result<Waiting> {
    let name = person.name();
    let token = visitor.create(&name, FIXED_PHONE).await?;
    let form: Form = [
        ("token", token.as_str()),
        ("app_id", visitor.place.app_id.as_str()),
        ("sends", "0"),
        ("channel", "sms"),
    ]
    .map(|(name, value)| (name.to_owned(), value.to_owned()))
    .to_vec();
    let form = visitor.send(person, &form).await?;
    let token = visitor.check(person, &form, FIXED_CODE).await?;
    Ok(Waiting { name, token })
}

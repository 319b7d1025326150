//! What one worker does, again and again, until the window is over.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::{Duration, Instant};

use crate::failure::Result;
use crate::inbox::Inbox;
use crate::login::{FIXED_CODE, FIXED_PHONE, Step, Stopwatch, Visitor, Waiting};
use crate::people::{People, Person};
use crate::place::Place;
use crate::window::{Tally, Window};

/// Asks for access tokens. The floor's answers have the same shape.
pub(crate) async fn create(place: Rc<Place>, people: Rc<People>, window: Window) -> Result<Tally> {
    let mut visitor = Visitor::arrive(&place).await?;
    let mut tally = Tally::default();
    while !window.is_over() {
        let person = people.next();
        let (name, phone) = (person.name(), person.phone());
        let began = Instant::now();
        visitor.create(&name, &phone).await?;
        if window.is_open() {
            tally.request(began.elapsed());
        }
    }
    Ok(tally)
}

/// Validates tokens that were made before.
pub(crate) async fn validate(
    place: Rc<Place>,
    tokens: Rc<RefCell<Vec<Waiting>>>,
    window: Window,
) -> Result<Tally> {
    let mut visitor = Visitor::arrive(&place).await?;
    let mut tally = Tally::default();
    while !window.is_over() {
        let Some(Waiting { name, token }) = tokens.borrow_mut().pop() else { break };
        let began = Instant::now();
        visitor.validate(&name, FIXED_PHONE, &token).await?;
        if window.is_open() {
            tally.request(began.elapsed());
        }
    }
    Ok(tally)
}

/// Where codes are read.
#[derive(Debug, Clone)]
pub(crate) enum Codes {
    /// In the inbox; everybody has a phone of their own.
    Inbox(Rc<Inbox>),
    /// Nowhere: all have the test number whose code never changes.
    Fixed,
}

/// Logs people in.
pub(crate) async fn logins(
    place: Rc<Place>,
    people: Rc<People>,
    codes: Codes,
    window: Window,
) -> Result<Tally> {
    let mut visitor = Visitor::arrive(&place).await?;
    let mut tally = Tally::default();
    while !window.is_over() {
        let watch = login(&mut visitor, people.next(), &codes, Instant::now()).await?;
        if window.is_open() {
            tally.login(&watch);
        }
    }
    Ok(tally)
}

/// Logs people in at given moments: whoever is late because others are slow counts as waiting.
pub(crate) async fn logins_on_time(
    place: Rc<Place>,
    people: Rc<People>,
    codes: Codes,
    moments: Rc<Moments>,
    window: Window,
) -> Result<Tally> {
    let mut visitor = Visitor::arrive(&place).await?;
    let mut tally = Tally::default();
    loop {
        let moment = moments.next();
        if window.ends_before(moment) {
            return Ok(tally);
        }
        tokio::time::sleep_until(moment.into()).await;
        let watch = login(&mut visitor, people.next(), &codes, moment).await?;
        if window.is_open() {
            tally.login(&watch);
        }
    }
}

/// Moments at equal distances.
#[derive(Debug)]
pub(crate) struct Moments {
    next: Cell<Instant>,
    distance: Duration,
}

impl Moments {
    /// So many in a second, from now on.
    pub(crate) fn per_second(rate: f64) -> Self {
        Self { next: Cell::new(Instant::now()), distance: Duration::from_secs_f64(1.0 / rate) }
    }

    /// The next of them.
    pub(crate) fn next(&self) -> Instant {
        let moment = self.next.get();
        self.next.set(moment + self.distance);
        moment
    }
}

/// One whole login. `began` is when it should have begun.
pub(crate) async fn login(
    visitor: &mut Visitor,
    person: Person,
    codes: &Codes,
    began: Instant,
) -> Result<Stopwatch> {
    let name = person.name();
    let phone = match codes {
        Codes::Inbox(_) => person.phone(),
        Codes::Fixed => FIXED_PHONE.to_owned(),
    };
    let mut watch = Stopwatch::since(began);
    let token = visitor.create(&name, &phone).await?;
    watch.done(Step::Create);
    let form = visitor.open(person, &token).await?;
    watch.done(Step::Open);
    let form = visitor.send(person, &form).await?;
    watch.done(Step::Send);
    let code = match codes {
        Codes::Inbox(inbox) => inbox.code(person).await?,
        Codes::Fixed => FIXED_CODE.to_owned(),
    };
    watch.has_code();
    let token = visitor.check(person, &form, &code).await?;
    watch.done(Step::Check);
    visitor.validate(&name, &phone, &token).await?;
    watch.done(Step::Validate);
    Ok(watch)
}

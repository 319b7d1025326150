//! Codes from the sandbox's inbox: one reader asks for the newest messages and hands them to whoever waits, so
//! that reading codes costs the server little beside the logins that are measured.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use serde::Deserialize;
use tokio::sync::{Notify, oneshot};

use crate::connection::Connection;
use crate::failure::{Context, Failure, Result};
use crate::people::Person;
use crate::place::Place;
use crate::request::Request;

/// What the server lists at most.
const MOST: usize = 100;
/// Between two looks.
const PAUSE: Duration = Duration::from_millis(10);
/// A connection that was not used for so long is opened anew: the server closes those that are silent for 10 s.
const IDLE: Duration = Duration::from_secs(5);
/// Who has waited so long may have been pushed out of the newest messages, and is asked for by phone.
const LONG: Duration = Duration::from_secs(1);

/// Who waits for a code.
#[derive(Debug, Default)]
pub(crate) struct Inbox {
    waiting: RefCell<BTreeMap<Person, Wait>>,
    somebody: Notify,
    closed: Cell<bool>,
}

#[derive(Debug)]
struct Wait {
    since: Instant,
    teller: oneshot::Sender<String>,
}

#[derive(Deserialize)]
struct Messages<'a> {
    #[serde(borrow)]
    messages: Vec<Message<'a>>,
}

#[derive(Deserialize)]
struct Message<'a> {
    end_user_uuid: &'a str,
    code: &'a str,
}

impl Inbox {
    /// Waits for this person's code.
    pub(crate) async fn code(&self, person: Person) -> Result<String> {
        let (teller, told) = oneshot::channel();
        if self.closed.get() {
            return Err(Failure::new("the inbox is no longer read"));
        }
        self.waiting.borrow_mut().insert(person, Wait { since: Instant::now(), teller });
        self.somebody.notify_one();
        told.await.map_err(|_| Failure::new("the inbox is no longer read"))
    }

    /// Nobody reads any more: whoever waits, or comes, is told so.
    pub(crate) fn close(&self) {
        self.closed.set(true);
        self.waiting.borrow_mut().clear();
    }

    /// Reads the inbox for as long as it is polled.
    pub(crate) async fn read(&self, place: &Place) -> Result<()> {
        let mut connection = Connection::open(place.address).await?;
        let mut used = Instant::now();
        let mut request = Request::default();
        let base =
            format!("/sandbox/messages?client_id={}&app_id={}", place.client_id, place.app_id);
        loop {
            let (waiting, late) = self.look();
            if waiting == 0 {
                self.somebody.notified().await;
                tokio::time::sleep(PAUSE / 2).await;
                continue;
            }
            if used.elapsed() > IDLE {
                connection = Connection::open(place.address).await?;
            }
            used = Instant::now();
            let path = format!("{base}&limit={}", (waiting + 8).clamp(16, MOST));
            self.ask(&mut connection, request.backend_get(place, &path)).await?;
            for person in late {
                let phone = person.phone().replace('+', "%2B");
                let path = format!("{base}&limit=5&end_user_phone_number={phone}");
                self.ask(&mut connection, request.backend_get(place, &path)).await?;
            }
            tokio::time::sleep(PAUSE).await;
        }
    }

    /// How many wait, and some of those who have waited long.
    fn look(&self) -> (usize, Vec<Person>) {
        let mut waiting = self.waiting.borrow_mut();
        waiting.retain(|_, wait| !wait.teller.is_closed());
        let late =
            |(person, wait): (&Person, &Wait)| (wait.since.elapsed() > LONG).then_some(*person);
        (waiting.len(), waiting.iter().filter_map(late).take(20).collect())
    }

    async fn ask(&self, connection: &mut Connection, request: &[u8]) -> Result<()> {
        let answer = connection.exchange(request).await?;
        if answer.status != 200 {
            return Err(answer.unexpected("the inbox"));
        }
        let messages: Messages = serde_json::from_slice(answer.body).context("read the inbox")?;
        let mut waiting = self.waiting.borrow_mut();
        for message in messages.messages {
            let wait =
                Person::of_name(message.end_user_uuid).and_then(|person| waiting.remove(&person));
            if let Some(wait) = wait {
                // Who no longer waits has ended with the run.
                let _ = wait.teller.send(message.code.to_owned());
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_read_without_what_is_not_needed() {
        let text =
            br#"{"messages":[{"id":"MESG-1","body":"x \"y\"\n","end_user_uuid":"user-0000000007",
            "code":"012345","created_at":1}]}"#;
        let messages: Messages = serde_json::from_slice(text).unwrap();
        assert_eq!(messages.messages[0].code, "012345");
        assert_eq!(Person::of_name(messages.messages[0].end_user_uuid), Some(Person(7)));
    }
}

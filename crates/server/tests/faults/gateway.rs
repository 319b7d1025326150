//! The provider: a gateway that keeps what it was handed, and may lie about it.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::Value;

use crate::random::Random;
use crate::stub::{Act, Request, Stub};

pub(crate) const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

/// What a gateway does with a message and what it says about that.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Manner {
    Honest,
    /// Says accepted, and nobody gets it.
    Drops,
    /// Says that it can't take it now, although the phone has it. The server may try again.
    DeniesForNow,
    /// Says that it refuses it, or that something in between failed, although the phone has it.
    Denies,
    /// Answers what is no HTTP, or half of an answer, and delivers.
    Babbles,
    /// Cuts the connection once it has the message, and delivers.
    Cuts,
    /// Says nothing until the server gives up, and delivers.
    Stalls,
}

impl Manner {
    pub(crate) const ALL: [Self; 7] = [
        Self::Honest,
        Self::Drops,
        Self::DeniesForNow,
        Self::Denies,
        Self::Babbles,
        Self::Cuts,
        Self::Stalls,
    ];

    fn act(self, random: &mut Random) -> Act {
        let status = |random: &mut Random, statuses: &[u16]| Act::status(*random.one_of(statuses));
        match self {
            Self::Honest | Self::Drops => status(random, &[200, 202, 204]),
            Self::DeniesForNow => status(random, &[408, 429, 500, 503]),
            Self::Denies => status(random, &[302, 400, 401, 404, 501, 502, 504, 999]),
            Self::Babbles if random.percent(50) => Act::HalfAnswer(200),
            // Two lengths that contradict each other.
            Self::Babbles => Act::Answer(200, "content-length: 7\r\n".to_owned(), "{".to_owned()),
            Self::Cuts => Act::Reset,
            Self::Stalls => Act::Hang,
        }
    }
}

/// One time that a message was handed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct HandOver {
    pub(crate) message: String,
    /// Whether the server was told that it was certainly not taken.
    pub(crate) not_now: bool,
}

#[derive(Default)]
struct Book {
    handed: Vec<HandOver>,
    lies: usize,
    /// What phones show, by number.
    codes: HashMap<String, String>,
}

type Manners = dyn Fn(&mut Random) -> Manner + Send + Sync;
/// Called with each message: its id, and the address for its receipts.
type Bystander = dyn Fn(&str, &str) + Send + Sync;

/// The gateway. Clones are the same.
#[derive(Clone)]
pub(crate) struct Gateway {
    book: Arc<Mutex<Book>>,
    stub: Arc<Stub>,
}

impl Gateway {
    /// One that does what it says.
    pub(crate) async fn honest() -> Self {
        Self::start(Random::seeded(0), |_| Manner::Honest, |_, _| {}).await
    }

    /// One with these manners.
    pub(crate) async fn start(
        random: Random,
        manners: impl Fn(&mut Random) -> Manner + Send + Sync + 'static,
        bystander: impl Fn(&str, &str) + Send + Sync + 'static,
    ) -> Self {
        let book = Arc::new(Mutex::new(Book::default()));
        let (manners, bystander): (Arc<Manners>, Arc<Bystander>) =
            (Arc::new(manners), Arc::new(bystander));
        let random = Mutex::new(random);
        let shared = book.clone();
        let stub = Stub::start(move |request| {
            let mut random = random.lock().unwrap();
            let manner = manners(&mut random);
            take(&shared, request, manner, &*bystander);
            manner.act(&mut random)
        });
        Self { book, stub: Arc::new(stub.await) }
    }

    pub(crate) fn url(&self) -> &str {
        &self.stub.base
    }

    pub(crate) fn handed(&self) -> Vec<HandOver> {
        self.book.lock().unwrap().handed.clone()
    }

    /// How often it lied.
    pub(crate) fn lies(&self) -> usize {
        self.book.lock().unwrap().lies
    }

    /// The newest code that this phone shows; None when there is none for a while.
    pub(crate) async fn code(&self, phone: &str, patience: Duration) -> Option<String> {
        let looking = async {
            loop {
                if let Some(code) = self.book.lock().unwrap().codes.get(phone) {
                    return code.clone();
                }
                tokio::time::sleep(Duration::from_millis(3)).await;
            }
        };
        tokio::time::timeout(patience, looking).await.ok()
    }
}

fn take(book: &Mutex<Book>, request: &Request, manner: Manner, bystander: &Bystander) {
    let message = request.header("webhook-id").to_owned();
    let body: Value = serde_json::from_str(&request.body).unwrap();
    let field = |name: &str| body["data"][name].as_str().unwrap().to_owned();
    let delivered = manner != Manner::Drops;
    {
        let mut book = book.lock().unwrap();
        if delivered {
            let code = field("text").chars().take_while(char::is_ascii_digit).collect();
            book.codes.insert(field("to"), code);
        }
        book.lies += usize::from(manner != Manner::Honest);
        let not_now = manner == Manner::DeniesForNow;
        book.handed.push(HandOver { message: message.clone(), not_now });
    }
    bystander(&message, &field("receipt_url"));
}

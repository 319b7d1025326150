//! One login, as a backend and a browser do it: each asks again until it knows where it stands.

use std::sync::Arc;
use std::time::Duration;

use onlyauth_core::challenge::AttemptKey;
use reqwest::{Method, RequestBuilder};
use serde_json::Value;
use tokio::time::Instant;

use crate::PATIENCE;
use crate::facts::hex;
use crate::gateway::Gateway;
use crate::installation::Address;
use crate::ledger::{Answer, Ask, Ledger, Told};
use crate::page::Page;
use crate::random::Random;

/// Before the same is asked again. Shorter than the second that the server asks for, so that less time is spent.
const PAUSE: Duration = Duration::from_millis(40);
/// How long a person looks at the phone before asking for another message.
const LOOK: Duration = Duration::from_millis(1500);
const FORM: &str = "application/x-www-form-urlencoded";

/// How a login ended for the person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum End {
    /// The backend was told that it is proven.
    Redeemed,
    /// It was proven, and the one answer that says so was lost.
    Untold,
    /// Wrong codes used up all checks.
    UsedUp,
    /// No code came, however often.
    NoCode,
}

/// A login that did not get anywhere in time, outages included; what it last heard.
#[derive(Debug)]
pub(crate) struct Stuck(pub(crate) String);

/// A customer's backend with browsers of its end users. Clones share connections and ledger.
#[derive(Clone)]
pub(crate) struct Client {
    pub(crate) http: reqwest::Client,
    pub(crate) address: Address,
    pub(crate) ledger: Ledger,
    pub(crate) gateway: Gateway,
    /// The id of the client, as the API calls the customer.
    pub(crate) customer: Arc<str>,
    pub(crate) secret: Arc<str>,
    pub(crate) app: Arc<str>,
}

/// What came of a request.
pub(crate) enum Heard {
    Reply {
        status: u16,
        patience_asked: bool,
        body: String,
    },
    /// Nobody listened, so certainly nobody did anything.
    Nobody,
    /// It was sent, and no answer came.
    Silence,
}

/// A login under way.
#[derive(Clone)]
struct Login {
    token: String,
    action: String,
    phone: String,
    since: Instant,
}

/// A form for a code.
#[derive(Clone)]
struct Form {
    challenge: String,
    attempt: String,
    code: String,
    right: bool,
}

impl Client {
    /// A client that waits at most so long for an answer.
    pub(crate) fn http() -> reqwest::Client {
        let builder = reqwest::Client::builder().no_proxy().retry(reqwest::retry::never());
        builder.timeout(Duration::from_secs(20)).build().unwrap()
    }

    /// The `number`-th login of a run: now and then with wrong codes, double clicks and double redemptions.
    pub(crate) async fn login(&self, number: u32, random: &mut Random) -> Result<End, Stuck> {
        let login = self.begin(number).await?;
        let Some(code) = self.ask_for_code(&login).await? else { return Ok(End::NoCode) };
        let page = self.open(&login).await?;
        let challenge = page.field("challenge").map(str::to_owned);
        let challenge = challenge.ok_or_else(|| Stuck(format!("no form: {}", page.state())))?;
        let form = |random: &mut Random, code: String, right| Form {
            challenge: challenge.clone(),
            attempt: AttemptKey::new(random.bytes()).text(),
            code,
            right,
        };
        if random.percent(5) {
            // Guesses in parallel, more than are allowed; then what must be no use any more.
            let guesses = (0..8).map(|_| form(random, wrong(&code), false)).collect();
            self.check_at_once(&login, guesses).await?;
            self.check(&login, &form(random, code, true)).await?;
            return Ok(End::UsedUp);
        }
        for _ in 0..[0, 0, 0, 1, 1, 2, 4][usize::try_from(random.below(7)).unwrap()] {
            self.check(&login, &form(random, wrong(&code), false)).await?;
        }
        let right = form(random, code.clone(), true);
        let mut forms = vec![right.clone()];
        if random.percent(30) {
            // A double click, or the same code from another tab.
            forms.push(if random.percent(50) { right } else { form(random, code, true) });
        }
        let told = self.check_at_once(&login, forms).await?;
        let Some(token) = told.into_iter().flatten().next() else {
            return Err(Stuck("the right code led nowhere".to_owned()));
        };
        let at_once = if random.percent(30) { 3 } else { 1 };
        self.redeem_at_once(&login, &token, at_once).await
    }

    async fn begin(&self, number: u32) -> Result<Login, Stuck> {
        let since = Instant::now();
        let phone = format!("+1415{}", 2_000_000 + number);
        let user = format!("user-{number}");
        let fields = [
            ("app_id", &*self.app),
            ("client_id", &*self.customer),
            ("end_user_phone_number", &phone),
            ("end_user_uuid", &user),
            ("redirect_uri", "https://shop.example/return"),
            ("language", "en-us"),
            ("region", "us1"),
        ];
        // Nothing is written for this, so that it may be asked blindly, and is no matter for the ledger.
        let body = loop {
            let heard = self.backend("/server/access-tokens/new", &fields).await;
            match &heard {
                Heard::Reply { status: 200, body, .. } => break body.clone(),
                other => pause(since, other).await?,
            }
        };
        let answer: Value = serde_json::from_str(&body).unwrap();
        let token = answer["token"].as_str().unwrap().to_owned();
        let action = action_of(&token);
        Ok(Login { token, action, phone, since })
    }

    /// Asks for a message, and for another one when none comes.
    async fn ask_for_code(&self, login: &Login) -> Result<Option<String>, Stuck> {
        loop {
            let page = self.open(login).await?;
            if page.state() == "resends_used_up" {
                return Ok(None);
            }
            let sends = page.field("sends").unwrap_or("0").to_owned();
            let asked = self.send(login, &sends).await?;
            let code = self.gateway.code(&login.phone, LOOK).await;
            if code.is_some() {
                return Ok(code);
            }
            if !asked || login.since.elapsed() > PATIENCE {
                let state = self.open(login).await?.state().to_owned();
                return if state == "resends_used_up" { Ok(None) } else { Err(Stuck(state)) };
            }
        }
    }

    /// Whether a message was queued, or one was already.
    async fn send(&self, login: &Login, sends: &str) -> Result<bool, Stuck> {
        loop {
            let ask = Ask::Send { action: login.action.clone(), sends: sends.parse().unwrap() };
            let id = self.ledger.intend(ask).await;
            let fields = [("do", "send"), ("channel", "sms"), ("sends", sends)];
            let heard = self.widget(login, &fields).await;
            let answer = answer(&heard, |page| match page.state() {
                // The limit and the wait are looked at before anything else, so that these tell what stood before.
                "resend_wait" | "resends_used_up" => Answer::Refused(page.state().to_owned()),
                "sending" | "code_sent" | "delivery_failed" => Answer::Ok(Told::Queued),
                state => Answer::Odd(format!("send: {} {state}", page.status)),
            });
            self.ledger.conclude(id, answer.clone()).await;
            match answer {
                Answer::Ok(_) => return Ok(true),
                Answer::Refused(state) if state == "resends_used_up" => return Ok(false),
                Answer::Odd(what) => return Err(Stuck(what)),
                _ => pause(login.since, &heard).await?,
            }
        }
    }

    async fn open(&self, login: &Login) -> Result<Page, Stuck> {
        loop {
            let path = format!("/client?token={}&app_id={}", login.token, self.app);
            let heard = self.ask(|http, base| http.get(format!("{base}{path}"))).await;
            match heard {
                Heard::Reply { status: 200, body, .. } => return Ok(page(200, body)),
                other => pause(login.since, &other).await?,
            }
        }
    }

    async fn check_at_once(
        &self,
        login: &Login,
        forms: Vec<Form>,
    ) -> Result<Vec<Option<String>>, Stuck> {
        let mut checks = tokio::task::JoinSet::new();
        for form in forms {
            let (client, login) = (self.clone(), login.clone());
            checks.spawn(async move { client.check(&login, &form).await });
        }
        checks.join_all().await.into_iter().collect()
    }

    /// Sends the very same form until it is known what came of it: the success token, if it passed.
    async fn check(&self, login: &Login, form: &Form) -> Result<Option<String>, Stuck> {
        loop {
            let id = self.ledger.intend(Ask::Check {
                action: login.action.clone(),
                challenge: form.challenge.clone(),
                form: form.attempt.clone(),
                right: form.right,
            });
            let id = id.await;
            let fields = [
                ("do", "check"),
                ("challenge", &*form.challenge),
                ("attempt", &*form.attempt),
                ("code", &*form.code),
            ];
            let heard = self.widget(login, &fields).await;
            let mut passed = None;
            let answer = answer(&heard, |page| match page.state() {
                "passed" => {
                    let token = page.success_token().unwrap_or_default();
                    passed = Some(token.clone());
                    Answer::Ok(Told::Passed(token_hash(&token)))
                }
                "wrong_code" => Answer::Ok(Told::Wrong),
                "tries_used_up" => Answer::Ok(Told::TriesUsedUp),
                "already_done" => Answer::Refused("already_done".to_owned()),
                state => Answer::Odd(format!("check: {} {state}", page.status)),
            });
            self.ledger.conclude(id, answer.clone()).await;
            match answer {
                Answer::Ok(_) => return Ok(passed),
                Answer::Refused(why) if why == "already_done" => return Ok(None),
                Answer::Odd(what) => return Err(Stuck(what)),
                _ => pause(login.since, &heard).await?,
            }
        }
    }

    async fn redeem_at_once(&self, login: &Login, token: &str, times: usize) -> Result<End, Stuck> {
        let mut redemptions = tokio::task::JoinSet::new();
        for _ in 0..times {
            let (client, login, token) = (self.clone(), login.clone(), token.to_owned());
            redemptions.spawn(async move { client.redeem(&login, &token).await });
        }
        let ends: Result<Vec<bool>, Stuck> = redemptions.join_all().await.into_iter().collect();
        Ok(if ends?.contains(&true) { End::Redeemed } else { End::Untold })
    }

    /// Whether this call was the one that is told.
    async fn redeem(&self, login: &Login, token: &str) -> Result<bool, Stuck> {
        loop {
            let ask = Ask::Redeem { action: login.action.clone(), token: token_hash(token) };
            let id = self.ledger.intend(ask).await;
            let fields = [("app_id", &*self.app), ("client_id", &*self.customer), ("token", token)];
            let heard = self.backend("/server/success-tokens", &fields).await;
            let answer = answer(&heard, |page| match page.status {
                200 => Answer::Ok(Told::Redeemed),
                404 => Answer::Refused("not_found".to_owned()),
                status => Answer::Odd(format!("redeem: {status}")),
            });
            self.ledger.conclude(id, answer.clone()).await;
            match answer {
                Answer::Ok(_) => return Ok(true),
                Answer::Refused(why) if why == "not_found" => return Ok(false),
                Answer::Odd(what) => return Err(Stuck(what)),
                _ => pause(login.since, &heard).await?,
            }
        }
    }

    /// A request of the backend.
    pub(crate) async fn backend(&self, path: &str, fields: &[(&str, &str)]) -> Heard {
        let body = encode(fields);
        let secret = &self.secret;
        self.ask(|http, base| {
            let request = http.request(Method::POST, format!("{base}{path}"));
            request.bearer_auth(secret).header("content-type", FORM).body(body)
        })
        .await
    }

    async fn widget(&self, login: &Login, fields: &[(&str, &str)]) -> Heard {
        let own = [("token", &*login.token), ("app_id", &*self.app)];
        let body = encode(&[&own, fields].concat());
        self.ask(|http, base| {
            http.post(format!("{base}/client")).header("content-type", FORM).body(body)
        })
        .await
    }

    /// Asks whoever serves now; nobody while the server is known to be down, so that its port may be another's.
    pub(crate) async fn ask(
        &self,
        request: impl FnOnce(&reqwest::Client, &str) -> RequestBuilder,
    ) -> Heard {
        let base = self.address.lock().unwrap().clone();
        let Some(base) = base else { return Heard::Nobody };
        let response = match request(&self.http, &base).send().await {
            Ok(response) => response,
            Err(error) if error.is_connect() => return Heard::Nobody,
            Err(_) => return Heard::Silence,
        };
        let status = response.status().as_u16();
        let patience_asked = response.headers().contains_key("retry-after");
        match response.text().await {
            Ok(body) => Heard::Reply { status, patience_asked, body },
            Err(_) => Heard::Silence,
        }
    }
}

/// What was heard, for the ledger. `read` tells what a reply means that is no 503.
pub(crate) fn answer(heard: &Heard, read: impl FnOnce(&Page) -> Answer) -> Answer {
    match heard {
        Heard::Nobody => Answer::Refused("nobody".to_owned()),
        Heard::Silence => Answer::Unknown,
        Heard::Reply { status: 503, patience_asked: false, .. } => {
            Answer::Odd("503 without Retry-After".to_owned())
        }
        Heard::Reply { status: 503, body, .. } if body.contains("outcome_unknown") => {
            Answer::Unknown
        }
        Heard::Reply { status: 503, .. } => Answer::Refused("503".to_owned()),
        Heard::Reply { status, body, .. } => read(&page(*status, body.clone())),
    }
}

fn page(status: u16, html: String) -> Page {
    Page { status, policy: String::new(), html, cookie: None }
}

async fn pause(since: Instant, heard: &Heard) -> Result<(), Stuck> {
    if since.elapsed() > PATIENCE {
        return Err(Stuck(match heard {
            Heard::Reply { status, body, .. } => format!("{status} {body}"),
            Heard::Nobody => "nobody listens".to_owned(),
            Heard::Silence => "no answer".to_owned(),
        }));
    }
    tokio::time::sleep(PAUSE).await;
    Ok(())
}

fn encode(fields: &[(&str, &str)]) -> String {
    url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
}

/// The action that an access token is for: its `jti`, which is signed and not sealed.
fn action_of(token: &str) -> String {
    let payload = token.split('.').nth(1).unwrap();
    let claims = data_encoding::BASE64URL_NOPAD.decode(payload.as_bytes()).unwrap();
    let claims: Value = serde_json::from_slice(&claims).unwrap();
    claims["jti"].as_str().unwrap().to_owned()
}

fn token_hash(token: &str) -> String {
    let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, token.as_bytes());
    hex(digest.as_ref())
}

/// A code that is certainly not this one.
fn wrong(code: &str) -> String {
    let first = (code.as_bytes()[0] - b'0' + 1) % 10;
    format!("{first}{}", &code[1..])
}

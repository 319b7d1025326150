//! Who calls: a customer's backend, and an end user's widget.

use onlyauth_core::ids::SecretId;
use reqwest::{Method, RequestBuilder, Response};
use serde_json::Value;

use super::page::Page;
use super::server::TestServer;
use super::{eventually, form};

const FORM: &str = "application/x-www-form-urlencoded";

/// A JSON answer of the API, with its bytes.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) retry_after: Option<u64>,
    pub(crate) body: String,
}

impl Answer {
    pub(crate) async fn of(response: Response) -> Self {
        let status = response.status().as_u16();
        let retry_after = response.headers().get("retry-after");
        let retry_after = retry_after.map(|value| value.to_str().unwrap().parse().unwrap());
        Self { status, retry_after, body: response.text().await.unwrap() }
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|_| panic!("no JSON: {self:?}"))
    }

    /// The list of problems of an error.
    pub(crate) fn problems(&self) -> Vec<String> {
        serde_json::from_value(self.json()["errors"].clone()).unwrap()
    }

    pub(crate) fn code(&self) -> String {
        self.json()["code"].as_str().unwrap_or_default().to_owned()
    }
}

/// An end user of some customer.
#[derive(Debug, Clone)]
pub(crate) struct EndUser {
    pub(crate) uuid: String,
    pub(crate) phone: String,
}

impl EndUser {
    pub(crate) fn new(uuid: &str, phone: &str) -> Self {
        Self { uuid: uuid.to_owned(), phone: phone.to_owned() }
    }

    /// A user like any other.
    pub(crate) fn ann() -> Self {
        Self::new("ann", "+12025550101")
    }

    /// The n-th of many, each with a number of their own.
    pub(crate) fn number(n: u32) -> Self {
        Self::new(&format!("user-{n}"), &format!("+1202555{:04}", 1000 + n))
    }
}

/// A customer's backend with its secret.
#[derive(Debug, Clone)]
pub(crate) struct Backend {
    pub(crate) http: reqwest::Client,
    pub(crate) base: String,
    pub(crate) client_id: String,
    pub(crate) secret: String,
    pub(crate) secret_id: SecretId,
}

impl Backend {
    /// The same backend, calling another server.
    pub(crate) fn moved(&self, base: &str) -> Self {
        Self { base: base.to_owned(), ..self.clone() }
    }

    pub(crate) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let url = format!("{}{path}", self.base);
        self.http.request(method, url).header("authorization", format!("Bearer {}", self.secret))
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        Answer::of(self.request(Method::GET, path).send().await.unwrap()).await
    }

    pub(crate) async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let request = self.request(Method::POST, path).header("content-type", FORM);
        Answer::of(request.body(form(fields)).send().await.unwrap()).await
    }

    /// A new app with these settings; its id.
    pub(crate) async fn app(&self, settings: &[(&str, &str)]) -> String {
        let answer = self.post("/apps", settings).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        answer.json()["app"][0]["id"].as_str().unwrap().to_owned()
    }

    /// An app of `shop.example`, in sandbox mode.
    pub(crate) async fn sandbox_app(&self) -> String {
        self.app(&[("friendly_name", "Shop"), ("app_domain", "shop.example")]).await
    }

    /// An app of `shop.example` that sends for real.
    pub(crate) async fn live_app(&self) -> String {
        self.app(&[("app_domain", "shop.example"), ("sandbox_mode", "false")]).await
    }

    pub(crate) async fn change(&self, app: &str, settings: &[(&str, &str)]) -> Answer {
        self.post(&format!("/apps/{app}?client_id={}", self.client_id), settings).await
    }

    /// The fields of createAccessToken.
    pub(crate) fn access_token_fields(&self, app: &str, user: &EndUser) -> Vec<(&str, String)> {
        vec![
            ("app_id", app.to_owned()),
            ("client_id", self.client_id.clone()),
            ("end_user_phone_number", user.phone.clone()),
            ("end_user_uuid", user.uuid.clone()),
            ("redirect_uri", "https://shop.example/return?keep=1".to_owned()),
            ("language", "en-us".to_owned()),
            ("region", "us1".to_owned()),
        ]
    }

    /// The same with some changed, added or (None) left out.
    pub(crate) async fn create_access_token(
        &self,
        app: &str,
        user: &EndUser,
        changes: &[(&str, Option<&str>)],
    ) -> Answer {
        let mut fields = self.access_token_fields(app, user);
        for (name, value) in changes {
            fields.retain(|(field, _)| field != name);
            fields.extend(value.map(|value| (*name, value.to_owned())));
        }
        let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        self.post("/server/access-tokens/new", &fields).await
    }

    /// A widget with a fresh access token.
    pub(crate) async fn widget(&self, app: &str, user: &EndUser) -> Widget {
        self.widget_in("en-us", app, user).await
    }

    /// The same in another language.
    pub(crate) async fn widget_in(&self, language: &str, app: &str, user: &EndUser) -> Widget {
        let answer = self.create_access_token(app, user, &[("language", Some(language))]).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        let token = answer.json()["token"].as_str().unwrap().to_owned();
        Widget { http: self.http.clone(), base: self.base.clone(), token, app: app.to_owned() }
    }

    pub(crate) async fn validate(&self, app: &str, token: &str) -> Answer {
        let fields = [("app_id", app), ("client_id", self.client_id.as_str()), ("token", token)];
        self.post("/server/success-tokens", &fields).await
    }

    /// The messages with codes in an app's inbox, newest first.
    pub(crate) async fn messages(&self, app: &str) -> Vec<Value> {
        let mut messages = self.inbox(app).await;
        messages.retain(|message| message["kind"] == "code");
        messages
    }

    /// All messages in an app's inbox, newest first.
    pub(crate) async fn inbox(&self, app: &str) -> Vec<Value> {
        let path = format!("/sandbox/messages?client_id={}&app_id={app}&limit=100", self.client_id);
        let answer = self.get(&path).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        answer.json()["messages"].as_array().unwrap().clone()
    }

    /// The code of the newest message to this end user, once it is there.
    pub(crate) async fn code(&self, app: &str, user: &EndUser) -> String {
        eventually("a message in the sandbox inbox", || async {
            let phone = form(&[("end_user_phone_number", &user.phone)]);
            let path =
                format!("/sandbox/messages?client_id={}&app_id={app}&{phone}", self.client_id);
            let answer = self.get(&path).await;
            assert_eq!(answer.status, 200, "{answer:?}");
            let messages = answer.json()["messages"].as_array()?.clone();
            let newest = messages.into_iter().find(|message| message["kind"] == "code")?;
            Some(newest["code"].as_str()?.to_owned())
        })
        .await
    }

    /// A whole login up to the page that leads home.
    pub(crate) async fn pass(&self, app: &str, user: &EndUser) -> (Widget, Page) {
        let widget = self.widget(app, user).await;
        let page = widget.send().await;
        assert_eq!(page.state(), "code_sent", "{page:?}");
        let code = self.code(app, user).await;
        let page = widget.check(&page, &code).await;
        assert_eq!(page.state(), "passed", "{page:?}");
        (widget, page)
    }
}

/// An end user's widget.
#[derive(Debug, Clone)]
pub(crate) struct Widget {
    pub(crate) http: reqwest::Client,
    pub(crate) base: String,
    pub(crate) token: String,
    pub(crate) app: String,
}

impl Widget {
    /// The same widget, served by another server.
    pub(crate) fn moved(&self, base: &str) -> Self {
        Self { base: base.to_owned(), ..self.clone() }
    }

    pub(crate) async fn open(&self) -> Page {
        let url = format!("{}/client?token={}&app_id={}", self.base, self.token, self.app);
        read(self.http.get(url).send().await.unwrap()).await
    }

    /// Posts these fields beside the token and app.
    pub(crate) async fn post(&self, fields: &[(&str, &str)]) -> Page {
        let own = [("token", self.token.as_str()), ("app_id", self.app.as_str())];
        self.post_raw(form(&[&own, fields].concat())).await
    }

    pub(crate) async fn post_raw(&self, body: String) -> Page {
        let request = self.http.post(format!("{}/client", self.base));
        read(request.header("content-type", FORM).body(body).send().await.unwrap()).await
    }

    /// Asks for a code, as the page that is open now would, and waits until the worker has dealt with it.
    pub(crate) async fn send(&self) -> Page {
        self.send_by("sms").await
    }

    /// The same by another channel.
    pub(crate) async fn send_by(&self, channel: &str) -> Page {
        let page = self.ask_by(channel).await;
        self.settled(page).await
    }

    /// Asks for a code and waits for nothing.
    pub(crate) async fn ask_by(&self, channel: &str) -> Page {
        let mut page = self.open().await;
        if page.field("sends").is_none() {
            page = self.post(&[("do", "choose")]).await;
        }
        let sends = page.field("sends").unwrap_or("0").to_owned();
        self.post(&[("do", "send"), ("channel", channel), ("sends", &sends)]).await
    }

    /// The page once its message is no longer on its way.
    pub(crate) async fn settled(&self, page: Page) -> Page {
        if page.state() != "sending" {
            return page;
        }
        eventually("a message that is dealt with", || async {
            Some(self.open().await).filter(|page| page.state() != "sending")
        })
        .await
    }

    /// Fills in the form of `page`.
    pub(crate) async fn check(&self, page: &Page, code: &str) -> Page {
        let attempt = page.field("attempt").unwrap_or_default();
        let challenge = page.field("challenge").unwrap_or_default();
        let fields =
            [("do", "check"), ("challenge", challenge), ("attempt", attempt), ("code", code)];
        self.post(&fields).await
    }

    /// Opens the form anew and fills it in: another attempt key each time.
    pub(crate) async fn try_code(&self, code: &str) -> Page {
        let page = self.open().await;
        self.check(&page, code).await
    }
}

pub(super) async fn read(response: Response) -> Page {
    let status = response.status().as_u16();
    let policy = response.headers().get("content-security-policy");
    let policy = policy.map(|value| value.to_str().unwrap().to_owned()).unwrap_or_default();
    let cookie = response.headers().get("set-cookie");
    let cookie = cookie.map(|value| value.to_str().unwrap().to_owned());
    Page { status, policy, cookie, html: response.text().await.unwrap() }
}

/// A code that is certainly not this one.
pub(crate) fn wrong(code: &str) -> String {
    let first = (code.as_bytes()[0] - b'0' + 1) % 10;
    format!("{first}{}", &code[1..])
}

impl TestServer {
    /// A client with a sandbox app.
    pub(crate) async fn shop(&self) -> (Backend, String) {
        let backend = self.client("Shop").await;
        let app = backend.sandbox_app().await;
        (backend, app)
    }
}

//! The shop's calls to the server: public API, over HTTP, with the shop's secret.

use std::net::SocketAddr;
use std::time::Duration;

use axum::body::Bytes;
use axum::http::{Method, Request, StatusCode, header};
use http_body_util::{BodyExt, Full, Limited};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use serde::Deserialize;
use serde_json::Value;

use super::choices::Choices;
use super::setup::Account;
use super::users::User;

/// Longer than the server may take to answer on its own machine.
const TIMEOUT: Duration = Duration::from_secs(15);

/// More than any answer has.
const LONGEST_ANSWER: usize = 256 * 1024;

/// How many messages the phone shows.
const MESSAGES: &str = "10";

/// The server as the shop reaches it.
pub(super) struct Backend {
    http: Client<HttpConnector, Full<Bytes>>,
    address: SocketAddr,
    account: Account,
    /// Where the shop's widgets are served.
    region: String,
}

/// Why a call brought nothing.
#[derive(Debug, thiserror::Error)]
pub(super) enum BackendError {
    /// No answer that can be read.
    #[error("the server did not answer: {0}")]
    NoAnswer(String),
    /// The server said no.
    #[error("the server refused: {code}")]
    Refused {
        /// One of the API's error codes.
        code: String,
    },
}

#[derive(Deserialize)]
struct AccessToken {
    token: String,
}

#[derive(Deserialize)]
struct FactorLink {
    url: String,
}

#[derive(Deserialize)]
struct Inbox {
    messages: Vec<Message>,
}

/// An end user, of whom the shop wants to know our name for them.
#[derive(Debug, Deserialize)]
struct Found {
    user: FoundUser,
}

#[derive(Debug, Deserialize)]
struct FoundUser {
    id: String,
}

/// A message on the sandbox phone.
#[derive(Debug, Deserialize)]
pub(super) struct Message {
    /// How it came.
    pub(super) channel: String,
    /// The whole text.
    pub(super) body: String,
    /// When it arrived, Unix seconds.
    pub(super) created_at: i64,
}

impl Backend {
    pub(super) fn new(address: SocketAddr, account: Account, region: String) -> Self {
        let http = Client::builder(TokioExecutor::new()).build_http();
        Self { http, address, account, region }
    }

    pub(super) fn app_id(&self) -> String {
        self.account.app_id.to_string()
    }

    /// A token for one widget run of a user whose password was right.
    pub(super) async fn create_access_token(
        &self,
        user: &User,
        choices: Choices,
        redirect_uri: &str,
    ) -> Result<String, BackendError> {
        let fields = self.about(user, choices, redirect_uri);
        let answer: AccessToken = self.post("/server/access-tokens/new", &fields).await?;
        Ok(answer.token)
    }

    /// The address of a page where a user who is logged in looks after their factors, good once.
    pub(super) async fn create_factor_link(
        &self,
        user: &User,
        choices: Choices,
        redirect_uri: &str,
    ) -> Result<String, BackendError> {
        let fields = self.about(user, choices, redirect_uri);
        let answer: FactorLink = self.post("/server/factor-links", &fields).await?;
        Ok(answer.url)
    }

    /// What the server needs to know of a user whom the shop sends to it.
    fn about<'a>(
        &'a self,
        user: &'a User,
        choices: Choices,
        redirect_uri: &'a str,
    ) -> [(&'static str, &'a str); 5] {
        [
            ("end_user_phone_number", choices.phone_of(user)),
            ("end_user_uuid", user.uuid),
            ("redirect_uri", redirect_uri),
            ("language", choices.language()),
            ("region", &self.region),
        ]
    }

    /// What a success token proves. It has to be about `user`: a genuine one of somebody else's login is
    /// refused by the server, and stays unused.
    pub(super) async fn validate_success_token(
        &self,
        token: &str,
        user: &User,
    ) -> Result<Value, BackendError> {
        let fields = [("token", token), ("end_user_uuid", user.uuid)];
        self.post("/server/success-tokens", &fields).await
    }

    /// The newest messages to a phone, newest first.
    pub(super) async fn messages(&self, phone: &str) -> Result<Vec<Message>, BackendError> {
        let query = self.form(&[("end_user_phone_number", phone), ("limit", MESSAGES)]);
        let path = format!("/sandbox/messages?{query}");
        let inbox: Inbox = self.call(Method::GET, &path, String::new()).await?;
        Ok(inbox.messages)
    }

    /// Takes away all that a user enrolled. One who never confirmed has nothing.
    pub(super) async fn reset(&self, user: &User, reason: &str) -> Result<(), BackendError> {
        let whom = [("end_user_uuid", user.uuid)];
        let found: Found = match self.post("/users/find", &whom).await {
            Err(BackendError::Refused { code }) if code == "not_found" => return Ok(()),
            found => found?,
        };
        let form = url::form_urlencoded::Serializer::new(String::new())
            .append_pair("client_id", &self.account.client_id.to_string())
            .append_pair("reason", reason)
            .finish();
        let path = format!("/users/{}/reset", found.user.id);
        self.call::<Value>(Method::POST, &path, form).await.map(drop)
    }

    async fn post<T: for<'de> Deserialize<'de>>(
        &self,
        path: &str,
        fields: &[(&str, &str)],
    ) -> Result<T, BackendError> {
        self.call(Method::POST, path, self.form(fields)).await
    }

    fn form(&self, fields: &[(&str, &str)]) -> String {
        url::form_urlencoded::Serializer::new(String::new())
            .append_pair("client_id", &self.account.client_id.to_string())
            .append_pair("app_id", &self.app_id())
            .extend_pairs(fields)
            .finish()
    }

    async fn call<T: for<'de> Deserialize<'de>>(
        &self,
        method: Method,
        path: &str,
        body: String,
    ) -> Result<T, BackendError> {
        let request = Request::builder()
            .method(method)
            .uri(format!("http://{}{path}", self.address))
            .header(header::AUTHORIZATION, format!("Bearer {}", self.account.secret.reveal()))
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Full::from(body))
            .map_err(no_answer)?;
        let answer = tokio::time::timeout(TIMEOUT, self.exchange(request));
        let (status, body) = answer.await.map_err(no_answer)??;
        if status == StatusCode::OK {
            return serde_json::from_slice(&body).map_err(no_answer);
        }
        let refusal: Value = serde_json::from_slice(&body).map_err(no_answer)?;
        let code = refusal.get("code").and_then(Value::as_str).unwrap_or("unknown").to_owned();
        Err(BackendError::Refused { code })
    }

    async fn exchange(
        &self,
        request: Request<Full<Bytes>>,
    ) -> Result<(StatusCode, Bytes), BackendError> {
        let response = self.http.request(request).await.map_err(no_answer)?;
        let status = response.status();
        let body = Limited::new(response.into_body(), LONGEST_ANSWER).collect().await;
        Ok((status, body.map_err(no_answer)?.to_bytes()))
    }
}

fn no_answer(error: impl std::fmt::Display) -> BackendError {
    BackendError::NoAnswer(error.to_string())
}

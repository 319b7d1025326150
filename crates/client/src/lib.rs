//! Calls an OnlyAuth server: the Rust SDK, and the core of the other SDKs.
//!
//! ```no_run
//! use onlyauth_client::{Client, CreateAccessToken, Error, ValidateSuccessToken};
//!
//! # async fn login() -> Result<(), Error> {
//! let client = Client::builder()
//!     .server_url("https://auth.example")
//!     .secret(std::env::var("ONLYAUTH_SECRET").unwrap_or_default())
//!     .build()?;
//!
//! // The password was right: a token for the widget on the login page.
//! let access = client
//!     .create_access_token(&CreateAccessToken {
//!         app_id: "APPX-01920000-0000-7000-8000-000000000000".to_owned(),
//!         client_id: "CLNT-01920000-0000-7000-8000-000000000000".to_owned(),
//!         end_user_phone_number: "+14155552671".to_owned(),
//!         end_user_uuid: "user-42".to_owned(),
//!         redirect_uri: "https://shop.example/login/return".to_owned(),
//!         language: "en".to_owned(),
//!         region: "us-1".to_owned(),
//!     })
//!     .await?;
//!
//! // The browser came back with a success token: whose login was it?
//! let proof = client
//!     .validate_success_token(&ValidateSuccessToken {
//!         app_id: "APPX-01920000-0000-7000-8000-000000000000".to_owned(),
//!         client_id: "CLNT-01920000-0000-7000-8000-000000000000".to_owned(),
//!         token: "TOKN-…".to_owned(),
//!         end_user_uuid: Some("user-42".to_owned()),
//!     })
//!     .await?;
//! println!("passed by {:?}", proof.channels);
//! # let _ = access.token;
//! # Ok(())
//! # }
//! ```
//!
//! # Layout
//!
//! - [`Client`] has a method for each operation, with a request and an answer of its own type: `access_tokens`,
//!   `factor_links`, `success_tokens`, `apps`, `users`, `actions`, `sandbox`. [`blocking::Client`] has the same ones for programs without async.
//! - [`ClientBuilder`] sets it up; [`Client::with`] gives a client that shares its connections and differs in
//!   [`CallOptions`]: time, retries, server, secret, headers.
//! - [`Client::send`] is what all methods are made of, and what other languages' SDKs call: it takes a [`Call`] (an
//!   [`Operation`] with parameters in the wire's names) and gives the [`RawResponse`] of any status, or an [`Error`] where
//!   no whole answer came. Retries and time are as with the typed methods. [`RawResponse::decode`] does the rest.
//! - [`RetryPolicy`] says how patiently a call is tried again, [`Operation::repeat`] whether that is safe at all.
//!
//! # What is tried again
//!
//! createAccessToken, createFactorLink and reads: after connections that fail or break, attempts that time out, and the statuses 429, 502, 503
//! and 504. updateApp and deleteApp: only where the server certainly did nothing. validateSuccessToken and newApp: only where
//! no connection came about, for a success token is consumed once. [`Error::may_have_taken_effect`] tells what is known
//! after a failure.
//!
//! # What is never shown
//!
//! No `Display` and no `Debug` of this crate holds an API secret, a token, a code, or an end user's number or name. Fields and
//! [`RawResponse::body`] do, for they are what you asked for: don't log them.

mod access_tokens;
mod actions;
mod apps;
mod audit;
pub mod blocking;
mod call;
mod client;
mod config;
mod decode;
mod error;
mod factor_links;
mod further;
mod mask;
mod operation;
mod response;
mod retry;
mod sandbox;
mod secret;
mod server_url;
mod success_tokens;
mod transport;
mod users;

pub use access_tokens::{AccessToken, CreateAccessToken};
pub use actions::{Action, ActionHistory, ActionPage, ListActions, TimeLineEntry};
pub use apps::{App, AppSettings, Choice};
pub use audit::{AuditEntry, AuditPage, ListAuditEntries};
pub use call::{Call, CallOptions};
pub use client::Client;
pub use config::{
    ClientBuilder, DEFAULT_CONNECT_TIMEOUT_MS, DEFAULT_MAX_RESPONSE_BYTES, DEFAULT_TIMEOUT_MS,
};
pub use error::{ApiError, BoxError, ConnectError, ConnectKind, Error};
pub use factor_links::{CreateFactorLink, FactorLink};
pub use further::Further;
pub use mask::masked;
pub use operation::Operation;
pub use response::RawResponse;
pub use retry::{Repeat, RetryPolicy};
pub use sandbox::{SandboxMessage, SandboxMessages};
pub use secret::{Secret, SecretProvider};
pub use server_url::{DEFAULT_SERVER_URL, SERVER_URL_VARIABLE};
pub use success_tokens::{SuccessTokenProof, ValidateSuccessToken};
pub use users::{
    ExportedAction, ExportedFactor, ExportedMessage, Factor, FailedChannel, FindUser, ImportReport,
    ImportUsers, ListUsers, RefusedLine, TrustedDevice, User, UserExport, UserPage,
};

/// Runs the examples of the README.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

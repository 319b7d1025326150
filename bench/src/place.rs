//! What a customer's backend knows: where the server is, its own client, secret and app.

use std::net::SocketAddr;

/// Where every login returns to.
pub(crate) const REDIRECT: &str = "https://shop.example/login/return";
/// The site of [`REDIRECT`].
pub(crate) const DOMAIN: &str = "shop.example";

/// A running server, and who may ask it.
#[derive(Debug, Clone)]
pub(crate) struct Place {
    /// Where it listens.
    pub(crate) address: SocketAddr,
    /// What requests say in `Host`.
    pub(crate) host: String,
    /// `CLNT-…`.
    pub(crate) client_id: String,
    /// The client's API secret.
    pub(crate) secret: String,
    /// `APPX-…`, a sandbox app.
    pub(crate) app_id: String,
}

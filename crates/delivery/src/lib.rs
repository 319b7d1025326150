//! What leaves the building: messages to phones, by providers behind one small trait.
//!
//! Knows neither the server's handlers nor the database. A message is sent again only where it certainly was
//! not taken (security.md row 34), so each provider's main work is to say which of the four it was: taken,
//! refused, not now, or unknown.

mod http;
mod provider;
mod retry;
mod routes;
pub mod twilio;
pub mod webhook;

pub use http::ClientError;
pub use provider::{
    Accepted, Callback, NoReceipt, Outgoing, Provider, Reason, Receipt, SendError, Sending,
};
pub use retry::next_try;
pub use routes::{Route, Routes};

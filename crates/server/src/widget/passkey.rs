//! Passkeys: using one as the second factor, and making one after a pass or in place of a proof.
//!
//! Both begin with a ceremony that is kept in the database, so that any instance can finish it, and its options are on the page
//! before anybody clicks: browsers ask for a passkey only while a click is fresh.

mod begin;
mod create;
mod create_as_proof;
mod held;
mod judge;
mod screen;
mod window;

pub(super) use begin::{ask, find_open};
pub(super) use create::{keep, set_up, show_create};
pub(super) use create_as_proof::{prove, show_proof};
pub(super) use judge::judge;
pub(super) use screen::{Asked, PasskeyView, Purpose, Window};
pub(super) use window::{PATH as WINDOW, window};

//! What an end user has enrolled, and how each kind of it is judged.

pub mod rp_id;
pub mod totp;
pub mod webauthn;

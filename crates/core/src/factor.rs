//! What an end user has enrolled, and how each kind of it is judged.

pub mod backup_code;
pub mod name;
pub mod rp_id;
pub mod totp;
pub mod totp_enrolment;
pub mod webauthn;

//! What is measured, one file each.

pub(crate) mod attack;
pub(crate) mod create;
pub(crate) mod login;
pub(crate) mod rate;
pub(crate) mod start;
pub(crate) mod steady;
pub(crate) mod validate;

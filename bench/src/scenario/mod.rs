//! What is measured, one file each.

pub(crate) mod create;
pub(crate) mod login;
pub(crate) mod validate;

//! The sandbox: messages that stay in the building, and an inbox to read them.

pub mod messages;

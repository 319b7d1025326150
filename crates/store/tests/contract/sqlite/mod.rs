//! Everything on SQLite.

#[path = "../action_lists.rs"]
mod action_lists;
#[path = "../actions.rs"]
mod actions;
#[path = "../aggregates.rs"]
mod aggregates;
#[path = "../apps.rs"]
mod apps;
#[path = "../attempts.rs"]
mod attempts;
#[path = "../backup_codes.rs"]
mod backup_codes;
#[path = "../ceremonies.rs"]
mod ceremonies;
#[path = "../clients.rs"]
mod clients;
#[path = "../copy.rs"]
mod copy;
#[path = "../durability.rs"]
mod durability;
#[path = "../end_users.rs"]
mod end_users;
#[path = "../enrolments.rs"]
mod enrolments;
#[path = "../factor_links.rs"]
mod factor_links;
#[path = "../factors.rs"]
mod factors;
#[path = "../health.rs"]
mod health;
#[path = "../histories.rs"]
mod histories;
#[path = "../imports.rs"]
mod imports;
#[path = "../keys.rs"]
mod keys;
#[path = "../leases.rs"]
mod leases;
#[path = "../limits.rs"]
mod limits;
#[path = "../management.rs"]
mod management;
#[path = "../notices.rs"]
mod notices;
mod opening;
#[path = "../outbox.rs"]
mod outbox;
#[path = "../proofs.rs"]
mod proofs;
#[path = "../proving.rs"]
mod proving;
#[path = "../retention.rs"]
mod retention;
#[path = "../sandbox.rs"]
mod sandbox;
#[path = "../sends.rs"]
mod sends;
mod steady;
#[path = "../success_tokens.rs"]
mod success_tokens;
#[path = "../trusted_devices.rs"]
mod trusted_devices;
#[path = "../user_erasures.rs"]
mod user_erasures;
#[path = "../user_lists.rs"]
mod user_lists;
#[path = "../user_resets.rs"]
mod user_resets;

crate::support::installations!(on_sqlite);

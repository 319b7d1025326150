//! All SQL of OnlyAuth, behind one concrete [`Store`].
//!
//! A method builds a change set or a read; `engine/` carries it out, and nothing above that folder knows
//! on which database. Methods are named noun_verb; *not found* and *already used* are values, and
//! [`StoreError`] is for trouble. Dropping a method's future neither undoes nor repeats anything: once
//! handed over, a change set runs to its end.

mod actions;
mod aggregates;
mod apps;
mod audit;
mod backup;
mod backup_codes;
mod ceremonies;
mod challenges;
mod change_set;
mod claim;
mod clients;
mod copy;
mod database;
mod end_users;
mod engine;
mod enrolments;
mod error;
mod factor_links;
mod factors;
mod health;
mod imports;
mod keys;
mod leases;
mod limits;
mod logins;
mod management;
mod notices;
mod open;
mod outbox;
mod passes;
mod proving;
mod retention;
mod sandbox;
mod secrets;
mod statement;
mod success_tokens;
mod trusted_devices;
mod value;

pub use actions::{
    ActionHistory, ActionPage, ActionQuery, ActionRecord, ActionStanding, ActionSummary, NewAction,
};
pub use aggregates::{LoginHour, MessageHour, Uncounted, UncountedLogins};
pub use apps::{AppRecord, AppUpdate};
pub use audit::{AuditEntry, AuditQuery, AuditSince};
pub use backup::{BackupError, Restore, Settled, backup};
pub use ceremonies::{CeremonyRecord, Enrolment, NewCeremony};
pub use challenges::{
    Attempt, AttemptOutcome, Begin, ChallengeRecord, CodeOrigin, Judged, NewChallenge, Send,
    SendChallenge, SendOutcome,
};
pub use claim::{Claim, DatabaseLock, database_path};
pub use clients::{ClientRecord, ClientSnapshot, NewClient};
pub use copy::{CopiedTable, Copy, CopyError, CopyOutcome, Doing, Progress};
pub use database::Database;
pub use end_users::{
    BackupCodes, EndUserHistory, EndUserKey, EndUserOverview, EndUserRecord, HistoryMessage,
    KnownPhone, LastPass, NewReset,
};
pub use engine::{BatchObserver, BatchReport, NotAPostgresUrl, PostgresServer, PostgresUrl};
pub use enrolments::{EnrolOutcome, Permit};
pub use error::{OpenError, Reason, StoreError};
pub use factor_links::Opening;
pub use factors::{FactorRecord, FactorUse, NewFactor};
pub use health::DurabilitySetting;
pub use imports::{Imported, NewImport};
pub use keys::KeyRecord;
pub use limits::{LimitTake, LimitsOutcome, LimitsPurge};
pub use logins::{DeliveryRecord, LoginKey, LoginRecord};
pub use management::{ManageOutcome, Management, SeenFactors};
pub use notices::{NewNotice, NoticeRecord, Record};
pub use open::{Access, OpenOptions, Store};
pub use outbox::{ClaimedMessage, Content, DeliveryStatus, FinalReceipt, MessageRecord};
pub use passes::Passed;
pub use proving::{Made, Proving};
pub use retention::{Kept, OldRows};
pub use sandbox::SandboxMessage;
pub use secrets::{NewSecret, SecretRecord};
pub use success_tokens::{Redeem, Redemption, SuccessTokenRecord};
pub use trusted_devices::{DeviceRecord, NewTrust, ShownDevice, TrustedPass, TrustedPassOutcome};

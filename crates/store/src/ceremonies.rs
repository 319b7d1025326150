//! Ceremonies: uses of WebAuthn in a login, each a challenge that one answer may meet.

mod enrol;

use std::fmt;

use onlyauth_core::factor::webauthn::Ceremony;
use onlyauth_core::ids::{ActionId, ChallengeId, ClientId};
use onlyauth_core::proof::Proven;
use onlyauth_core::time::Timestamp;

use crate::change_set::ChangeSet;
use crate::end_users::EndUserKey;
use crate::error::StoreError;
use crate::open::Store;
use crate::statement::{Statement, statements};
use crate::value::{Fields, Row, params};
use crate::{actions, enrolments, proving};

pub use enrol::Enrolment;

statements! {
    CEREMONY_CREATE = "INSERT INTO ceremonies
        (client_id, action_id, ceremony_id, kind, sealed, created_at, expires_at, consumed_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, NULL)";
    CEREMONY_FIND = "SELECT ceremony_id, kind, sealed, created_at, expires_at, consumed_at
        FROM ceremonies WHERE client_id = ?1 AND action_id = ?2 AND ceremony_id = ?3";
    CEREMONY_FIND_OPEN = "SELECT ceremony_id, kind, sealed, created_at, expires_at, consumed_at
        FROM ceremonies WHERE client_id = ?1 AND action_id = ?2 AND kind = ?3
          AND consumed_at IS NULL AND expires_at > ?4
        ORDER BY ceremony_id DESC LIMIT 1";
    CEREMONY_CONSUME = "UPDATE ceremonies SET consumed_at = ?5
        WHERE client_id = ?1 AND action_id = ?2 AND ceremony_id = ?3 AND kind = ?4
          AND consumed_at IS NULL AND expires_at > ?5";
}

/// Uses up a ceremony: only one answer to it is ever judged.
pub(crate) static CONSUME: &Statement = &CEREMONY_CONSUME;

/// A ceremony to begin.
#[derive(Clone, PartialEq, Eq)]
pub struct NewCeremony {
    /// In this action.
    pub action_id: ActionId,
    /// Of this end user, who must be the action's.
    pub end_user: EndUserKey,
    /// Its id.
    pub ceremony_id: ChallengeId,
    /// Which of the two.
    pub kind: Ceremony,
    /// What passed in the action, where the passkey that is made is to be a proof in it; None where the action has passed, or
    /// a passkey is used.
    pub proven: Option<Proven>,
    /// Options and state, sealed.
    pub sealed: Vec<u8>,
    /// Now.
    pub now: Timestamp,
    /// The moment from which it is over.
    pub expires_at: Timestamp,
}

impl fmt::Debug for NewCeremony {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "NewCeremony({})", self.ceremony_id)
    }
}

/// A ceremony.
#[derive(Clone, PartialEq, Eq)]
pub struct CeremonyRecord {
    /// Its id.
    pub ceremony_id: ChallengeId,
    /// Which of the two.
    pub kind: Ceremony,
    /// Options and state, sealed.
    pub sealed: Vec<u8>,
    /// When it began.
    pub created_at: Timestamp,
    /// The moment from which it is over.
    pub expires_at: Timestamp,
    /// When an answer was judged.
    pub consumed_at: Option<Timestamp>,
}

impl fmt::Debug for CeremonyRecord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CeremonyRecord")
            .field("ceremony_id", &self.ceremony_id)
            .field("kind", &self.kind)
            .field("expires_at", &self.expires_at)
            .field("consumed_at", &self.consumed_at)
            .finish_non_exhaustive()
    }
}

impl CeremonyRecord {
    fn read(row: Row) -> Result<Self, StoreError> {
        let mut fields = Fields::of("ceremonies", row);
        Ok(Self {
            ceremony_id: fields.id("ceremony_id")?,
            kind: kind(&mut fields)?,
            sealed: fields.bytes("sealed")?,
            created_at: fields.time("created_at")?,
            expires_at: fields.time("expires_at")?,
            consumed_at: fields.optional_time("consumed_at")?,
        })
    }

    /// Whether an answer may still be judged.
    pub fn open_at(&self, now: Timestamp) -> bool {
        self.consumed_at.is_none() && !now.is_expired(self.expires_at)
    }
}

/// Which of the two a row is of.
pub(crate) fn kind(fields: &mut Fields) -> Result<Ceremony, StoreError> {
    fields.choice("kind", &[("create", Ceremony::Create), ("get", Ceremony::Get)])
}

struct Refused;

impl Store {
    /// Begins a ceremony; false when its action does not allow it any more, and nothing changed. One that uses a passkey needs
    /// an open action; one that makes a passkey needs an action in which something may be enrolled, or one that is open and in
    /// which just what it names has passed.
    pub async fn ceremony_create(&self, new: &NewCeremony) -> Result<bool, StoreError> {
        let EndUserKey { client_id, app_id, mode, end_user_hash } = &new.end_user;
        let (client_id, app_id, mode) = (*client_id, *app_id, *mode);
        let set = ChangeSet::new();
        let whose = || params![client_id, new.action_id, app_id, mode, end_user_hash, new.now];
        let set =
            match (new.kind, &new.proven) {
                (Ceremony::Get, _) => set.require(actions::IS_OPEN, whose(), Refused),
                (Ceremony::Create, Some(proven)) => {
                    let mut whose = whose();
                    whose.extend(params![proven]);
                    set.require(proving::ACTION, whose, Refused)
                }
                (Ceremony::Create, None) => set
                    .require(enrolments::ACTION, whose(), Refused)
                    .require(enrolments::TOKEN, params![client_id, new.action_id], Refused),
            };
        let set = set.step(
            &CEREMONY_CREATE,
            params![
                client_id,
                new.action_id,
                new.ceremony_id,
                new.kind,
                &new.sealed,
                new.now,
                new.expires_at,
            ],
        );
        Ok(self.apply(set).await?.is_applied())
    }

    /// One ceremony of an action, whatever became of it.
    pub async fn ceremony_find(
        &self,
        client_id: ClientId,
        action_id: ActionId,
        ceremony_id: ChallengeId,
    ) -> Result<Option<CeremonyRecord>, StoreError> {
        let row = self.read_row(&CEREMONY_FIND, params![client_id, action_id, ceremony_id]).await?;
        row.map(CeremonyRecord::read).transpose()
    }

    /// The newest ceremony of an action that may still be answered, as far as ids tell.
    pub async fn ceremony_find_open(
        &self,
        client_id: ClientId,
        action_id: ActionId,
        kind: Ceremony,
        now: Timestamp,
    ) -> Result<Option<CeremonyRecord>, StoreError> {
        let params = params![client_id, action_id, kind, now];
        let row = self.read_row(&CEREMONY_FIND_OPEN, params).await?;
        row.map(CeremonyRecord::read).transpose()
    }
}

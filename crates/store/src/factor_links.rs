//! One-time links to the pages on which end users look after their factors. Making one writes nothing; opening it does.

use onlyauth_core::ids::{ActionId, ClientId};
use onlyauth_core::time::Timestamp;

use crate::change_set::{ChangeSet, Outcome};
use crate::error::StoreError;
use crate::open::Store;
use crate::statement::statements;
use crate::value::{Fields, params};

statements! {
    FACTOR_LINK_OPEN = "INSERT INTO factor_links
        (client_id, action_id, fingerprint, opened_at, expires_at)
        VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING";
    FACTOR_LINK_FIND = "SELECT fingerprint, opened_at FROM factor_links
        WHERE client_id = ?1 AND action_id = ?2";
}

/// A link that somebody opens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opening {
    /// Its client.
    pub client_id: ClientId,
    /// The action that may begin by it: its `jti`.
    pub action_id: ActionId,
    /// What the form that opens it is known by.
    pub fingerprint: [u8; 32],
    /// Now.
    pub now: Timestamp,
    /// When the link is over: until then it must be remembered that it was opened.
    pub expires_at: Timestamp,
}

enum Never {}

impl Store {
    /// Opens a link, once: of all forms that ask for it, one is told when it was opened, however often it asks; None for every
    /// other.
    pub async fn factor_link_open(
        &self,
        opening: &Opening,
    ) -> Result<Option<Timestamp>, StoreError> {
        let Opening { client_id, action_id, fingerprint, now, expires_at } = opening;
        let link = params![*client_id, *action_id];
        let opened = params![*client_id, *action_id, fingerprint, *now, *expires_at];
        let set =
            ChangeSet::<Never>::new().step(&FACTOR_LINK_OPEN, opened).step(&FACTOR_LINK_FIND, link);
        let row = match self.apply(set).await? {
            Outcome::Applied(mut rows) => rows.row(1),
            Outcome::Refused(never) => match never {},
        };
        // It was written just now, in the same commit.
        let Some(row) = row else { return Err(StoreError::Unknown) };
        let mut fields = Fields::of("factor_links", row);
        let by: [u8; 32] = fields.array("fingerprint")?;
        let opened_at = fields.time("opened_at")?;
        Ok((by == *fingerprint).then_some(opened_at))
    }
}

//! Backup codes: sets of keyed hashes, each consumed once. A new set replaces all of the one before.

use onlyauth_core::factor::backup_code::Stored;

use crate::change_set::{ChangeSet, Outcome};
use crate::end_users::EndUserKey;
use crate::enrolments::{Permit, Refusal};
use crate::error::StoreError;
use crate::factors;
use crate::notices::Record;
use crate::open::Store;
use crate::statement::{Statement, statements};
use crate::value::{Fields, params};

statements! {
    CODE_LIST = "SELECT code_hash, consumed_at FROM backup_codes
        WHERE client_id = ?1 AND app_id = ?2 AND mode = ?3 AND end_user_hash = ?4
        ORDER BY code_hash";
    // A set of the same action stays: what passed of it meanwhile must not be good again.
    CODE_CLEAR = "DELETE FROM backup_codes
        WHERE client_id = ?1 AND app_id = ?2 AND mode = ?3 AND end_user_hash = ?4 AND handed_out_in <> ?5";
    CODE_CREATE = "INSERT INTO backup_codes
        (client_id, app_id, mode, end_user_hash, code_hash, handed_out_in, created_at, consumed_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, NULL) ON CONFLICT DO NOTHING";
    CODE_CONSUME = "UPDATE backup_codes SET consumed_at = ?6
        WHERE client_id = ?1 AND app_id = ?2 AND mode = ?3 AND end_user_hash = ?4 AND code_hash = ?5
          AND consumed_at IS NULL";
}

/// Uses up a code: only one login is ever confirmed by it (security.md row 30).
pub(crate) static CONSUME: &Statement = &CODE_CONSUME;

impl Store {
    /// The codes of an end user, used ones too.
    pub async fn backup_code_list(&self, key: &EndUserKey) -> Result<Vec<Stored>, StoreError> {
        let rows = self.look(&CODE_LIST, factors::of(key)).await?;
        let read = |row| {
            let mut fields = Fields::of("backup_codes", row);
            let hash = fields.array("code_hash")?;
            Ok(Stored { hash, used: fields.optional_time("consumed_at")?.is_some() })
        };
        rows.into_iter().map(read).collect()
    }

    /// Replaces an end user's codes by these; false where nothing may be enrolled in the action any more, and nothing changed.
    /// The same codes of the same action again change nothing.
    pub async fn backup_code_replace(
        &self,
        permit: &Permit,
        hashes: &[[u8; 32]],
        record: &Record,
    ) -> Result<bool, StoreError> {
        let key = || factors::of(&permit.end_user);
        let mut clear = key();
        clear.extend(params![permit.action_id]);
        let mut set: ChangeSet<Refusal> = permit.guards(ChangeSet::new()).step(&CODE_CLEAR, clear);
        set = permit.trusts_still(set);
        for hash in hashes {
            let mut code = key();
            code.extend(params![hash, permit.action_id, permit.now]);
            set = set.step(&CODE_CREATE, code);
        }
        let set = record.add_to(&permit.end_user, set);
        Ok(matches!(self.apply(set).await?, Outcome::Applied(_)))
    }
}

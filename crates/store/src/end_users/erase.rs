//! Erasing: everything personal about an end user leaves the database, and what is counted stays right.
//!
//! Logins that are not in the hours yet keep their rows, without what is personal in them: how they ended is still to be
//! counted. The row of the end user goes last. So whoever was interrupted finds them, and erases them again.

use std::collections::BTreeSet;

use onlyauth_core::ids::{ActionId, ClientId};
use onlyauth_core::time::Timestamp;

use super::reset::{Unknown, end_logins, remove_factors};
use super::spans::LoginSpan;
use super::{EndUserKey, reset};
use crate::audit::AuditEntry;
use crate::change_set::{ChangeSet, Step};
use crate::error::StoreError;
use crate::factors;
use crate::open::Store;
use crate::statement::statements;
use crate::trusted_devices;
use crate::value::{Fields, Value, params};

statements! {
    ERASE_ACTIONS_LIST = "SELECT action_id FROM actions
        WHERE client_id = ?1 AND action_id > ?2 AND action_id <= ?3 AND app_id = ?4 AND mode = ?5
          AND end_user_hash = ?6";
    ERASE_TOKENS_LIST = "SELECT action_id FROM success_tokens
        WHERE client_id = ?1 AND action_id > ?2 AND action_id <= ?3 AND app_id = ?4 AND mode = ?5
          AND end_user_hash = ?6";
    ERASE_NOTICES_LIST = "SELECT action_id FROM notices
        WHERE client_id = ?1 AND action_id > ?2 AND action_id <= ?3 AND end_user_hash = ?4";
    ERASE_ACTION = "UPDATE actions SET end_user_hash = ?3, phone_hash = ?3, sealed = ?4
        WHERE client_id = ?1 AND action_id = ?2";
    ERASE_CEREMONIES = "DELETE FROM ceremonies WHERE client_id = ?1 AND action_id = ?2";
    ERASE_TOKEN = "DELETE FROM success_tokens WHERE client_id = ?1 AND action_id = ?2";
    ERASE_NOTICES = "DELETE FROM notices WHERE client_id = ?1 AND action_id = ?2";
    // The worker that has it must not put it into the inbox afterwards.
    ERASE_SENDING = "UPDATE outbox SET status = 'unknown', reason = 'erased', lease_until = NULL
        WHERE client_id = ?1 AND action_id = ?2 AND status = 'sending'";
    ERASE_NEW_CEREMONIES = "DELETE FROM ceremonies
        WHERE client_id = ?1 AND action_id IN (SELECT a.action_id FROM actions a
          WHERE a.client_id = ?1 AND a.app_id = ?2 AND a.mode = ?3 AND a.end_user_hash = ?4
            AND a.action_id >= ?5)";
    ERASE_NEW_NOTICES = "DELETE FROM notices
        WHERE client_id = ?1 AND action_id >= ?3 AND end_user_hash = ?2";
    ERASE_NEW_SENDING = "UPDATE outbox SET status = 'unknown', reason = 'erased', lease_until = NULL
        WHERE client_id = ?1 AND action_id >= ?5 AND status = 'sending'
          AND action_id IN (SELECT a.action_id FROM actions a
          WHERE a.client_id = ?1 AND a.app_id = ?2 AND a.mode = ?3 AND a.end_user_hash = ?4
            AND a.action_id >= ?5)";
    ERASE_NEW_ACTIONS = "UPDATE actions
        SET status = CASE WHEN status = 'open' AND expires_at > ?6 THEN 'cancelled' ELSE status END,
          ended_at = CASE WHEN status = 'open' AND expires_at > ?6 THEN ?6 ELSE ended_at END,
          end_user_hash = ?7, phone_hash = ?7, sealed = ?8
        WHERE client_id = ?1 AND app_id = ?2 AND mode = ?3 AND end_user_hash = ?4
          AND action_id >= ?5";
    ERASE_END_USER = "DELETE FROM end_users
        WHERE client_id = ?1 AND app_id = ?2 AND mode = ?3 AND end_user_hash = ?4";
    ERASE_NEW_TOKENS = "DELETE FROM success_tokens
        WHERE client_id = ?1 AND app_id = ?2 AND mode = ?3 AND end_user_hash = ?4
          AND action_id >= ?5";
    ERASE_FAILURES = "DELETE FROM failure_counters
        WHERE client_id = ?1 AND app_id = ?2 AND mode = ?3 AND end_user_hash = ?4";
    // The inbox is of the sandbox; live end users have no messages in it.
    ERASE_INBOX = "DELETE FROM sandbox_messages
        WHERE client_id = ?1 AND app_id = ?2 AND 'sandbox' = ?3 AND end_user_hash = ?4";
}

/// Logins that are blanked in one commit: there are others who wait for the writer.
const AT_ONCE: usize = 50;

/// In the place of a hash that was blanked. Nothing hashes to it.
const NOBODY: [u8; 32] = [0; 32];

impl Store {
    /// Erases an end user; false where nobody is known by this key, or somebody else was faster. Nothing that is under way has
    /// an id that sorts before `under_way_from`. What begins meanwhile and is no part of it is a login of somebody new.
    pub async fn end_user_erase(
        &self,
        key: &EndUserKey,
        under_way_from: ActionId,
        audit: &AuditEntry,
    ) -> Result<bool, StoreError> {
        let now = audit.created_at;
        let ended = self.apply(end_logins(key, under_way_from, now)).await?;
        if !ended.is_applied() {
            return Ok(false);
        }
        let mut span = self.login_span_find(key.client_id, None).await?;
        while let Some(here) = span {
            self.blank(key, &here).await?;
            span = self.login_span_find(key.client_id, span).await?;
        }
        Ok(self.apply(audit.add_to(last_set(key, under_way_from, now))).await?.is_applied())
    }

    /// Blanks the end user's logins of a span.
    async fn blank(&self, key: &EndUserKey, span: &LoginSpan) -> Result<(), StoreError> {
        let mut of_client = span.of_client(key.client_id);
        of_client.extend(params![&key.end_user_hash]);
        let lists = vec![
            Step::any(&ERASE_ACTIONS_LIST, span.of(key)),
            Step::any(&ERASE_TOKENS_LIST, span.of(key)),
            Step::any(&ERASE_NOTICES_LIST, of_client),
        ];
        let mut rows = self.read(lists).await?;
        // A token may be all that is left of its login, and a notice may come of none.
        let rows = (0..3).map(|list| rows.rows(list)).collect::<Vec<_>>().concat();
        let ids = rows.into_iter().map(|row| Fields::of("actions", row).id("action_id"));
        let ids: BTreeSet<ActionId> = ids.collect::<Result<_, _>>()?;
        for some in ids.into_iter().collect::<Vec<_>>().chunks(AT_ONCE) {
            let set = some
                .iter()
                .fold(ChangeSet::<Unknown>::new(), |set, id| blank_login(set, key.client_id, *id));
            self.apply(set).await?;
        }
        Ok(())
    }
}

fn blank_login(
    set: ChangeSet<Unknown>,
    client_id: ClientId,
    action_id: ActionId,
) -> ChangeSet<Unknown> {
    let login = || params![client_id, action_id];
    let mut blanked = login();
    blanked.extend(params![&NOBODY, &Vec::new()]);
    set.step(&ERASE_ACTION, blanked)
        .step(&ERASE_CEREMONIES, login())
        .step(&ERASE_TOKEN, login())
        .step(&ERASE_NOTICES, login())
        .step(&ERASE_SENDING, login())
}

/// The end user with all that is theirs, and what came to it while the rest was gone through.
fn last_set(key: &EndUserKey, under_way_from: ActionId, now: Timestamp) -> ChangeSet<Unknown> {
    let new = || -> Vec<Value> {
        let mut params = factors::of(key);
        params.extend(params![under_way_from]);
        params
    };
    let mut blanked = new();
    blanked.extend(params![now, &NOBODY, &Vec::new()]);
    let set = ChangeSet::new()
        .step(&ERASE_NEW_CEREMONIES, new())
        .step(&ERASE_NEW_NOTICES, params![key.client_id, &key.end_user_hash, under_way_from])
        .step(&ERASE_NEW_SENDING, new())
        .step(&ERASE_NEW_ACTIONS, blanked)
        .require(&ERASE_END_USER, factors::of(key), reset::Unknown)
        .step(&ERASE_NEW_TOKENS, new());
    remove_factors(set, key)
        .step(&ERASE_FAILURES, factors::of(key))
        .step(&ERASE_INBOX, factors::of(key))
        .step(trusted_devices::DELETE_ALL, factors::of(key))
}

//! Ending what was open when a backup was made.
//!
//! Between the backup and now, codes were used, success tokens redeemed and messages sent, and the backup knows
//! nothing of it. Within their lives they would be good a second time. What is counted stays as it was.

use onlyauth_core::ids::ClientId;
use onlyauth_core::time::Timestamp;

use crate::change_set::{ChangeSet, Outcome};
use crate::error::StoreError;
use crate::open::Store;
use crate::statement::statements;
use crate::value::{Fields, Row, params};

statements! {
    RESTORED_ACTIONS_COUNT = "SELECT COUNT(*) FROM actions
        WHERE client_id = ?1 AND status = 'open' AND expires_at > ?2";
    RESTORED_ACTIONS_CANCEL = "UPDATE actions SET status = 'cancelled', ended_at = ?2
        WHERE client_id = ?1 AND status = 'open' AND expires_at > ?2";
    RESTORED_TOKENS_COUNT = "SELECT COUNT(*) FROM success_tokens
        WHERE client_id = ?1 AND consumed_at IS NULL AND expires_at > ?2";
    RESTORED_TOKENS_END = "UPDATE success_tokens SET expires_at = passed_at
        WHERE client_id = ?1 AND consumed_at IS NULL AND expires_at > passed_at";
    RESTORED_MESSAGES_COUNT = "SELECT COUNT(*) FROM outbox
        WHERE client_id = ?1 AND status IN ('pending', 'sending')";
    RESTORED_MESSAGES_GIVE_UP = "UPDATE outbox
        SET status = 'unknown', reason = 'restored', lease_until = NULL
        WHERE client_id = ?1 AND status IN ('pending', 'sending')";
}

/// What was ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Settled {
    /// Logins that had not ended; they are cancelled.
    pub actions: u64,
    /// Success tokens that could still be redeemed; they are over.
    pub success_tokens: u64,
    /// Messages that were on their way; whether they left is not known, and they are not sent.
    pub messages: u64,
}

impl Store {
    /// Ends everything that was open, of all clients.
    pub(crate) async fn settle_restored(&self, now: Timestamp) -> Result<Settled, StoreError> {
        let mut settled = Settled::default();
        for client in self.client_list().await? {
            let Settled { actions, success_tokens, messages } =
                self.settle_client(client.client_id, now).await?;
            settled.actions += actions;
            settled.success_tokens += success_tokens;
            settled.messages += messages;
        }
        Ok(settled)
    }

    async fn settle_client(
        &self,
        client_id: ClientId,
        now: Timestamp,
    ) -> Result<Settled, StoreError> {
        let set = ChangeSet::<()>::new()
            .step(&RESTORED_ACTIONS_COUNT, params![client_id, now])
            .step(&RESTORED_ACTIONS_CANCEL, params![client_id, now])
            .step(&RESTORED_TOKENS_COUNT, params![client_id, now])
            .step(&RESTORED_TOKENS_END, params![client_id])
            .step(&RESTORED_MESSAGES_COUNT, params![client_id])
            .step(&RESTORED_MESSAGES_GIVE_UP, params![client_id]);
        let Outcome::Applied(mut rows) = self.apply(set).await? else {
            return Ok(Settled::default());
        };
        Ok(Settled {
            actions: count("actions", rows.row(0))?,
            success_tokens: count("success_tokens", rows.row(2))?,
            messages: count("outbox", rows.row(4))?,
        })
    }
}

fn count(table: &'static str, row: Option<Row>) -> Result<u64, StoreError> {
    Fields::of(table, row.unwrap_or_default()).number("count")
}

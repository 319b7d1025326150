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
    RESTORED_DEVICES_COUNT = "SELECT COUNT(*) FROM trusted_devices
        WHERE client_id = ?1 AND revoked_at IS NULL AND expires_at > ?2";
    RESTORED_DEVICES_REVOKE = "UPDATE trusted_devices SET revoked_at = ?2
        WHERE client_id = ?1 AND revoked_at IS NULL AND expires_at > ?2";
    RESTORED_MESSAGES_COUNT = "SELECT COUNT(*) FROM outbox
        WHERE client_id = ?1 AND status IN ('pending', 'sending')";
    RESTORED_MESSAGES_GIVE_UP = "UPDATE outbox
        SET status = 'unknown', reason = 'restored', lease_until = NULL, settled_at = ?2
        WHERE client_id = ?1 AND status IN ('pending', 'sending')";
}

/// What was ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Settled {
    /// Logins that had not ended; they are cancelled.
    pub actions: u64,
    /// Success tokens that could still be redeemed; they are over.
    pub success_tokens: u64,
    /// Devices that were trusted; the backup does not know which of them were forgotten since, so none is any more.
    pub devices: u64,
    /// Messages that were on their way; whether they left is not known, and they are not sent.
    pub messages: u64,
}

impl Store {
    /// Ends everything that was open, of all clients.
    pub(crate) async fn settle_restored(&self, now: Timestamp) -> Result<Settled, StoreError> {
        let mut settled = Settled::default();
        for client in self.client_list().await? {
            let Settled { actions, success_tokens, devices, messages } =
                self.settle_client(client.client_id, now).await?;
            settled.actions += actions;
            settled.success_tokens += success_tokens;
            settled.devices += devices;
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
            .step(&RESTORED_DEVICES_COUNT, params![client_id, now])
            .step(&RESTORED_DEVICES_REVOKE, params![client_id, now])
            .step(&RESTORED_MESSAGES_COUNT, params![client_id])
            .step(&RESTORED_MESSAGES_GIVE_UP, params![client_id, now]);
        let Outcome::Applied(mut rows) = self.apply(set).await? else {
            return Ok(Settled::default());
        };
        Ok(Settled {
            actions: count("actions", rows.row(0))?,
            success_tokens: count("success_tokens", rows.row(2))?,
            devices: count("trusted_devices", rows.row(4))?,
            messages: count("outbox", rows.row(6))?,
        })
    }
}

fn count(table: &'static str, row: Option<Row>) -> Result<u64, StoreError> {
    Fields::of(table, row.unwrap_or_default()).number("count")
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use onlyauth_core::action::Purpose;
    use onlyauth_core::channel::Mode;
    use onlyauth_core::ids::{ActionId, AppId};
    use onlyauth_core::offer::Offer;

    use super::*;
    use crate::{Database, EndUserKey, NewAction, NewClient, OpenOptions, database_path};

    const NOW: Timestamp = Timestamp::from_millis(1_700_000_000_000);

    fn action(mark: u8, expires_at: Timestamp) -> NewAction {
        NewAction {
            action_id: ActionId::new(NOW, [mark; 10]),
            purpose: Purpose::Login,
            end_user: EndUserKey {
                client_id: ClientId::new(NOW, [1; 10]),
                app_id: AppId::new(NOW, [1; 10]),
                mode: Mode::Live,
                end_user_hash: [7; 32],
            },
            phone_hash: [8; 32],
            sealed: vec![mark; 60],
            language: "en".to_owned(),
            region: "us-1".to_owned(),
            phone_changed: false,
            country: "US".to_owned(),
            created_at: NOW,
            expires_at,
            offered: Offer::default(),
            trust: None,
        }
    }

    /// Retention goes by when a login was over, and statistics by how: that of last week is not cancelled today.
    #[tokio::test]
    async fn a_login_that_was_over_before_stays_as_it_was() {
        let dir = tempfile::tempdir().unwrap();
        let database = Database::Sqlite(database_path(dir.path()));
        let store = Store::open(OpenOptions::admin(database, NOW)).unwrap();
        let (client_id, name) = (ClientId::new(NOW, [1; 10]), "First".to_owned());
        let client = NewClient { client_id, name, created_at: NOW, first_secret: None };
        store.client_create(&client).await.unwrap();
        let now = NOW.plus(Duration::from_mins(15));
        let (over, open) = (action(1, now), action(2, now.plus(Duration::from_secs(1))));
        for action in [&over, &open] {
            store.action_create(action).await.unwrap();
        }
        let settled = store.settle_restored(now).await.unwrap();
        assert_eq!(settled, Settled { actions: 1, ..Settled::default() });
        let ended = async |action: &NewAction| {
            store.action_find(client_id, action.action_id).await.unwrap().unwrap().ended_at
        };
        assert_eq!((ended(&over).await, ended(&open).await), (None, Some(now)));
    }
}

//! A trusted device stands in: one commit starts the action, passes it and stores its success token.
//!
//! Core has decided before, on what it read; the guards ask for the same again. The device's row is the first of them, and
//! who takes trust back changes that row, so that of the two one comes first.

use onlyauth_core::channel::PassedBy;
use onlyauth_core::ids::ActionId;
use onlyauth_core::proof::Proven;
use onlyauth_core::time::Timestamp;

use crate::actions::{self, NewAction};
use crate::change_set::{ChangeSet, Outcome};
use crate::end_users::EndUserKey;
use crate::error::StoreError;
use crate::factors::of;
use crate::open::Store;
use crate::statement::statements;
use crate::success_tokens;
use crate::value::params;

statements! {
    DEVICE_STAND_IN = "UPDATE trusted_devices SET last_used_at = ?7, in_action = ?6
        WHERE client_id = ?1 AND app_id = ?2 AND mode = ?3 AND end_user_hash = ?4 AND token_hash = ?5
          AND revoked_at IS NULL AND expires_at > ?7 AND trusted_at = ?8 AND phone_hash = ?9";
    DEVICE_STOOD_IN = "SELECT t.action_id FROM success_tokens t
        WHERE t.client_id = ?1 AND t.action_id = ?6 AND t.consumed_at IS NULL AND t.expires_at > ?7
          AND t.channels = 'trusted_device'
          AND EXISTS (SELECT 1 FROM trusted_devices d
            WHERE d.client_id = ?1 AND d.app_id = ?2 AND d.mode = ?3 AND d.end_user_hash = ?4
              AND d.token_hash = ?5 AND d.in_action = ?6 AND d.revoked_at IS NULL)";
    DEVICE_UNDOUBTED = "SELECT user_id FROM end_users
        WHERE client_id = ?1 AND app_id = ?2 AND mode = ?3 AND end_user_hash = ?4
          AND (phone_hash IS NULL OR phone_hash = ?6)
          AND NOT EXISTS (SELECT 1 FROM factors f
            WHERE f.client_id = ?1 AND f.app_id = ?2 AND f.mode = ?3 AND f.end_user_hash = ?4
              AND f.created_at > ?5)
          AND NOT EXISTS (SELECT 1 FROM backup_codes b
            WHERE b.client_id = ?1 AND b.app_id = ?2 AND b.mode = ?3 AND b.end_user_hash = ?4
              AND (b.created_at > ?5 OR b.consumed_at > ?5))
          AND NOT EXISTS (SELECT 1 FROM failure_counters c
            WHERE c.client_id = ?1 AND c.app_id = ?2 AND c.mode = ?3 AND c.end_user_hash = ?4
              AND c.failures > 0 AND c.last_failure_at > ?5)";
}

/// A trusted device that shall stand in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrustedPass {
    /// The action, which has not begun.
    pub start: NewAction,
    /// SHA-256 of what the browser showed.
    pub device_hash: [u8; 32],
    /// When the device was trusted, as core saw it.
    pub trusted_at: Timestamp,
    /// SHA-256 of the success token.
    pub token_hash: [u8; 32],
    /// The moment from which the token is over.
    pub token_expires_at: Timestamp,
}

/// What became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TrustedPassOutcome {
    /// The action passed, and its success token is stored.
    Passed,
    /// The action had begun already; nothing changed.
    Begun,
    /// Something speaks against the device that did not when core decided; nothing changed.
    Doubted,
}

enum Refusal {
    Device,
    Action,
}

impl Store {
    /// Passes an action that has not begun, where a trusted device stands in for its challenge: of all calls for the same
    /// action, at most one is told [`TrustedPassOutcome::Passed`].
    pub async fn trusted_device_pass(
        &self,
        pass: &TrustedPass,
    ) -> Result<TrustedPassOutcome, StoreError> {
        Ok(match self.apply(change_set(pass)).await? {
            Outcome::Applied(_) => TrustedPassOutcome::Passed,
            Outcome::Refused(Refusal::Device) => TrustedPassOutcome::Doubted,
            Outcome::Refused(Refusal::Action) => TrustedPassOutcome::Begun,
        })
    }
}

impl Store {
    /// Whether the browser that shows this token stood in for this action, and its success token can still be redeemed.
    pub async fn trusted_device_stood_in(
        &self,
        key: &EndUserKey,
        device_hash: &[u8; 32],
        action_id: ActionId,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let mut params = of(key);
        params.extend(params![device_hash, action_id, now]);
        Ok(self.read_row(&DEVICE_STOOD_IN, params).await?.is_some())
    }
}

fn change_set(pass: &TrustedPass) -> ChangeSet<Refusal> {
    let start = &pass.start;
    let EndUserKey { client_id, app_id, mode, end_user_hash } = &start.end_user;
    let (client_id, app_id, mode) = (*client_id, *app_id, *mode);
    let (action_id, now) = (start.action_id, start.created_at);
    let mut device = params![client_id, app_id, mode, end_user_hash, &pass.device_hash];
    device.extend(params![action_id, now, pass.trusted_at, &start.phone_hash]);
    let undoubted =
        params![client_id, app_id, mode, end_user_hash, pass.trusted_at, &start.phone_hash];
    let nothing = Proven::default();
    ChangeSet::new()
        .require(&DEVICE_STAND_IN, device, Refusal::Device)
        .require(&DEVICE_UNDOUBTED, undoubted, Refusal::Device)
        .require(actions::CREATE, start.params(0), Refusal::Action)
        .require(
            actions::PASS,
            // Nothing was proven, and nothing is afterwards.
            params![client_id, action_id, app_id, mode, end_user_hash, now, &nothing, &nothing],
            Refusal::Action,
        )
        .step(
            success_tokens::CREATE,
            params![
                client_id,
                action_id,
                app_id,
                &pass.token_hash,
                mode,
                end_user_hash,
                &start.sealed,
                PassedBy::TrustedDevice,
                start.phone_changed,
                now,
                pass.token_expires_at,
            ],
        )
}

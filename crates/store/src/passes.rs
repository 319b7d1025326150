//! Passing: what is stored with the end of an action, whatever was proven in it.

use onlyauth_core::channel::Channel;
use onlyauth_core::ids::{ActionId, UserId};
use onlyauth_core::proof::Proven;
use onlyauth_core::time::Timestamp;

use crate::change_set::ChangeSet;
use crate::end_users::{self, EndUserKey, KnownPhone};
use crate::success_tokens;
use crate::trusted_devices::NewTrust;
use crate::value::params;

/// What is stored when an action passes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passed {
    /// SHA-256 of the success token.
    pub token_hash: [u8; 32],
    /// The moment from which the token is over.
    pub expires_at: Timestamp,
    /// The end user's name of ours, if they are new; a known one keeps theirs.
    pub user_id: UserId,
    /// The customer's name for the end user, sealed; only of new ones is it kept.
    pub sealed_uuid: Vec<u8>,
    /// The phone number, where it is among what passed: only such a one becomes the end user's.
    pub phone: Option<KnownPhone>,
    /// The action's sealed part, which the token tells when the action is long gone.
    pub sealed: Vec<u8>,
    /// As the action says.
    pub phone_changed: bool,
    /// The browser, where the end user chose to trust it.
    pub trust: Option<Box<NewTrust>>,
}

/// Which action passes, and by what.
pub(crate) struct Passing<'a> {
    pub(crate) action_id: ActionId,
    pub(crate) end_user: &'a EndUserKey,
    /// All that passed, in order.
    pub(crate) proven: &'a Proven,
    /// The last of it.
    pub(crate) by: Channel,
    pub(crate) now: Timestamp,
}

impl Passing<'_> {
    /// The success token.
    pub(crate) fn token<R>(&self, set: ChangeSet<R>, passed: &Passed) -> ChangeSet<R> {
        let EndUserKey { client_id, app_id, mode, end_user_hash } = self.end_user;
        set.step(
            success_tokens::CREATE,
            params![
                *client_id,
                self.action_id,
                *app_id,
                &passed.token_hash,
                *mode,
                end_user_hash,
                &passed.sealed,
                self.proven,
                passed.phone_changed,
                self.now,
                passed.expires_at,
            ],
        )
    }

    /// The end user, who is known from now on.
    pub(crate) fn known<R>(&self, set: ChangeSet<R>, passed: &Passed) -> ChangeSet<R> {
        let EndUserKey { client_id, app_id, mode, end_user_hash } = self.end_user;
        set.step(
            end_users::PASS,
            params![
                *client_id,
                *app_id,
                *mode,
                end_user_hash,
                passed.user_id,
                passed.phone.as_ref().map(|phone| &phone.hash),
                passed.phone.as_ref().map(|phone| &phone.sealed),
                self.now,
                self.by,
                &passed.sealed_uuid,
            ],
        )
    }
}

//! Writing down what changed in an end user's ways in: an entry of the audit, and a notice to the number that is known.

use data_encoding::HEXLOWER;
use onlyauth_core::access_token::Subject;
use onlyauth_core::app::AppSettings;
use onlyauth_core::audit::{Actor, Deed};
use onlyauth_core::channel::{Channel, Mode};
use onlyauth_core::ids::{ActionId, AuditId, MessageId, UserId};
use onlyauth_core::keys::{KeyError, KeyRing};
use onlyauth_core::limits::Quota;
use onlyauth_core::notice::{self, Notice};
use onlyauth_core::personal::{self, Hash};
use onlyauth_core::time::Timestamp;
use onlyauth_store::{AuditEntry, EndUserKey, EndUserRecord, LimitTake, NewNotice, Record};

use crate::entropy::Entropy;

/// Whose ways in changed, and by whom.
pub(crate) struct Change<'a> {
    pub(crate) ring: &'a KeyRing,
    pub(crate) entropy: &'a Entropy,
    pub(crate) end_user: EndUserKey,
    pub(crate) user_id: UserId,
    pub(crate) actor: Actor,
    pub(crate) now: Timestamp,
}

/// To whom it is told, and how.
pub(crate) struct Told<'a> {
    /// The end user as they were before.
    pub(crate) known: &'a EndUserRecord,
    pub(crate) app: &'a AppSettings,
    /// Which channels a provider carries; asked in live mode only.
    pub(crate) carried: &'a dyn Fn(Channel) -> bool,
    /// How many notices the number may get.
    pub(crate) quota: Quota,
    /// The login that it comes of; a thing is told once in each.
    pub(crate) action: Option<ActionId>,
    /// BCP 47.
    pub(crate) language: &'a str,
    /// The customer's name for the end user, which the sandbox's inbox shows; empty where it is not known.
    pub(crate) end_user_uuid: &'a str,
}

impl Change<'_> {
    /// An entry of the audit.
    pub(crate) fn audit(&self, deed: Deed, detail: impl Into<String>) -> AuditEntry {
        AuditEntry {
            client_id: self.end_user.client_id,
            audit_id: AuditId::new(self.now, self.entropy.bytes()),
            app_id: self.end_user.app_id,
            mode: self.end_user.mode,
            user_id: self.user_id,
            deed,
            detail: detail.into(),
            actor: self.actor,
            created_at: self.now,
        }
    }

    /// The same, with a notice where a number is known to which something carries it.
    pub(crate) fn record(
        &self,
        audit: AuditEntry,
        notice: Notice,
        told: &Told<'_>,
    ) -> Result<Record, KeyError> {
        Ok(Record { audit, notice: self.notice(notice, told)? })
    }

    /// By the number, not the end user: one number can be that of many accounts (security.md row 33).
    fn limit(&self, phone: &Hash, quota: Quota) -> LimitTake {
        let (client, phone) = (self.end_user.client_id, HEXLOWER.encode(phone));
        let key = format!("notice|client-phone|{client}|{phone}");
        LimitTake { key, take: quota.take(self.now) }
    }

    fn notice(&self, notice: Notice, told: &Told<'_>) -> Result<Option<NewNotice>, KeyError> {
        let EndUserKey { end_user_hash, mode, .. } = &self.end_user;
        let Some(known) = &told.known.phone else { return Ok(None) };
        let phone = personal::open_phone(self.ring, end_user_hash, &known.sealed, self.now)?;
        let carried = |channel| *mode == Mode::Sandbox || (told.carried)(channel);
        let channel = notice::channel(told.app, phone.country(), carried);
        let Some(channel) = channel else { return Ok(None) };
        let (action_id, message_id) = match told.action {
            Some(action) => (action, MessageId::of_notice(action, notice)),
            None => (
                ActionId::new(self.now, self.entropy.bytes()),
                MessageId::new(self.now, self.entropy.bytes()),
            ),
        };
        let subject = Subject {
            phone: phone.as_e164().to_owned(),
            end_user_uuid: told.end_user_uuid.to_owned(),
            redirect_uri: String::new(),
        };
        let nonce = self.entropy.bytes();
        let sealed = personal::seal_subject(self.ring, message_id, &subject, self.now, nonce)?;
        let language = told.language.to_owned();
        // Nothing leaves the building in sandbox mode: there is no bill to cap.
        let limit = (*mode == Mode::Live).then(|| self.limit(&known.hash, told.quota));
        let now = self.now;
        Ok(Some(NewNotice { message_id, action_id, notice, channel, sealed, language, limit, now }))
    }
}

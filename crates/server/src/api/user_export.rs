//! Everything that is known of an end user, in one answer: their own data, in full, but for secrets.

use std::fmt;

use onlyauth_core::action::Status;
use onlyauth_core::channel::{Channel, Mode};
use onlyauth_core::ids::{ActionId, AppId, FactorId, MessageId, UserId};
use onlyauth_core::keys::KeyRing;
use onlyauth_core::personal;
use onlyauth_core::time::Timestamp;
use onlyauth_store::{
    ActionRecord, DeliveryStatus, EndUserKey, EndUserOverview, FactorRecord, HistoryMessage, Store,
};
use serde::Serialize;
use utoipa::ToSchema;

use super::audit_view::AuditEntry;
use super::trusted_device_view::TrustedDevice;
use super::user_view::{FailedChannel, Lens, UserError, factor_name};
use crate::webauthn::Passkey;

/// Everything that is known of an end user. Times are Unix seconds.
#[derive(Serialize, ToSchema)]
pub struct UserExport {
    /// A name of ours.
    #[schema(value_type = String, example = "USER-01920000-0000-7000-8000-000000000000")]
    pub id: UserId,
    /// The app that they are an end user of.
    #[schema(value_type = String, example = "APPX-01920000-0000-7000-8000-000000000000")]
    pub app_id: AppId,
    /// `sandbox` or `live`.
    #[schema(value_type = String, example = "live")]
    pub mode: Mode,
    /// The customer's name for them.
    #[schema(example = "user-42")]
    pub end_user_uuid: String,
    /// The number that last passed, E.164; null where none did.
    #[schema(example = "+14155552671")]
    pub end_user_phone_number: Option<String>,
    /// When they became known.
    pub created_at: i64,
    /// When they last passed; null where they never did.
    pub last_passed_at: Option<i64>,
    /// By which channel.
    #[schema(value_type = Option<String>, example = "sms")]
    pub last_channel: Option<Channel>,
    /// What they enrolled beside a phone, oldest first, without secrets.
    pub factors: Vec<ExportedFactor>,
    /// Backup codes that they have left.
    pub backup_codes: u32,
    /// Browsers that they trust, oldest first.
    pub trusted_devices: Vec<TrustedDevice>,
    /// Channels with failures in a row.
    pub failures: Vec<FailedChannel>,
    /// Their logins that are still kept, oldest first.
    pub actions: Vec<ExportedAction>,
    /// The messages in them.
    pub messages: Vec<ExportedMessage>,
    /// What was done to their ways in, newest first, as far as it is still kept.
    pub audit: Vec<AuditEntry>,
}

/// Without what is personal.
impl fmt::Debug for UserExport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "UserExport({}, …)", self.id)
    }
}

/// Something enrolled.
#[derive(Serialize, ToSchema)]
pub struct ExportedFactor {
    /// Its id.
    #[schema(value_type = String, example = "FCTR-01920000-0000-7000-8000-000000000000")]
    pub id: FactorId,
    /// By which channel it proves.
    #[schema(value_type = String, example = "webauthn")]
    pub channel: Channel,
    /// What the end user calls it; null where it has no name.
    #[schema(example = "Work phone")]
    pub name: Option<String>,
    /// The site that a passkey belongs to; null for others.
    #[schema(example = "login.shop.example")]
    pub rp_id: Option<String>,
    /// When it was enrolled.
    pub created_at: i64,
    /// When it last passed; null where it never did.
    pub last_used_at: Option<i64>,
}

/// A login.
#[derive(Serialize, ToSchema)]
pub struct ExportedAction {
    /// Its id.
    #[schema(value_type = String, example = "ACTN-01920000-0000-7000-8000-000000000000")]
    pub id: ActionId,
    /// `open`, `passed`, `cancelled` or, when its time ran out, `expired`.
    #[schema(example = "passed")]
    pub status: &'static str,
    /// The number that it was for, E.164.
    #[schema(example = "+14155552671")]
    pub end_user_phone_number: String,
    /// Where it led home.
    #[schema(example = "https://shop.example/return")]
    pub redirect_uri: String,
    /// The language of its pages and messages.
    #[schema(example = "en-US")]
    pub language: String,
    /// When it began.
    pub created_at: i64,
    /// When it passed or was given up; null otherwise.
    pub ended_at: Option<i64>,
}

/// A message.
#[derive(Debug, Serialize, ToSchema)]
pub struct ExportedMessage {
    /// Its id.
    #[schema(value_type = String, example = "MESG-01920000-0000-7000-8000-000000000000")]
    pub id: MessageId,
    /// In this login.
    #[schema(value_type = String, example = "ACTN-01920000-0000-7000-8000-000000000000")]
    pub action_id: ActionId,
    /// How it travelled.
    #[schema(value_type = String, example = "sms")]
    pub channel: Channel,
    /// `pending`, `sending`, `sent`, `delivered`, `failed` or `unknown`.
    #[schema(example = "delivered")]
    pub status: &'static str,
    /// Why it failed, or why nobody knows; null otherwise.
    #[schema(example = "unreachable")]
    pub reason: Option<String>,
    /// When it was asked for.
    pub created_at: i64,
    /// When a provider took it; null where none did.
    pub sent_at: Option<i64>,
}

impl UserExport {
    /// Reads all of it; None where nobody is known by this key.
    ///
    /// # Errors
    /// Trouble with database or keys.
    pub async fn read(
        store: &Store,
        key: &EndUserKey,
        lens: &Lens<'_>,
    ) -> Result<Option<Self>, UserError> {
        let Lens { ring, policy, app, now } = *lens;
        let Some(known) = store.end_user_overview_find(key).await? else { return Ok(None) };
        let trusted_devices = TrustedDevice::of(&known, app, now);
        let history = store.end_user_history_list(key).await?;
        let audit = AuditEntry::all_about(store, key.client_id, known.record.user_id).await?;
        let EndUserOverview { record, sealed_uuid, factors, codes, failures, .. } = known;
        let hash = &key.end_user_hash;
        let phone = record.phone.as_ref();
        let phone = phone.map(|phone| personal::open_phone(ring, hash, &phone.sealed, now));
        let actions = history.actions.iter().map(|action| ExportedAction::of(action, ring, now));
        Ok(Some(Self {
            id: record.user_id,
            app_id: key.app_id,
            mode: key.mode,
            end_user_uuid: personal::open_uuid(ring, hash, &sealed_uuid, now)?,
            end_user_phone_number: phone.transpose()?.map(|phone| phone.as_e164().to_owned()),
            created_at: record.created_at.as_seconds(),
            last_passed_at: record.last_pass.map(|last| last.at.as_seconds()),
            last_channel: record.last_pass.map(|last| last.channel),
            factors: factors
                .into_iter()
                .map(|factor| ExportedFactor::of(&factor, ring, hash, now))
                .collect::<Result<_, _>>()?,
            backup_codes: codes.left,
            trusted_devices,
            failures: failures
                .into_iter()
                .map(|(channel, failures)| FailedChannel::new(channel, failures, policy, now))
                .collect(),
            actions: actions.collect::<Result<_, _>>()?,
            messages: history.messages.into_iter().map(ExportedMessage::of).collect(),
            audit,
        }))
    }
}

impl ExportedFactor {
    fn of(
        factor: &FactorRecord,
        ring: &KeyRing,
        end_user: &[u8; 32],
        now: Timestamp,
    ) -> Result<Self, UserError> {
        let mut rp_id = None;
        if factor.channel == Channel::Webauthn {
            let (id, sealed) = (factor.factor_id, &factor.sealed);
            let clear = personal::open_factor(ring, end_user, id, sealed, now)?;
            let passkey = Passkey::from_bytes(&clear).map_err(|_| UserError::Factor)?;
            rp_id = Some(passkey.rp_id);
        }
        Ok(Self {
            id: factor.factor_id,
            channel: factor.channel,
            name: factor_name(factor, ring, end_user, now)?,
            rp_id,
            created_at: factor.created_at.as_seconds(),
            last_used_at: factor.last_used_at.map(Timestamp::as_seconds),
        })
    }
}

impl ExportedAction {
    fn of(action: &ActionRecord, ring: &KeyRing, now: Timestamp) -> Result<Self, UserError> {
        let subject = personal::open_subject(ring, action.action_id, &action.sealed, now)?;
        Ok(Self {
            id: action.action_id,
            status: match action.status {
                Status::Passed => "passed",
                Status::Cancelled => "cancelled",
                Status::Open if now.is_expired(action.expires_at) => "expired",
                Status::Open => "open",
            },
            end_user_phone_number: subject.phone,
            redirect_uri: subject.redirect_uri,
            language: action.language.clone(),
            created_at: action.created_at.as_seconds(),
            ended_at: action.ended_at.map(Timestamp::as_seconds),
        })
    }
}

impl ExportedMessage {
    fn of(message: HistoryMessage) -> Self {
        Self {
            id: message.message_id,
            action_id: message.action_id,
            channel: message.channel,
            status: match message.status {
                DeliveryStatus::Pending => "pending",
                DeliveryStatus::Sending => "sending",
                DeliveryStatus::Sent => "sent",
                DeliveryStatus::Delivered => "delivered",
                DeliveryStatus::Failed => "failed",
                DeliveryStatus::Unknown => "unknown",
            },
            reason: message.reason,
            created_at: message.created_at.as_seconds(),
            sent_at: message.sent_at.map(Timestamp::as_seconds),
        }
    }
}

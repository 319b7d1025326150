//! An end user as backends see them: nothing that the customer does not know already, and no secret. Of the number, its last
//! digits: who lists end users has no use for the rest.

use std::fmt;

use onlyauth_core::app::AppSettings;
use onlyauth_core::channel::{Channel, Mode};
use onlyauth_core::failures::{FailurePolicy, Failures, Lock};
use onlyauth_core::ids::{AppId, FactorId, UserId};
use onlyauth_core::keys::{KeyError, KeyRing};
use onlyauth_core::personal::{self, Hash};
use onlyauth_core::time::Timestamp;
use onlyauth_store::{EndUserKey, EndUserOverview, FactorRecord, Store, StoreError};
use serde::Serialize;
use utoipa::ToSchema;

use super::trusted_device_view::TrustedDevice;
use crate::error::ApiError;
use crate::service::Service;

/// An end user: who passed at least once, or was brought along from another system. Times are Unix seconds.
#[derive(Serialize, ToSchema)]
pub struct User {
    /// A name of ours, which addresses may hold.
    #[schema(value_type = String, example = "USER-01920000-0000-7000-8000-000000000000")]
    pub id: UserId,
    /// The app that they are an end user of.
    #[schema(value_type = String, example = "APPX-01920000-0000-7000-8000-000000000000")]
    pub app_id: AppId,
    /// `sandbox` or `live`: the two know nothing of each other.
    #[schema(value_type = String, example = "live")]
    pub mode: Mode,
    /// The customer's name for them.
    #[schema(example = "user-42")]
    pub end_user_uuid: String,
    /// The number that last passed, all but its last digits hidden; null where none did.
    #[schema(example = "+1 ••• 0142")]
    pub masked_phone_number: Option<String>,
    /// When they became known.
    pub created_at: i64,
    /// When they last passed; null where they never did.
    pub last_passed_at: Option<i64>,
    /// By which channel.
    #[schema(value_type = Option<String>, example = "sms")]
    pub last_channel: Option<Channel>,
    /// What they enrolled beside a phone, oldest first.
    pub factors: Vec<Factor>,
    /// Backup codes that they have left.
    pub backup_codes: u32,
    /// Browsers that they trust, oldest first.
    pub trusted_devices: Vec<TrustedDevice>,
    /// Channels with failures in a row.
    pub failures: Vec<FailedChannel>,
}

/// Without what is personal.
impl fmt::Debug for User {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "User({}, …)", self.id)
    }
}

/// Something enrolled.
#[derive(Serialize, ToSchema)]
pub struct Factor {
    /// Its id.
    #[schema(value_type = String, example = "FCTR-01920000-0000-7000-8000-000000000000")]
    pub id: FactorId,
    /// By which channel it proves.
    #[schema(value_type = String, example = "totp")]
    pub channel: Channel,
    /// What the end user calls it; null where it has no name.
    #[schema(example = "Work key")]
    pub name: Option<String>,
    /// When it was enrolled.
    pub created_at: i64,
    /// When it last passed; null where it never did.
    pub last_used_at: Option<i64>,
}

/// Without the name: people write their own into such fields.
impl fmt::Debug for Factor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Factor({}, {}, …)", self.id, self.channel)
    }
}

/// A channel on which an end user failed since they last passed by it.
#[derive(Debug, Serialize, ToSchema)]
pub struct FailedChannel {
    /// Which.
    #[schema(value_type = String, example = "sms")]
    pub channel: Channel,
    /// How often in a row.
    pub failures: i64,
    /// Whether it is locked now.
    pub locked: bool,
    /// When the lock ends by itself; null where there is none, or where it doesn't.
    pub locked_until: Option<i64>,
}

/// What end users are read with.
#[derive(Debug, Clone, Copy)]
pub struct Lens<'a> {
    /// Opens what is sealed.
    pub ring: &'a KeyRing,
    /// Tells what is locked.
    pub policy: &'a FailurePolicy,
    /// Tells which devices count; None where the app is gone.
    pub app: Option<&'a AppSettings>,
    /// Now.
    pub now: Timestamp,
}

/// The answer about one end user.
#[derive(Debug, Serialize, ToSchema)]
pub struct OneUser {
    /// The end user.
    pub user: User,
}

/// Trouble with reading an end user.
#[derive(Debug, thiserror::Error)]
pub enum UserError {
    /// The database did not answer.
    #[error("{0}")]
    Store(#[from] StoreError),
    /// What is sealed does not open.
    #[error("{0}")]
    Key(#[from] KeyError),
    /// A factor is none that was ever stored.
    #[error("a factor can't be read")]
    Factor,
}

impl From<UserError> for ApiError {
    fn from(error: UserError) -> Self {
        match error {
            UserError::Store(error) => error.into(),
            UserError::Key(error) => error.into(),
            UserError::Factor => {
                tracing::error!(error = %error, "user.unreadable");
                Self::Internal
            }
        }
    }
}

impl OneUser {
    /// Reads what is known of an end user, for a backend.
    ///
    /// # Errors
    /// Nobody is known by this key; trouble with database or keys.
    pub async fn read(
        service: &Service,
        key: &EndUserKey,
        now: Timestamp,
    ) -> Result<Self, ApiError> {
        let app = service.tenants.app(key.client_id, key.app_id, now).await?;
        let (ring, policy) = (service.ring(now).await?, &service.policy.failures);
        let app = app.as_ref().map(|app| &app.settings);
        let user = User::read(&service.store, key, &Lens { ring: &ring, policy, app, now }).await?;
        user.map(|user| Self { user }).ok_or(ApiError::NotFound)
    }
}

impl User {
    /// Reads what is known of an end user; None where nobody is known by this key.
    ///
    /// # Errors
    /// Trouble with database or keys.
    pub async fn read(
        store: &Store,
        key: &EndUserKey,
        lens: &Lens<'_>,
    ) -> Result<Option<Self>, UserError> {
        let known = store.end_user_overview_find(key).await?;
        Ok(known.map(|known| Self::of(known, lens)).transpose()?)
    }

    /// As the database knows them.
    ///
    /// # Errors
    /// What is sealed does not open.
    pub fn of(known: EndUserOverview, lens: &Lens<'_>) -> Result<Self, KeyError> {
        let Lens { ring, policy, app, now } = *lens;
        let trusted_devices = TrustedDevice::of(&known, app, now);
        let EndUserOverview { key, sealed_uuid, record, factors, codes, failures, .. } = known;
        let hash = &key.end_user_hash;
        let phone = record.phone.as_ref();
        let phone = phone.map(|phone| personal::open_phone(ring, hash, &phone.sealed, now));
        Ok(Self {
            id: record.user_id,
            app_id: key.app_id,
            mode: key.mode,
            end_user_uuid: personal::open_uuid(ring, hash, &sealed_uuid, now)?,
            masked_phone_number: phone.transpose()?.map(|phone| phone.masked()),
            created_at: record.created_at.as_seconds(),
            last_passed_at: record.last_pass.map(|last| last.at.as_seconds()),
            last_channel: record.last_pass.map(|last| last.channel),
            factors: factors
                .iter()
                .map(|factor| Factor::of(factor, ring, hash, now))
                .collect::<Result<_, _>>()?,
            backup_codes: codes.left,
            trusted_devices,
            failures: failures
                .into_iter()
                .map(|(channel, failures)| FailedChannel::new(channel, failures, policy, now))
                .collect(),
        })
    }
}

impl Factor {
    fn of(
        factor: &FactorRecord,
        ring: &KeyRing,
        end_user: &Hash,
        now: Timestamp,
    ) -> Result<Self, KeyError> {
        Ok(Self {
            id: factor.factor_id,
            channel: factor.channel,
            name: factor_name(factor, ring, end_user, now)?,
            created_at: factor.created_at.as_seconds(),
            last_used_at: factor.last_used_at.map(Timestamp::as_seconds),
        })
    }
}

/// What the end user calls a factor; None where it has no name.
///
/// # Errors
/// It does not open.
pub fn factor_name(
    factor: &FactorRecord,
    ring: &KeyRing,
    end_user: &Hash,
    now: Timestamp,
) -> Result<Option<String>, KeyError> {
    let Some(sealed) = &factor.sealed_name else { return Ok(None) };
    let name = personal::open_factor_name(ring, end_user, factor.factor_id, sealed, now)?;
    Ok(Some(name.as_str().to_owned()))
}

impl FailedChannel {
    /// As the policy sees it now.
    pub fn new(
        channel: Channel,
        failures: Failures,
        policy: &FailurePolicy,
        now: Timestamp,
    ) -> Self {
        let (locked, until) = match policy.lock(failures, now) {
            Lock::Open(_) => (false, None),
            Lock::Until(end) => (true, Some(end.as_seconds())),
            Lock::UntilReset => (true, None),
        };
        Self { channel, failures: failures.count, locked, locked_until: until }
    }
}

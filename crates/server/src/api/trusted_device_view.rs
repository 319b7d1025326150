//! Browsers that an end user chose to trust, as backends see them: nothing that a browser could be recognised by.

use onlyauth_core::app::AppSettings;
use onlyauth_core::ids::DeviceId;
use onlyauth_core::time::Timestamp;
use onlyauth_core::trust::{self, Decision, Reason, Shown, Situation};
use onlyauth_store::EndUserOverview;
use serde::Serialize;
use utoipa::ToSchema;

/// A browser that an end user chose to trust. Times are Unix seconds.
#[derive(Debug, Serialize, ToSchema)]
pub struct TrustedDevice {
    /// Its id.
    #[schema(value_type = String, example = "DEVC-01920000-0000-7000-8000-000000000000")]
    pub id: DeviceId,
    /// When it was first trusted.
    pub created_at: i64,
    /// When it last stood in for a challenge; null where it never did.
    pub last_used_at: Option<i64>,
    /// The moment from which it is not trusted any more.
    pub expires_at: i64,
    /// Where it was when it was last trusted, such as `DE`; null where no proxy said it.
    #[schema(example = "DE")]
    pub country: Option<String>,
    /// Whether it would let them in now, from the same country and with the number that is known.
    pub counts: bool,
    /// Why it would not: `off` (the app lets no devices be trusted), `phone_changed`, `factors_changed`, `backup_code_used`,
    /// `failures_since`.
    #[schema(value_type = Vec<String>)]
    pub doubts: Vec<&'static str>,
}

impl TrustedDevice {
    /// Those whose time is not over, oldest first. Of an app that is gone none counts.
    pub fn of(known: &EndUserOverview, app: Option<&AppSettings>, now: Timestamp) -> Vec<Self> {
        let kept = known.devices.iter().filter(|kept| !now.is_expired(kept.device.expires_at));
        let view = |kept: &onlyauth_store::DeviceRecord| {
            let device = kept.device;
            let situation = Situation {
                phone_hash: known.record.phone.as_ref().map_or(device.phone_hash, |it| it.hash),
                phone_changed: false,
                last_enrolled: known
                    .factors
                    .iter()
                    .map(|factor| factor.created_at)
                    .chain(known.codes.since)
                    .max(),
                last_code_used: known.codes.used,
                last_failure: known.failures.iter().filter_map(|(_, failed)| failed.last_at).max(),
                country: None,
            };
            let decided = match app {
                Some(app) => trust::decide(app, Shown::Known(device), &situation, now),
                None => Decision::Ask(vec![Reason::Off]),
            };
            let doubts = match decided {
                Decision::Trusted => Vec::new(),
                Decision::Ask(reasons) => reasons.into_iter().map(Reason::as_str).collect(),
            };
            Self {
                id: kept.device_id,
                created_at: kept.created_at.as_seconds(),
                last_used_at: kept.last_used_at.map(Timestamp::as_seconds),
                expires_at: device.expires_at.as_seconds(),
                country: device.country.map(|country| country.to_string()),
                counts: doubts.is_empty(),
                doubts,
            }
        };
        kept.map(view).collect()
    }
}

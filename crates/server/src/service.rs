//! What every handler works with: configuration, clock, randomness, store, keys and caches, in one place and
//! without globals.

use std::ops::Deref;
use std::sync::Arc;

use onlyauth_core::action::LoginPolicy;
use onlyauth_core::keys::KeyRing;
use onlyauth_core::time::Timestamp;
use onlyauth_delivery::Routes;
use onlyauth_store::Store;

use crate::api::health::LastLook;
use crate::clock::Clock;
use crate::config::Config;
use crate::entropy::Entropy;
use crate::error::ApiError;
use crate::key_ring::Keys;
use crate::metrics::Metrics;
use crate::proxy_alarm::ProxyAlarm;
use crate::tenants::Tenants;
use crate::webauthn::RelyingParty;
use crate::widget::ActionLocks;
use crate::worker::Bell;

/// A cheaply cloned handle on the server's parts.
#[derive(Debug, Clone)]
pub struct Service(Arc<Parts>);

/// The parts.
#[derive(Debug)]
pub struct Parts {
    /// As loaded at start.
    pub config: Config,
    /// The rules for logins that the configuration comes to.
    pub policy: LoginPolicy,
    /// The time.
    pub clock: Clock,
    /// Randomness.
    pub entropy: Entropy,
    /// The database.
    pub store: Store,
    /// The key ring.
    pub keys: Keys,
    /// Clients, secrets and apps.
    pub tenants: Tenants,
    /// What passkeys belong to; None where browsers let none be used.
    pub relying_party: Option<RelyingParty>,
    /// What carries live messages.
    pub routes: Routes,
    /// Counters.
    pub metrics: Metrics,
    /// Wakes the worker.
    pub bell: Bell,
    /// Keep two requests for one action apart.
    pub action_locks: ActionLocks,
    /// Whether logins could be served when somebody last asked.
    pub health: LastLook,
    /// Whether a proxy stands in front without being listed as trusted.
    pub unlisted_proxy: ProxyAlarm,
}

impl Service {
    /// From its parts.
    pub fn new(parts: Parts) -> Self {
        Self(Arc::new(parts))
    }

    /// The key ring, at most two seconds old.
    pub async fn ring(&self, now: Timestamp) -> Result<Arc<KeyRing>, ApiError> {
        self.keys.ring(now).await
    }
}

impl Deref for Service {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}

/// The rules for logins that a configuration comes to.
pub fn login_policy(config: &Config) -> LoginPolicy {
    LoginPolicy {
        action_lifetime: config.tokens.action_lifetime,
        action_extensions: config.tokens.action_extensions,
        codes: config.codes.policy(),
        failures: config.failures.policy(),
    }
}

//! Which provider carries a channel, and how much of it at once.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use onlyauth_core::channel::Channel;
use tokio::sync::Semaphore;

use crate::provider::{Accepted, Callback, NoReceipt, Outgoing, Provider, Receipt, SendError};

/// Messages of one channel that one provider may be busy with. Calls that hang hold their own places only, so
/// that other providers go on, and the same provider's text messages too (security.md row 35).
const AT_ONCE: usize = 32;

/// A provider with its places. Clones share them.
#[derive(Clone)]
pub struct Route {
    name: Arc<str>,
    provider: Arc<dyn Provider>,
    places: Arc<[Semaphore; Channel::ALL.len()]>,
}

impl Route {
    /// A route over `provider`, which logs call `name`.
    pub fn new(name: &str, provider: Arc<dyn Provider>) -> Self {
        let places = Channel::ALL.map(|_| Semaphore::new(AT_ONCE));
        Self { name: name.into(), provider, places: Arc::new(places) }
    }

    /// The provider's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Hands one message over, unless the provider has its hands full.
    ///
    /// # Errors
    /// What the provider says; with every place of the channel taken, [`SendError::NotNow`] at once.
    pub async fn send(&self, message: Outgoing) -> Result<Accepted, SendError> {
        let Ok(_place) = self.places[message.channel as usize].try_acquire() else {
            return Err(SendError::not_now("provider_busy"));
        };
        self.provider.send(message).await
    }

    /// Reads what came to a message's receipt URL.
    ///
    /// # Errors
    /// It is not the provider's, or says nothing that is known.
    pub fn receipt(&self, callback: &Callback<'_>) -> Result<Receipt, NoReceipt> {
        self.provider.receipt(callback)
    }
}

impl fmt::Debug for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Route({})", self.name)
    }
}

/// One route for each channel that has one.
#[derive(Debug, Clone, Default)]
pub struct Routes(BTreeMap<Channel, Route>);

impl Routes {
    /// From pairs; a later one for the same channel replaces an earlier one.
    pub fn new(routes: impl IntoIterator<Item = (Channel, Route)>) -> Self {
        Self(routes.into_iter().collect())
    }

    /// Every channel over one provider.
    pub fn all(route: &Route) -> Self {
        Self::new(Channel::ALL.map(|channel| (channel, route.clone())))
    }

    /// The route of a channel.
    pub fn of(&self, channel: Channel) -> Option<&Route> {
        self.0.get(&channel)
    }

    /// The route of a provider by its name.
    pub fn named(&self, name: &str) -> Option<&Route> {
        self.0.values().find(|route| route.name() == name)
    }
}

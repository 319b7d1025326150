//! New clients and API secrets: the values to store, and the secret in clear, which is shown once.

use onlyauth_core::ids::{ClientId, SecretId};
use onlyauth_core::secret::ApiSecret;
use onlyauth_core::time::Timestamp;
use onlyauth_store::{NewClient, NewSecret};

use crate::entropy::Entropy;

/// A secret that is not stored yet.
#[derive(Debug)]
pub struct FreshSecret {
    /// In clear.
    pub secret: ApiSecret,
    /// What the store keeps of it.
    pub record: NewSecret,
}

impl FreshSecret {
    /// Another secret for a client.
    pub fn make(client_id: ClientId, now: Timestamp, entropy: &Entropy) -> Self {
        let secret = ApiSecret::generate(client_id, entropy.bytes());
        let record = NewSecret {
            secret_id: SecretId::new(now, entropy.bytes()),
            hash: secret.hash(),
            hint: secret.hint(),
            created_at: now,
        };
        Self { secret, record }
    }
}

/// A client that is not stored yet, with its first secret.
#[derive(Debug)]
pub struct NewAccount {
    /// The first secret in clear.
    pub secret: ApiSecret,
    /// What the store keeps.
    pub record: NewClient,
}

impl NewAccount {
    /// A client of this name.
    pub fn make(name: &str, now: Timestamp, entropy: &Entropy) -> Self {
        let client_id = ClientId::new(now, entropy.bytes());
        let FreshSecret { secret, record } = FreshSecret::make(client_id, now, entropy);
        let record = NewClient {
            client_id,
            name: name.to_owned(),
            created_at: now,
            first_secret: Some(record),
        };
        Self { secret, record }
    }
}

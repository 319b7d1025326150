//! An end user's authenticator app.

use data_encoding::HEXLOWER;
use onlyauth_core::audit::{Actor, Deed};
use onlyauth_core::channel::{Channel, Mode};
use onlyauth_core::factor::totp::{TotpSecret, step_at};
use onlyauth_core::ids::{AuditId, FactorId, UserId};
use onlyauth_core::personal::{self, World};
use onlyauth_core::time::Timestamp;
use onlyauth_store::{AuditEntry, EndUserKey, Imported, NewFactor, NewImport};

use super::page::Page;
use super::{Backend, EndUser, TestServer};

/// The app, with the secret that it shares with the server.
#[derive(Debug, Clone)]
pub(crate) struct Authenticator(TotpSecret);

impl Authenticator {
    /// The app that read the key on a page.
    pub(crate) fn scan(page: &Page) -> Self {
        let at = page.html.find("otpauth://totp/").unwrap();
        let address = &page.html[at..];
        let address = &address[..address.find('"').unwrap()];
        let key = address.split("secret=").nth(1).unwrap().split('&').next().unwrap();
        Self(TotpSecret::from_base32(key).unwrap())
    }

    /// The code that it shows at a moment, so many steps later or earlier.
    pub(crate) fn code(&self, now: Timestamp, steps: i64) -> String {
        self.0.code(step_at(now) + steps)
    }

    /// As another system would hand the secret over.
    pub(crate) fn secret(&self) -> String {
        self.0.reveal_base32()
    }
}

impl TestServer {
    /// The key of an end user of a sandbox app.
    pub(crate) async fn key_of(&self, backend: &Backend, app: &str, user: &EndUser) -> EndUserKey {
        let world = World {
            client_id: backend.client_id.parse().unwrap(),
            app_id: app.parse().unwrap(),
            mode: Mode::Sandbox,
        };
        let ring = self.service.ring(self.clock.now()).await.unwrap();
        EndUserKey {
            client_id: world.client_id,
            app_id: world.app_id,
            mode: world.mode,
            end_user_hash: world.end_user_hash(&ring, &user.uuid).unwrap(),
        }
    }

    /// Our name for a known end user of a sandbox app.
    pub(crate) async fn known_as(&self, backend: &Backend, app: &str, user: &EndUser) -> String {
        let key = self.key_of(backend, app, user).await;
        self.service.store.end_user_find(&key).await.unwrap().unwrap().user_id.to_string()
    }

    /// Enrols an authenticator app for an end user who passed before.
    pub(crate) async fn enrol_totp(
        &self,
        backend: &Backend,
        app: &str,
        user: &EndUser,
    ) -> Authenticator {
        let now = self.clock.now();
        let ring = self.service.ring(now).await.unwrap();
        let key = self.key_of(backend, app, user).await;
        let bytes: [u8; 20] = {
            let [head, tail]: [[u8; 10]; 2] = [(); 2].map(|()| self.service.entropy.bytes());
            [head, tail].concat().try_into().unwrap()
        };
        let secret = TotpSecret::new(bytes.to_vec()).unwrap();
        let factor_id = FactorId::new(now, self.service.entropy.bytes());
        let uuid = &user.uuid;
        let (user, nonce) = (&key.end_user_hash, self.service.entropy.bytes());
        let factor = NewFactor {
            factor_id,
            channel: Channel::Totp,
            lookup_hash: personal::factor_hash(&ring, user, &bytes).unwrap(),
            sealed: personal::seal_factor(&ring, user, factor_id, &bytes, now, nonce).unwrap(),
            position: 0,
            created_at: now,
            sealed_name: None,
        };
        let user_id = UserId::new(now, self.service.entropy.bytes());
        let audit = AuditEntry {
            client_id: key.client_id,
            audit_id: AuditId::new(now, self.service.entropy.bytes()),
            app_id: key.app_id,
            mode: key.mode,
            user_id,
            deed: Deed::Imported,
            detail: String::new(),
            actor: Actor::Backend,
            created_at: now,
        };
        let import = NewImport {
            end_user: key,
            user_id,
            sealed_uuid: {
                let nonce = self.service.entropy.bytes();
                personal::seal_uuid(&ring, user, uuid, now, nonce).unwrap()
            },
            phone: None,
            factors: vec![factor],
            audit,
            now,
        };
        let imported = self.service.store.end_user_import(&import).await;
        assert_eq!(imported, Ok(Imported::Updated), "a known end user with a further factor");
        Authenticator(secret)
    }

    /// A shop whose end user passed by a text message and has an authenticator app.
    pub(crate) async fn shop_with_authenticator(
        &self,
        user: &EndUser,
    ) -> (Backend, String, Authenticator) {
        let (backend, app) = self.shop().await;
        backend.pass(&app, user).await;
        let authenticator = self.enrol_totp(&backend, &app, user).await;
        (backend, app, authenticator)
    }
}

/// What must not be found in a database: the secret as bytes, in base32 and in hexadecimal.
pub(crate) fn traces(authenticator: &Authenticator) -> [Vec<u8>; 3] {
    let bytes = authenticator.0.reveal();
    [bytes.to_vec(), authenticator.secret().into_bytes(), HEXLOWER.encode(bytes).into_bytes()]
}

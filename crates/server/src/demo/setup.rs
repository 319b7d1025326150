//! What the shop owns on the server: a client, an API secret and a sandbox app. Found again at the next start.

use onlyauth_core::app::AppSettings;
use onlyauth_core::channel::Channel;
use onlyauth_core::ids::{AppId, ClientId};
use onlyauth_core::personal::World;
use onlyauth_core::secret::ApiSecret;
use onlyauth_store::{AppRecord, AppUpdate, EndUserKey};

use super::users;
use crate::cli::{CliError, Exit};
use crate::new_client::{FreshSecret, NewAccount};
use crate::service::Service;

/// By this name the demo finds its client again.
const CLIENT_NAME: &str = "Demo shop";

/// The shop's account on the server.
pub(super) struct Account {
    pub(super) client_id: ClientId,
    pub(super) app_id: AppId,
    pub(super) secret: ApiSecret,
}

/// Finds or makes client and app, brings the app up to date with the shop's address, and makes a new secret.
pub(super) async fn prepare(service: &Service, shop_url: &str) -> Result<Account, CliError> {
    let (client_id, secret) = client(service).await?;
    let app_id = app(service, client_id, &settings(shop_url)).await?;
    unlock_users(service, client_id, app_id).await?;
    Ok(Account { client_id, app_id, secret })
}

async fn client(service: &Service) -> Result<(ClientId, ApiSecret), CliError> {
    let clients = service.store.client_list().await?;
    if let Some(client) = clients.into_iter().find(|client| client.name == CLIENT_NAME) {
        return Ok((client.client_id, renew_secret(service, client.client_id).await?));
    }
    let NewAccount { secret, record } =
        NewAccount::make(CLIENT_NAME, service.clock.now(), &service.entropy);
    if !service.store.client_create(&record).await? {
        return Err(taken());
    }
    Ok((record.client_id, secret))
}

/// A new one each time, since only hashes are stored; then those of earlier starts end.
async fn renew_secret(service: &Service, client_id: ClientId) -> Result<ApiSecret, CliError> {
    let now = service.clock.now();
    let earlier = service.store.secret_list(client_id).await?;
    let FreshSecret { secret, record } = FreshSecret::make(client_id, now, &service.entropy);
    if !service.store.secret_create(client_id, &record).await? {
        return Err(taken());
    }
    for secret in earlier.iter().filter(|secret| secret.revoked_at.is_none()) {
        service.store.secret_revoke(client_id, secret.secret_id, now).await?;
    }
    Ok(secret)
}

/// Exact addresses, as the documentation recommends.
fn settings(shop_url: &str) -> AppSettings {
    AppSettings {
        friendly_name: CLIENT_NAME.to_owned(),
        icon: format!("{shop_url}/shop.svg"),
        redirect_uris: vec![format!("{shop_url}/return"), format!("{shop_url}/welcome")],
        origins: vec![shop_url.to_owned()],
        allow_voice_channel: true,
        allow_whatsapp_channel: true,
        ..AppSettings::default()
    }
}

async fn app(
    service: &Service,
    client_id: ClientId,
    settings: &AppSettings,
) -> Result<AppId, CliError> {
    let now = service.clock.now();
    let settings = serde_json::to_string(settings).map_err(|error| {
        CliError::new(Exit::Failed, format!("can't write the app's settings: {error}"))
    })?;
    if let Some(app) = service.store.app_list(client_id).await?.into_iter().next() {
        let update =
            service.store.app_update(client_id, app.app_id, &settings, app.revision, now).await?;
        return match update {
            AppUpdate::Updated(app) => Ok(app.app_id),
            AppUpdate::Gone | AppUpdate::Conflict => Err(taken()),
        };
    }
    let app = AppRecord {
        client_id,
        app_id: AppId::new(now, service.entropy.bytes()),
        settings,
        revision: 1,
        created_at: now,
        updated_at: now,
    };
    if service.store.app_create(&app).await? { Ok(app.app_id) } else { Err(taken()) }
}

/// Whoever tried wrong codes until the lock gets another go with the next start.
async fn unlock_users(
    service: &Service,
    client_id: ClientId,
    app_id: AppId,
) -> Result<(), CliError> {
    let mode = AppSettings::default().mode();
    let world = World { client_id, app_id, mode };
    let unreadable =
        || CliError::new(Exit::Data, "the key ring of the demo's data folder can't be used");
    let ring = service.ring(service.clock.now()).await.map_err(|_| unreadable())?;
    for user in &users::ALL {
        let end_user_hash = world.end_user_hash(&ring, user.uuid).map_err(|_| unreadable())?;
        let key = EndUserKey { client_id, app_id, mode, end_user_hash };
        for channel in Channel::ALL.into_iter().filter(|channel| channel.is_phone()) {
            service.store.failure_reset(&key, channel, None).await?;
        }
    }
    Ok(())
}

fn taken() -> CliError {
    CliError::new(Exit::Failed, "somebody else changed the demo's client at the same time")
        .hint("start the demo again")
}

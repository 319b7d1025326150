//! `onlyauth secret`: the API secrets of a client. Several may live at once, so that one can be
//! replaced without a gap: create, roll out, revoke.

use clap::Subcommand;
use onlyauth_core::ids::{ClientId, SecretId};
use onlyauth_store::{SecretRecord, Store};
use serde::Serialize;

use super::client::not_found;
use super::exit::{CliError, Exit};
use super::{Global, Seams, output, store};
use crate::new_client::FreshSecret;

/// What to do.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Make another API secret, which is shown this once.
    Create {
        /// The client.
        #[arg(long, value_name = "CLNT-…")]
        client: ClientId,
        /// Print `{"secret_id", "client_id", "api_secret"}`.
        #[arg(long)]
        json: bool,
    },
    /// List the API secrets of a client by their last four characters, revoked ones too.
    List {
        /// The client.
        #[arg(long, value_name = "CLNT-…")]
        client: ClientId,
        /// Print `{"secrets": [{"secret_id", "hint", "created_at", "revoked_at"}]}`; times in Unix seconds.
        #[arg(long)]
        json: bool,
    },
    /// Revoke an API secret: a running server refuses it within 2 seconds.
    Revoke {
        /// The client.
        #[arg(long, value_name = "CLNT-…")]
        client: ClientId,
        /// The secret's id, as `secret list` shows it.
        #[arg(value_name = "SCRT-…")]
        secret: SecretId,
        /// Print `{"secret_id", "revoked_at"}`.
        #[arg(long)]
        json: bool,
    },
}

#[derive(Serialize)]
struct Created {
    secret_id: SecretId,
    client_id: ClientId,
    api_secret: String,
}

#[derive(Serialize)]
struct List {
    secrets: Vec<Listed>,
}

#[derive(Serialize)]
struct Listed {
    secret_id: SecretId,
    hint: String,
    created_at: i64,
    revoked_at: Option<i64>,
}

#[derive(Serialize)]
struct Revoked {
    secret_id: SecretId,
    revoked_at: i64,
}

impl From<SecretRecord> for Listed {
    fn from(secret: SecretRecord) -> Self {
        Self {
            secret_id: secret.secret_id,
            hint: secret.hint,
            created_at: secret.created_at.as_seconds(),
            revoked_at: secret.revoked_at.map(onlyauth_core::time::Timestamp::as_seconds),
        }
    }
}

impl Listed {
    fn row(self) -> Vec<String> {
        let state = if self.revoked_at.is_some() { "revoked" } else { "live" };
        vec![self.secret_id.to_string(), format!("…{}", self.hint), state.to_owned()]
    }
}

pub(super) async fn run(command: &Command, global: &Global, seams: &Seams) -> Result<(), CliError> {
    let store = store::open(global, seams)?;
    match command {
        Command::Create { client, json } => create(&store, *client, *json, seams).await,
        Command::List { client, json } => list(&store, *client, *json).await,
        Command::Revoke { client, secret, json } => {
            revoke(&store, *client, *secret, *json, seams).await
        }
    }
}

async fn create(
    store: &Store,
    client_id: ClientId,
    json: bool,
    seams: &Seams,
) -> Result<(), CliError> {
    let FreshSecret { secret, record } =
        FreshSecret::make(client_id, seams.clock.now(), &seams.entropy);
    if !store.secret_create(client_id, &record).await? {
        return Err(not_found(client_id));
    }
    let created =
        Created { secret_id: record.secret_id, client_id, api_secret: secret.reveal().to_owned() };
    if json {
        return output::json(&created);
    }
    output::text(&format!(
        "secret id   {}\nAPI secret  {}\n\nKeep the secret: it is not shown again.",
        created.secret_id, created.api_secret
    ))
}

async fn list(store: &Store, client_id: ClientId, json: bool) -> Result<(), CliError> {
    if store.client_find(client_id).await?.is_none() {
        return Err(not_found(client_id));
    }
    let records = store.secret_list(client_id).await?;
    let secrets: Vec<Listed> = records.into_iter().map(Listed::from).collect();
    if json {
        return output::json(&List { secrets });
    }
    let rows: Vec<_> = secrets.into_iter().map(Listed::row).collect();
    output::text(&output::table(&["secret id", "ends with", "state"], &rows))
}

async fn revoke(
    store: &Store,
    client_id: ClientId,
    secret_id: SecretId,
    json: bool,
    seams: &Seams,
) -> Result<(), CliError> {
    let now = seams.clock.now();
    if !store.secret_revoke(client_id, secret_id, now).await? {
        let message = format!("client {client_id} has no live secret {secret_id}");
        return Err(CliError::new(Exit::NotFound, message)
            .hint("`onlyauth secret list --client CLNT-…` shows them, revoked ones too"));
    }
    if json {
        return output::json(&Revoked { secret_id, revoked_at: now.as_seconds() });
    }
    output::text(&format!("Revoked {secret_id}. A running server refuses it within 2 seconds."))
}

//! `onlyauth client`: customer accounts.

use clap::Subcommand;
use onlyauth_core::ids::ClientId;
use onlyauth_store::{ClientRecord, Store};
use serde::Serialize;

use super::exit::{CliError, Exit};
use super::{Global, Seams, output, store};
use crate::new_client::NewAccount;

/// Longest name, in bytes.
const LONGEST_NAME: usize = 255;

/// What to do.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Make a client with its first API secret, which is shown this once.
    Create {
        /// A name for people; it need not be unique.
        #[arg(long, value_parser = name)]
        name: String,
        /// Print `{"client_id", "api_secret"}`.
        #[arg(long)]
        json: bool,
    },
    /// List all clients, oldest first.
    List {
        /// Print `{"clients": [{"client_id", "name", "created_at"}]}`; times in Unix seconds.
        #[arg(long)]
        json: bool,
    },
}

#[derive(Serialize)]
struct Created {
    client_id: ClientId,
    api_secret: String,
}

#[derive(Serialize)]
struct List {
    clients: Vec<Listed>,
}

#[derive(Serialize)]
struct Listed {
    client_id: ClientId,
    name: String,
    created_at: i64,
}

impl From<ClientRecord> for Listed {
    fn from(client: ClientRecord) -> Self {
        Self {
            client_id: client.client_id,
            name: client.name,
            created_at: client.created_at.as_seconds(),
        }
    }
}

pub(super) async fn run(command: &Command, global: &Global, seams: &Seams) -> Result<(), CliError> {
    match command {
        Command::Create { name, json } => {
            let store = store::open_or_create(global, seams)?;
            let created = create(&store, name, seams).await?;
            if *json {
                return output::json(&created);
            }
            output::text(&format!(
                "client id   {}\nAPI secret  {}\n\nKeep the secret: it is not shown again.",
                created.client_id, created.api_secret
            ))
        }
        Command::List { json } => {
            let store = store::open(global, seams)?;
            let clients: Vec<Listed> =
                store.client_list().await?.into_iter().map(Listed::from).collect();
            if *json {
                return output::json(&List { clients });
            }
            let rows: Vec<_> =
                clients.into_iter().map(|c| vec![c.client_id.to_string(), c.name]).collect();
            output::text(&output::table(&["client id", "name"], &rows))
        }
    }
}

async fn create(store: &Store, name: &str, seams: &Seams) -> Result<Created, CliError> {
    let NewAccount { secret, record } = NewAccount::make(name, seams.clock.now(), &seams.entropy);
    // An id of 80 random bits is taken only when the generator repeats itself.
    if !store.client_create(&record).await? {
        return Err(CliError::new(Exit::Failed, "a client with this id exists already"));
    }
    Ok(Created { client_id: record.client_id, api_secret: secret.reveal().to_owned() })
}

/// Control characters in a name could rewrite the terminal of whoever lists it.
fn name(text: &str) -> Result<String, String> {
    let text = text.trim();
    if text.is_empty() || text.len() > LONGEST_NAME || text.chars().any(char::is_control) {
        return Err(format!("expected 1 to {LONGEST_NAME} bytes without control characters"));
    }
    Ok(text.to_owned())
}

/// The error for a client that is not there.
pub(super) fn not_found(client_id: ClientId) -> CliError {
    CliError::new(Exit::NotFound, format!("there is no client {client_id}"))
        .hint("`onlyauth client list` shows all; is --data the folder of your server?")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_one_clean_line() {
        assert_eq!(name("  Shop äöü "), Ok("Shop äöü".to_owned()));
        for bad in ["", "  ", "a\nb", "a\u{1b}[2J", &"a".repeat(256)] {
            assert!(name(bad).is_err(), "{bad:?}");
        }
    }
}

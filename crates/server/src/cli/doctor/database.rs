//! The database: is it whole, durable, and does the master key fit it?

use onlyauth_core::time::Timestamp;
use onlyauth_store::{Database, DurabilitySetting, KeyRecord, Store, StoreError};

use super::Check;
use crate::cli::{CliError, Seams, store};
use crate::config::Config;
use crate::database;
use crate::key_ring;
use crate::master_key::MasterKey;

/// The checks, and moments at which rows were made, for judging the clock.
pub(super) async fn check(
    config: &Config,
    master: Option<&MasterKey>,
    seams: &Seams,
) -> (Vec<Check>, Vec<Timestamp>) {
    const NAME: &str = "database";
    let (database, store) = match open(config, seams) {
        Ok(Some(opened)) => opened,
        Ok(None) => return (vec![Check::skip(NAME, "there is none yet")], Vec::new()),
        Err(error) => return (vec![Check::failed(NAME, error)], Vec::new()),
    };
    match examine(&database, &store, master).await {
        Ok(found) => found,
        Err(error) => (vec![Check::failed(NAME, error.into())], Vec::new()),
    }
}

/// None where no installation was begun.
fn open(config: &Config, seams: &Seams) -> Result<Option<(Database, Store)>, CliError> {
    let database = database::of(config)?;
    if !database.is_begun()? {
        return Ok(None);
    }
    let store = store::open_as(database.clone(), seams)?;
    Ok(Some((database, store)))
}

async fn examine(
    database: &Database,
    store: &Store,
    master: Option<&MasterKey>,
) -> Result<(Vec<Check>, Vec<Timestamp>), StoreError> {
    let mut checks = vec![
        integrity(&store.integrity_check().await?),
        durability(database, &store.durability_check().await?),
    ];
    let keys = store.key_list().await?;
    checks.extend(master.map(|master| key_fits(master, &keys)));
    let clients = store.client_list().await?;
    let moments = clients.iter().map(|client| client.created_at);
    Ok((checks, moments.chain(keys.iter().map(|key| key.created_at)).collect()))
}

fn integrity(problems: &[String]) -> Check {
    const NAME: &str = "database";
    match problems {
        [] => Check::ok(NAME, "it is whole"),
        [first, rest @ ..] => Check::fail(
            NAME,
            format!("it is damaged: {first} (and {} more)", rest.len()),
            "stop the server, keep a copy of the database, and restore a backup",
        ),
    }
}

fn durability(database: &Database, settings: &[DurabilitySetting]) -> Check {
    const NAME: &str = "durability";
    let wrong = settings.iter().filter(|setting| !setting.is_right());
    let wrong: Vec<String> = wrong
        .map(|setting| format!("{} is {}, not {}", setting.name, setting.found, setting.wanted))
        .collect();
    if wrong.is_empty() {
        return Check::ok(NAME, "what is acknowledged survives a power cut");
    }
    let hint = match database {
        Database::Sqlite(_) => "put the database on a local disk, not on a network share",
        Database::Postgres(_) => "have the database's server set so, or name one that is",
    };
    Check::fail(NAME, wrong.join("; "), hint)
}

fn key_fits(master: &MasterKey, keys: &[KeyRecord]) -> Check {
    const NAME: &str = "key ring";
    let closed = keys.iter().filter(|key| key_ring::open(master, key).is_err()).count();
    match (keys.len(), closed) {
        (0, _) => Check::ok(NAME, "it is empty: the first `onlyauth serve` fills it"),
        (all, 0) => Check::ok(NAME, format!("the master key opens all {all} keys")),
        (all, closed) => Check::fail(
            NAME,
            format!("the master key opens {} of {all} keys", all - closed),
            "restore the master key that belongs to this database; the server refuses to start without it",
        ),
    }
}

#[cfg(test)]
mod tests {
    use onlyauth_core::ids::KeyId;
    use onlyauth_core::keys::{Purpose, RingKey};

    use super::super::Status;
    use super::*;

    #[test]
    fn damage_is_named() {
        assert_eq!(integrity(&[]).status, Status::Ok);
        let check = integrity(&["page 3 is torn".to_owned(), "another".to_owned()]);
        assert_eq!(check.status, Status::Fail);
        assert!(check.message.contains("page 3 is torn (and 1 more)"), "{}", check.message);
    }

    #[test]
    fn one_wrong_setting_is_enough() {
        let setting = |found: &str| DurabilitySetting {
            name: "synchronous",
            found: found.to_owned(),
            wanted: "2",
        };
        let database = Database::Sqlite("o.db".into());
        assert_eq!(durability(&database, &[setting("2")]).status, Status::Ok);
        let check = durability(&database, &[setting("2"), setting("0")]);
        assert_eq!(check.status, Status::Fail);
        assert_eq!(check.message, "synchronous is 0, not 2");
    }

    #[test]
    fn the_master_key_must_open_every_key() {
        let (ours, other) = (MasterKey::new([1; 32]), MasterKey::new([2; 32]));
        let now = Timestamp::from_millis(1_000);
        let record = |master: &MasterKey| {
            let id = KeyId::new(now, [3; 10]);
            let key = RingKey::new(id, Purpose::Code, 1, now, None, [4; 32]);
            KeyRecord {
                key_id: id,
                purpose: Purpose::Code,
                generation: 1,
                not_before: now,
                not_after: None,
                wrapped: key.wrap(master.bytes(), [5; 12]).unwrap(),
                created_at: now,
            }
        };
        assert_eq!(key_fits(&ours, &[]).status, Status::Ok);
        assert_eq!(key_fits(&ours, &[record(&ours)]).status, Status::Ok);
        let check = key_fits(&ours, &[record(&ours), record(&other)]);
        assert_eq!(check.status, Status::Fail);
        assert!(check.message.contains("1 of 2"), "{}", check.message);
    }
}

//! Bringing end users along from another system, line by line: each is imported as a whole or refused with its reasons,
//! and doing it again changes nothing.

use onlyauth_core::channel::Channel;
use onlyauth_core::ids::{FactorId, UserId};
use onlyauth_core::import::Import;
use onlyauth_core::keys::{KeyError, KeyRing};
use onlyauth_core::personal::{self, Hash, World};
use onlyauth_core::time::Timestamp;
use onlyauth_store::{EndUserKey, Imported, KnownPhone, NewFactor, NewImport, Store, StoreError};
use tokio::task::JoinSet;

use crate::entropy::Entropy;

/// How many lines are on their way at once: enough for the store to commit them in groups, and fewer than a command's
/// queue takes.
const AT_ONCE: usize = 48;

/// What a whole import came to.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
pub struct Report {
    /// Lines whose end users were not known.
    pub created: u64,
    /// Lines that brought known end users something.
    pub updated: u64,
    /// Lines of which all was there.
    pub unchanged: u64,
    /// Lines that were refused, in their order.
    pub refused: Vec<Refused>,
}

/// A line that was refused.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Refused {
    /// Which, from 1.
    pub line: u64,
    /// Why, a sentence each.
    pub problems: Vec<String>,
}

/// What stops an import. What is imported by then stays, and doing it again goes on where it stopped.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The database did not answer.
    #[error("{0}")]
    Store(#[from] StoreError),
    /// The ring can't seal.
    #[error("{0}")]
    Key(#[from] KeyError),
    /// The lines can't be read.
    #[error("can't read the lines: {0}")]
    Lines(#[from] std::io::Error),
}

/// Where end users are brought to.
#[derive(Debug, Clone)]
pub struct Importer<'a> {
    /// Where they are kept.
    pub store: &'a Store,
    /// Seals them.
    pub ring: &'a KeyRing,
    /// Names them.
    pub entropy: &'a Entropy,
    /// Whose they are.
    pub world: World,
    /// Now.
    pub now: Timestamp,
    /// Looks at the lines, and changes nothing.
    pub only_checks: bool,
}

impl Importer<'_> {
    /// Imports all lines; empty ones are passed over.
    ///
    /// # Errors
    /// What stops it before the end.
    pub async fn run(
        &self,
        lines: impl Iterator<Item = std::io::Result<String>>,
    ) -> Result<Report, ImportError> {
        let mut report = Report::default();
        let mut under_way = JoinSet::new();
        for (number, line) in (1..).zip(lines) {
            let line = line?;
            if line.trim().is_empty() {
                continue;
            }
            match Import::parse(&line) {
                Err(problems) => report.refused.push(Refused { line: number, problems }),
                Ok(_) if self.only_checks => report.unchanged += 1,
                Ok(import) => {
                    let (store, import) = (self.store.clone(), self.sealed(&import)?);
                    under_way.spawn(async move { store.end_user_import(&import).await });
                }
            }
            while under_way.len() >= AT_ONCE {
                note(&mut report, under_way.join_next().await)?;
            }
        }
        while !under_way.is_empty() {
            note(&mut report, under_way.join_next().await)?;
        }
        Ok(report)
    }

    fn sealed(&self, import: &Import) -> Result<NewImport, KeyError> {
        let World { client_id, app_id, mode } = self.world;
        let end_user_hash = self.world.end_user_hash(self.ring, &import.end_user_uuid)?;
        let phone = import.phone.as_ref().map(|phone| {
            let nonce = self.entropy.bytes();
            Ok(KnownPhone {
                hash: personal::phone_hash(self.ring, client_id, phone)?,
                sealed: personal::seal_phone(self.ring, &end_user_hash, phone, self.now, nonce)?,
            })
        });
        let totp = import.totp.as_ref().map(|secret| self.factor(&end_user_hash, secret.reveal()));
        Ok(NewImport {
            end_user: EndUserKey { client_id, app_id, mode, end_user_hash },
            user_id: UserId::new(self.now, self.entropy.bytes()),
            phone: phone.transpose()?,
            factor: totp.transpose()?,
            now: self.now,
        })
    }

    fn factor(&self, end_user: &Hash, secret: &[u8]) -> Result<NewFactor, KeyError> {
        let factor_id = FactorId::new(self.now, self.entropy.bytes());
        let nonce = self.entropy.bytes();
        let ring = self.ring;
        Ok(NewFactor {
            factor_id,
            channel: Channel::Totp,
            lookup_hash: personal::factor_hash(ring, end_user, secret)?,
            sealed: personal::seal_factor(ring, end_user, factor_id, secret, self.now, nonce)?,
            // The other system's last step is not known: a code that it took in the last minute may pass here once more.
            position: 0,
            created_at: self.now,
        })
    }
}

type Joined = Option<Result<Result<Imported, StoreError>, tokio::task::JoinError>>;

fn note(report: &mut Report, joined: Joined) -> Result<(), ImportError> {
    let imported = match joined {
        None => return Ok(()),
        Some(Ok(imported)) => imported?,
        // The task neither panics nor is it cancelled; whether it committed is not known.
        Some(Err(_)) => return Err(StoreError::Unknown.into()),
    };
    match imported {
        Imported::Created => report.created += 1,
        Imported::Updated => report.updated += 1,
        Imported::Unchanged => report.unchanged += 1,
    }
    Ok(())
}

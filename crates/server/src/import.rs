//! Bringing end users along from another system, line by line: each is imported as a whole or refused with its reasons,
//! and doing it again changes nothing.

use onlyauth_core::audit::{Actor, Deed};
use onlyauth_core::channel::Channel;
use onlyauth_core::ids::{self, AuditId, FactorId, IdRandom, UserId};
use onlyauth_core::import::{Credential, Import, of_credential};
use onlyauth_core::keys::{KeyError, KeyRing};
use onlyauth_core::personal::{self, Hash, World};
use onlyauth_core::time::Timestamp;
use onlyauth_store::{EndUserKey, Imported, KnownPhone, NewFactor, NewImport, Store, StoreError};
use tokio::task::JoinSet;

use crate::entropy::Entropy;
use crate::notice::Change;
use crate::webauthn::{Passkey, Trouble};

/// How many lines are on their way at once: enough for the store to commit them in groups, and fewer than a command's
/// queue takes.
const AT_ONCE: usize = 48;

/// What a whole import came to.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
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
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
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
    /// A passkey can't be written down.
    #[error("{0}")]
    Passkey(#[from] Trouble),
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
    /// Who brings them.
    pub actor: Actor,
    /// What their passkeys must belong to; None where there can be none.
    pub rp_id: Option<&'a str>,
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
            match self.read(&line) {
                Err(problems) => report.refused.push(Refused { line: number, problems }),
                Ok(_) if self.only_checks => report.unchanged += 1,
                Ok((import, passkeys)) => {
                    let import = self.sealed(number, &import, &passkeys)?;
                    let store = self.store.clone();
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

    /// What a line says, and its passkeys as they are kept.
    fn read(&self, line: &str) -> Result<(Import, Vec<Passkey>), Vec<String>> {
        let import = Import::parse(line, self.rp_id)?;
        let mut problems = Vec::new();
        let mut passkeys = Vec::new();
        for (number, credential) in (1..).zip(&import.credentials) {
            match Passkey::imported(credential) {
                Ok(passkey) => passkeys.push(passkey),
                Err(error) => problems.push(of_credential(number, &error.to_string())),
            }
        }
        if problems.is_empty() { Ok((import, passkeys)) } else { Err(problems) }
    }

    fn sealed(
        &self,
        line: u64,
        import: &Import,
        passkeys: &[Passkey],
    ) -> Result<NewImport, ImportError> {
        let World { client_id, app_id, mode } = self.world;
        let end_user_hash = self.world.end_user_hash(self.ring, &import.end_user_uuid)?;
        let phone = import.phone.as_ref().map(|phone| {
            let nonce = self.entropy.bytes();
            Ok::<_, KeyError>(KnownPhone {
                hash: personal::phone_hash(self.ring, client_id, phone)?,
                sealed: personal::seal_phone(self.ring, &end_user_hash, phone, self.now, nonce)?,
            })
        });
        let mut factors = Vec::with_capacity(1 + passkeys.len());
        if let Some(secret) = &import.totp {
            factors.push(self.totp(&end_user_hash, secret.reveal())?);
        }
        for (told, passkey) in import.credentials.iter().zip(passkeys) {
            factors.push(self.passkey(&end_user_hash, passkey, told)?);
        }
        let end_user = EndUserKey { client_id, app_id, mode, end_user_hash };
        let user_id = UserId::new(self.now, self.in_order(line));
        let (ring, entropy, actor, now) = (self.ring, self.entropy, self.actor, self.now);
        let change = Change { ring, entropy, end_user, user_id, actor, now };
        let mut audit = change.audit(Deed::Imported, "");
        audit.audit_id = AuditId::new(now, self.in_order(line));
        Ok(NewImport {
            end_user,
            user_id,
            sealed_uuid: personal::seal_uuid(
                self.ring,
                &end_user_hash,
                &import.end_user_uuid,
                self.now,
                self.entropy.bytes(),
            )?,
            phone: phone.transpose()?,
            factors,
            audit,
            now,
        })
    }

    /// For ids that follow each other like the lines: all are of one moment, and without an order each would change another page
    /// of its index.
    fn in_order(&self, line: u64) -> IdRandom {
        let [.., a, b, c, d] = line.to_be_bytes();
        ids::counted(u32::from_be_bytes([a, b, c, d]), self.entropy.bytes())
    }

    fn totp(&self, end_user: &Hash, secret: &[u8]) -> Result<NewFactor, KeyError> {
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
            sealed_name: None,
        })
    }

    fn passkey(
        &self,
        end_user: &Hash,
        passkey: &Passkey,
        told: &Credential,
    ) -> Result<NewFactor, ImportError> {
        let factor_id = FactorId::new(self.now, self.entropy.bytes());
        let (ring, nonce) = (self.ring, self.entropy.bytes());
        let seal = |name| {
            let nonce = self.entropy.bytes();
            personal::seal_factor_name(ring, end_user, factor_id, name, self.now, nonce)
        };
        let clear = passkey.to_bytes()?;
        Ok(NewFactor {
            factor_id,
            channel: Channel::Webauthn,
            lookup_hash: personal::factor_hash(ring, end_user, passkey.credential_id())?,
            sealed: personal::seal_factor(ring, end_user, factor_id, &clear, self.now, nonce)?,
            position: i64::from(passkey.first_position()),
            // Nothing was made later than now, whatever another clock said.
            created_at: told.created_at.map_or(self.now, |made_at| made_at.min(self.now)),
            sealed_name: told.name.as_ref().map(seal).transpose()?,
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

//! Imports: an end user of another system becomes known, in one commit, which can be repeated.

use onlyauth_core::ids::UserId;
use onlyauth_core::time::Timestamp;

use crate::audit::AuditEntry;
use crate::change_set::{ChangeSet, Outcome};
use crate::end_users::{EndUserKey, KnownPhone};
use crate::error::StoreError;
use crate::factors::{self, NewFactor};
use crate::open::Store;
use crate::statement::statements;
use crate::value::{Value, params};

statements! {
    IMPORT_CREATE = "INSERT INTO end_users
        (client_id, app_id, mode, end_user_hash, user_id, phone_hash, sealed_phone,
         created_at, last_passed_at, last_channel, sealed_uuid)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, NULL, NULL, ?9)
        ON CONFLICT DO NOTHING RETURNING user_id";
    // A number that passed here is worth more than one that passed there.
    IMPORT_PHONE = "UPDATE end_users SET phone_hash = ?5, sealed_phone = ?6
        WHERE client_id = ?1 AND app_id = ?2 AND mode = ?3 AND end_user_hash = ?4
          AND phone_hash IS NULL
        RETURNING user_id";
    // By what the import has just made, each of which has an id or a nonce of its own: what was there before has others.
    IMPORT_WRITTEN = "INSERT INTO audit
        (client_id, audit_id, app_id, mode, user_id, deed, detail, actor, created_at)
        SELECT ?1, ?2, ?3, ?4, u.user_id, ?6, ?7, ?8, ?9
        FROM end_users u
        WHERE u.client_id = ?1 AND u.app_id = ?3 AND u.mode = ?4 AND u.end_user_hash = ?10
          AND (u.user_id = ?5 OR u.sealed_phone = ?11
            OR EXISTS (SELECT 1 FROM factors f
              WHERE f.client_id = ?1 AND f.app_id = ?3 AND f.mode = ?4 AND f.end_user_hash = ?10
                AND f.factor_id = ?12))
        ON CONFLICT DO NOTHING";
}

/// An end user to be brought along.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewImport {
    /// Who.
    pub end_user: EndUserKey,
    /// A name of ours, should they be new.
    pub user_id: UserId,
    /// The customer's name for them, sealed.
    pub sealed_uuid: Vec<u8>,
    /// Their number.
    pub phone: Option<KnownPhone>,
    /// What they enrolled.
    pub factors: Vec<NewFactor>,
    /// What is written down where it brings anything, about whoever it is then: of [`Self::user_id`], should they be new.
    pub audit: AuditEntry,
    /// Now.
    pub now: Timestamp,
}

/// What an import came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Imported {
    /// The end user was not known.
    Created,
    /// A known one has more than before.
    Updated,
    /// All of it was there.
    Unchanged,
}

/// Nothing of an import is refused.
enum Never {}

impl Store {
    /// Makes an end user known, with the number and factors that they bring: what is there already stays as it is.
    pub async fn end_user_import(&self, import: &NewImport) -> Result<Imported, StoreError> {
        let EndUserKey { client_id, app_id, mode, end_user_hash } = &import.end_user;
        let key = || params![*client_id, *app_id, *mode, end_user_hash];
        let (hash, sealed) = match &import.phone {
            Some(phone) => (Some(&phone.hash), Some(&phone.sealed)),
            None => (None, None),
        };
        let mut create = key();
        create.extend(params![import.user_id, hash, sealed, import.now, &import.sealed_uuid]);
        let mut set = ChangeSet::<Never>::new().step(&IMPORT_CREATE, create);
        if import.phone.is_some() {
            let mut phone = key();
            phone.extend(params![hash, sealed]);
            set = set.step(&IMPORT_PHONE, phone);
        }
        for factor in &import.factors {
            set = set.step(factors::CREATE, factors::creation(&import.end_user, factor));
        }
        // For each factor, or for none: it is one entry, which the first that finds something new makes.
        for factor in 0..import.factors.len().max(1) {
            set = set.step(&IMPORT_WRITTEN, written(import, import.factors.get(factor)));
        }
        let steps = 1 + usize::from(import.phone.is_some()) + import.factors.len();
        match self.apply(set).await? {
            Outcome::Applied(mut rows) => {
                let mut happened = (0..steps).map(|step| rows.row(step).is_some());
                Ok(match (happened.next(), happened.any(|changed| changed)) {
                    (Some(true), _) => Imported::Created,
                    (_, true) => Imported::Updated,
                    _ => Imported::Unchanged,
                })
            }
            Outcome::Refused(never) => match never {},
        }
    }
}

/// The parameters of [`IMPORT_WRITTEN`].
fn written(import: &NewImport, factor: Option<&NewFactor>) -> Vec<Value> {
    let mut params = import.audit.columns();
    params.extend(params![
        &import.end_user.end_user_hash,
        import.phone.as_ref().map(|phone| &phone.sealed),
        factor.map(|factor| factor.factor_id),
    ]);
    params
}

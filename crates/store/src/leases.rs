//! Leases: work that one instance does for all, for as long as it says so.
//!
//! A lease saves the others the trouble and keeps them from waiting for each other's rows. Nothing relies on it: an
//! instance whose clock is wrong may work at the same time, and what both do must be right all the same.

use onlyauth_core::time::Timestamp;

use crate::change_set::ChangeSet;
use crate::error::StoreError;
use crate::open::Store;
use crate::statement::statements;
use crate::value::params;

statements! {
    LEASE_TAKE = "INSERT INTO leases (task, holder, lease_until) VALUES (?1, ?2, ?3)
        ON CONFLICT (task) DO UPDATE SET holder = ?2, lease_until = ?3
        WHERE leases.holder = ?2 OR leases.lease_until <= ?4";
    LEASE_END = "UPDATE leases SET lease_until = ?3 WHERE task = ?1 AND holder = ?2";
}

struct Taken;

impl Store {
    /// Takes or prolongs the lease of a task; false when another holder has it now.
    pub async fn lease_take(
        &self,
        task: &str,
        holder: &str,
        now: Timestamp,
        until: Timestamp,
    ) -> Result<bool, StoreError> {
        let set = ChangeSet::new().require(&LEASE_TAKE, params![task, holder, until, now], Taken);
        Ok(self.apply(set).await?.is_applied())
    }

    /// Ends the lease of a task, if this holder has it, so that the next one need not wait.
    pub async fn lease_end(
        &self,
        task: &str,
        holder: &str,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let set = ChangeSet::<Taken>::new().step(&LEASE_END, params![task, holder, now]);
        self.apply(set).await.map(drop)
    }
}

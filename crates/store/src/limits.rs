//! Limits: one row per key, taken before the operation that they protect and never given back.
//!
//! The arithmetic is core's ([`Take`]); here it is one guarded statement, so that parallel uses can't both
//! have the last one.

use onlyauth_core::limits::Take;
use onlyauth_core::time::Timestamp;

use crate::change_set::{ChangeSet, Outcome};
use crate::error::StoreError;
use crate::open::Store;
use crate::statement::statements;
use crate::value::{Fields, Value, params};

statements! {
    LIMIT_TAKE = "INSERT INTO limits (limit_key, tat) VALUES (?1, ?2)
        ON CONFLICT (limit_key) DO UPDATE
        SET tat = CASE WHEN limits.tat > ?3 THEN limits.tat ELSE ?3 END + ?4
        WHERE limits.tat <= ?5";
    LIMIT_FIND = "SELECT tat FROM limits WHERE limit_key = ?1";
    LIMIT_LIST = "SELECT limit_key, tat FROM limits WHERE limit_key > ?1 ORDER BY limit_key LIMIT ?2";
    LIMIT_DELETE_OLD = "DELETE FROM limits WHERE limit_key = ?1 AND tat <= ?2";
}

/// One use of one limit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LimitTake {
    /// Names the limit and whom it is counted for. Whoever makes keys sees to it that two limits never share
    /// one: it is all that tells clients and apps apart here.
    pub key: String,
    /// What core asks for.
    pub take: Take,
}

/// What became of the uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LimitsOutcome {
    /// All were counted.
    Taken,
    /// None was counted.
    Refused {
        /// Which one refused, in the caller's order.
        index: usize,
        /// When it would be allowed, if nothing else is counted meanwhile.
        retry_at: Timestamp,
    },
}

impl Store {
    /// Counts all of these uses, or none of them.
    pub async fn limits_take(&self, takes: &[LimitTake]) -> Result<LimitsOutcome, StoreError> {
        let mut order: Vec<usize> = (0..takes.len()).collect();
        // All callers go through the keys in one order: two that share several can't wait for each other.
        order.sort_by_key(|&index| &takes[index].key);
        let set = order.into_iter().fold(ChangeSet::new(), |set, index| {
            let LimitTake { key, take } = &takes[index];
            let increment = i64::try_from(take.increment.as_millis()).unwrap_or(i64::MAX);
            let first = take.now.plus(take.increment);
            set.require(&LIMIT_TAKE, params![key, first, take.now, increment, take.latest], index)
        });
        match self.apply(set).await? {
            Outcome::Applied(_) => Ok(LimitsOutcome::Taken),
            Outcome::Refused(index) => {
                let retry_at = self.limit_retry_at(&takes[index]).await?;
                Ok(LimitsOutcome::Refused { index, retry_at })
            }
        }
    }

    async fn limit_retry_at(&self, refused: &LimitTake) -> Result<Timestamp, StoreError> {
        let row = self.read_row(&LIMIT_FIND, params![&refused.key]).await?;
        let arrival = row.map(|row| Fields::of("limits", row).time("tat")).transpose()?;
        // The row may have been purged since; then it is free now.
        Ok(refused.take.decide(arrival).err().unwrap_or(refused.take.now))
    }

    /// Looks at up to `max` rows whose keys come after `cursor`, and deletes those that say nothing any more, because
    /// their time of arrival is not after `now`.
    pub async fn limits_purge(
        &self,
        now: Timestamp,
        cursor: &str,
        max: u32,
    ) -> Result<LimitsPurge, StoreError> {
        // Looked at outside of the writer, which has logins to commit.
        let rows = self.read_rows(&LIMIT_LIST, params![cursor, max]).await?;
        let mut purge = LimitsPurge::default();
        if rows.len() >= usize::try_from(max).unwrap_or(usize::MAX) {
            purge.cursor = rows.last().map(|row| last_key(row)).transpose()?;
        }
        let mut set = ChangeSet::<std::convert::Infallible>::new();
        for row in rows {
            let mut fields = Fields::of("limits", row);
            let key = fields.text("limit_key")?;
            if now.is_expired(fields.time("tat")?) {
                set = set.step(&LIMIT_DELETE_OLD, params![&key, now]);
                purge.deleted += 1;
            }
        }
        if purge.deleted > 0 {
            self.apply(set).await?;
        }
        Ok(purge)
    }
}

/// What a look at some limits came to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LimitsPurge {
    /// Rows that were deleted.
    pub deleted: usize,
    /// Where the next look begins; None at the end of the table.
    pub cursor: Option<String>,
}

fn last_key(row: &[Value]) -> Result<String, StoreError> {
    Fields::of("limits", row.to_vec()).text("limit_key")
}

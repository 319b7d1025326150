//! Going through a client's logins to find those of one end user.
//!
//! They lie in the order of their ids, and no index tells whose they are: each would be written to in every login. What asks
//! for one end user's is rare, and goes through all of the client's, some at a time and beside the writer.

use onlyauth_core::ids::{ActionId, ClientId};

use super::EndUserKey;
use crate::error::StoreError;
use crate::open::Store;
use crate::retention::behind;
use crate::statement::statements;
use crate::value::{Fields, Value, params};

statements! {
    SPAN_END_FIND = "SELECT action_id FROM actions WHERE client_id = ?1 AND action_id > ?2
        ORDER BY action_id LIMIT 1 OFFSET ?3";
}

/// How many logins are looked at together.
const LOOKS_AT: u32 = 2000;

/// Sorts behind every id.
const BEHIND_ALL: &str = "ACTN-~";

/// Logins of a client that lie together: behind the first id, up to and with the last, or the end.
#[derive(Debug, Clone, Copy)]
pub(super) struct LoginSpan {
    after: Option<ActionId>,
    last: Option<ActionId>,
}

impl LoginSpan {
    /// The client and the ends of the span, then the rest of the end user's key: `?1` to `?6`.
    pub(super) fn of(&self, end_user: &EndUserKey) -> Vec<Value> {
        let EndUserKey { client_id, app_id, mode, end_user_hash } = end_user;
        let mut params = self.of_client(*client_id);
        params.extend(params![*app_id, *mode, end_user_hash]);
        params
    }

    /// The client and the ends of the span: `?1` to `?3`.
    pub(super) fn of_client(&self, client_id: ClientId) -> Vec<Value> {
        let last = self.last.map_or_else(|| Value::from(BEHIND_ALL), Value::from);
        params![client_id, behind(self.after), last]
    }
}

impl Store {
    /// The span behind another one, or the first; None behind the last.
    pub(super) async fn login_span_find(
        &self,
        client_id: ClientId,
        before: Option<LoginSpan>,
    ) -> Result<Option<LoginSpan>, StoreError> {
        let after = match before {
            None => None,
            Some(LoginSpan { last: None, .. }) => return Ok(None),
            Some(LoginSpan { last, .. }) => last,
        };
        let params = params![client_id, behind(after), LOOKS_AT - 1];
        let row = self.read_row(&SPAN_END_FIND, params).await?;
        let last = row.map(|row| Fields::of("actions", row).id("action_id")).transpose()?;
        Ok(Some(LoginSpan { after, last }))
    }
}

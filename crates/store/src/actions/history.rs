//! All that is stored of one action: what core puts in order as its time line.

use onlyauth_core::challenge::Verdict;
use onlyauth_core::channel::{Channel, PassedBy};
use onlyauth_core::ids::{ActionId, ClientId};
use onlyauth_core::offer::Offer;
use onlyauth_core::time_line::{Asked, Attempt, Content, Facts, Fate, Message, Token, Use};

use super::list::{self, ActionSummary};
use crate::ceremonies;
use crate::challenges;
use crate::change_set::Step;
use crate::error::StoreError;
use crate::open::Store;
use crate::outbox::DeliveryStatus;
use crate::statement::statements;
use crate::value::{Fields, Row, params};

statements! {
    HISTORY_OFFER = "SELECT offered, trust FROM actions WHERE client_id = ?1 AND action_id = ?2";
    HISTORY_CHALLENGES = "SELECT challenge_id, channel, created_at, expires_at, consumed_at, attempts,
        max_attempts FROM challenges WHERE client_id = ?1 AND action_id = ?2 ORDER BY challenge_id";
    HISTORY_ATTEMPTS = "SELECT challenge_id, verdict, created_at FROM challenge_attempts
        WHERE client_id = ?1 AND action_id = ?2 ORDER BY challenge_id, fingerprint";
    HISTORY_MESSAGES = "SELECT m.challenge_id,
        (SELECT n.notice FROM notices n
          WHERE n.client_id = ?1 AND n.action_id = ?2 AND n.message_id = m.message_id),
        m.channel, m.created_at, m.sent_at, m.status, m.reason, m.settled_at
        FROM outbox m WHERE m.client_id = ?1 AND m.action_id = ?2 ORDER BY m.step";
    HISTORY_CEREMONIES = "SELECT kind, created_at, consumed_at FROM ceremonies
        WHERE client_id = ?1 AND action_id = ?2 ORDER BY ceremony_id";
    HISTORY_TOKEN = "SELECT passed_at, expires_at, consumed_at FROM success_tokens
        WHERE client_id = ?1 AND action_id = ?2";
}

/// An action, and all that happened in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActionHistory {
    /// The action.
    pub action: ActionSummary,
    /// What its time line is made of.
    pub facts: Facts,
}

impl Store {
    /// One action with its history; None where there is none, or not any more.
    pub async fn action_history(
        &self,
        client_id: ClientId,
        action_id: ActionId,
    ) -> Result<Option<ActionHistory>, StoreError> {
        let all = [
            list::FIND,
            &HISTORY_OFFER,
            &HISTORY_CHALLENGES,
            &HISTORY_ATTEMPTS,
            &HISTORY_MESSAGES,
            &HISTORY_CEREMONIES,
            &HISTORY_TOKEN,
        ];
        let steps = all.map(|statement| Step::any(statement, params![client_id, action_id]));
        let mut rows = self.read(steps.into()).await?;
        let (Some(found), Some(offer)) = (rows.row(0), rows.row(1)) else { return Ok(None) };
        let mut action = ActionSummary::read(found)?;
        let mut decided = Fields::of("actions", offer);
        let facts = Facts {
            status: action.status,
            started_at: action.created_at,
            expires_at: action.expires_at,
            ended_at: action.ended_at,
            offer: decided.parsed::<Offer>("offered")?,
            device: decided.optional_parsed("trust")?,
            challenges: read_all(rows.rows(2), used)?,
            attempts: read_all(rows.rows(3), attempt)?,
            messages: read_all(rows.rows(4), message)?.into_iter().flatten().collect(),
            ceremonies: read_all(rows.rows(5), asked)?,
            token: rows.row(6).map(token).transpose()?,
        };
        let proven =
            facts.challenges.iter().filter_map(|used| Some((used.consumed_at?, used.channel)));
        let mut proven: Vec<_> = proven.collect();
        proven.sort_by_key(|(consumed_at, _)| *consumed_at);
        action.channels.extend(proven.into_iter().map(|(_, channel)| PassedBy::Channel(channel)));
        Ok(Some(ActionHistory { action, facts }))
    }
}

fn read_all<T>(
    rows: Vec<Row>,
    read: impl Fn(Row) -> Result<T, StoreError>,
) -> Result<Vec<T>, StoreError> {
    rows.into_iter().map(read).collect()
}

fn used(row: Row) -> Result<Use, StoreError> {
    let mut fields = Fields::of("challenges", row);
    Ok(Use {
        challenge_id: fields.id("challenge_id")?,
        channel: fields.parsed::<Channel>("channel")?,
        created_at: fields.time("created_at")?,
        expires_at: fields.time("expires_at")?,
        consumed_at: fields.optional_time("consumed_at")?,
        used_up: fields.int("attempts")? >= fields.int("max_attempts")?,
    })
}

fn attempt(row: Row) -> Result<Attempt, StoreError> {
    let mut fields = Fields::of("challenge_attempts", row);
    let challenge_id = fields.id("challenge_id")?;
    let verdict: Verdict = challenges::verdict(&mut fields)?;
    Ok(Attempt { challenge_id, verdict, at: fields.time("created_at")? })
}

/// None for a notice that is not kept any more: what it told is gone with it.
fn message(row: Row) -> Result<Option<Message>, StoreError> {
    let mut fields = Fields::of("outbox", row);
    let challenge_id = fields.optional_parsed("challenge_id")?;
    let notice = fields.optional_parsed("notice")?;
    let Some(content) = challenge_id.map(Content::Code).or(notice.map(Content::Notice)) else {
        return Ok(None);
    };
    let (channel, queued_at) = (fields.parsed("channel")?, fields.time("created_at")?);
    let (sent_at, status) = (fields.optional_time("sent_at")?, DeliveryStatus::read(&mut fields)?);
    let reason = fields.optional_text("reason")?.unwrap_or_default();
    let settled_at = fields.optional_time("settled_at")?;
    let fate = match status {
        DeliveryStatus::Delivered => Some(Fate::Delivered),
        DeliveryStatus::Failed => Some(Fate::Failed(reason)),
        DeliveryStatus::Unknown => Some(Fate::Unknown(reason)),
        DeliveryStatus::Pending | DeliveryStatus::Sending | DeliveryStatus::Sent => None,
    };
    Ok(Some(Message { content, channel, queued_at, sent_at, settled: fate.zip(settled_at) }))
}

fn asked(row: Row) -> Result<Asked, StoreError> {
    let mut fields = Fields::of("ceremonies", row);
    let kind = ceremonies::kind(&mut fields)?;
    Ok(Asked {
        kind,
        at: fields.time("created_at")?,
        answered_at: fields.optional_time("consumed_at")?,
    })
}

fn token(row: Row) -> Result<Token, StoreError> {
    let mut fields = Fields::of("success_tokens", row);
    Ok(Token {
        issued_at: fields.time("passed_at")?,
        expires_at: fields.time("expires_at")?,
        redeemed_at: fields.optional_time("consumed_at")?,
    })
}

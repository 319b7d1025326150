//! The inbox of sandbox apps.

use axum::Json;
use axum::extract::{RawQuery, State};
use onlyauth_core::ids::{AppId, MessageId};
use onlyauth_core::personal;
use onlyauth_core::phone::PhoneNumber;
use onlyauth_store::SandboxMessage;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::api::auth::Backend;
use crate::error::{ApiError, ErrorBody};
use crate::form::Reader;
use crate::service::Service;

const DEFAULT_LIMIT: u32 = 20;
const MOST: u32 = 100;

/// What to list.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "describes the query; Reader reads it, to list every problem at once")]
pub struct ListMessages {
    /// The client that the secret belongs to.
    client_id: String,
    /// The app.
    app_id: String,
    /// Only messages to this number, E.164.
    end_user_phone_number: Option<String>,
    /// How many at most, 1 to 100.
    #[param(default = 20, minimum = 1, maximum = 100)]
    limit: Option<u32>,
}

/// Messages, newest first.
#[derive(Debug, Serialize, ToSchema)]
pub struct Messages {
    /// The messages.
    pub messages: Vec<Message>,
}

/// A message that a live app would have sent.
#[derive(Debug, Serialize, ToSchema)]
pub struct Message {
    /// Its id.
    #[schema(value_type = String, example = "MESG-01920000-0000-7000-8000-000000000000")]
    pub id: MessageId,
    /// How it would have been sent.
    #[schema(example = "sms")]
    pub channel: String,
    /// To whom, E.164.
    #[schema(example = "+14155552671")]
    pub end_user_phone_number: String,
    /// To whom, in the customer's words.
    pub end_user_uuid: String,
    /// The whole text.
    pub body: String,
    /// `code`, or `notice`: that the ways into their account changed.
    #[schema(example = "code")]
    pub kind: &'static str,
    /// The code in it; empty in a notice.
    #[schema(example = "012345")]
    pub code: String,
    /// When it arrived, Unix seconds.
    pub created_at: i64,
}

/// List messages of a sandbox app, newest first.
#[utoipa::path(
    get,
    path = "/sandbox/messages",
    operation_id = "getSandboxMessages",
    tag = "Sandbox",
    security(("bearer_auth" = [])),
    params(ListMessages),
    responses(
        (status = 200, description = "The messages", body = Messages),
        (status = 400, description = "Every problem of the input", body = ErrorBody),
        (status = 401, description = "No live secret, or another client's id", body = ErrorBody),
        (status = 404, description = "No such app of this client", body = ErrorBody),
    )
)]
pub async fn list(
    State(service): State<Service>,
    backend: Backend,
    RawQuery(query): RawQuery,
) -> Result<Json<Messages>, ApiError> {
    let now = service.clock.now();
    let known = ["client_id", "app_id", "end_user_phone_number", "limit"];
    let mut fields = Reader::query(query.as_deref(), &known)?;
    backend.read_own(&mut fields)?;
    let app_id = fields.required("app_id");
    let phone = fields.optional("end_user_phone_number").filter(|text| !text.is_empty());
    let phone = phone.and_then(|text| fields.keep(PhoneNumber::parse(&text)));
    let limit = read_limit(&mut fields);
    fields.finish()?;
    let app_id: AppId = app_id.and_then(|text| text.parse().ok()).ok_or(ApiError::NotFound)?;
    let app = service.tenants.app(backend.client_id, app_id, now).await?;
    app.ok_or(ApiError::NotFound)?;
    let ring = service.ring(now).await?;
    let phone_hash =
        phone.map(|phone| personal::phone_hash(&ring, backend.client_id, &phone)).transpose()?;
    let records = service
        .store
        .sandbox_message_list(backend.client_id, app_id, phone_hash.as_ref(), limit)
        .await?;
    let open = |record: SandboxMessage| {
        let subject = personal::open_subject(&ring, record.message_id, &record.sealed, now)?;
        Ok(Message {
            id: record.message_id,
            channel: record.channel.to_string(),
            end_user_phone_number: subject.phone,
            end_user_uuid: subject.end_user_uuid,
            body: record.body,
            kind: if record.code.is_empty() { "notice" } else { "code" },
            code: record.code,
            created_at: record.created_at.as_seconds(),
        })
    };
    Ok(Json(Messages { messages: records.into_iter().map(open).collect::<Result<_, ApiError>>()? }))
}

fn read_limit(fields: &mut Reader) -> u32 {
    let Some(text) = fields.optional("limit") else { return DEFAULT_LIMIT };
    let limit = text.parse().ok().filter(|limit| (1..=MOST).contains(limit));
    limit.unwrap_or_else(|| {
        fields.problem(format!("'limit' must be a number from 1 to {MOST}."));
        DEFAULT_LIMIT
    })
}

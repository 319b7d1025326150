//! Where providers tell what became of a message that they took.
//!
//! An address names provider, client and message, and nothing in it is secret: only what the provider has signed
//! for exactly this address counts (security.md rows 36 and 40).

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use onlyauth_core::ids::{ClientId, MessageId};
use onlyauth_delivery::{Callback, NoReceipt, Receipt};
use onlyauth_store::FinalReceipt;
use url::Url;

use crate::error::ApiError;
use crate::form::read_body;
use crate::service::Service;

/// The route.
pub const PATH: &str = "/receipts/{provider}/{client_id}/{message_id}";

/// The address of a message's receipts: below the configured base URL, whatever a request's Host header says.
pub fn url(service: &Service, provider: &str, client: ClientId, message: MessageId) -> Url {
    let mut url = service.config.server.base_url.url().clone();
    url.set_path(&format!("/receipts/{provider}/{client}/{message}"));
    url
}

/// Takes a receipt. What the provider has signed gets 204, whether or not it says anything new and whether or
/// not there is such a message.
pub async fn create(
    State(service): State<Service>,
    names: Result<Path<(String, String, String)>, PathRejection>,
    request: Request,
) -> Result<Response, ApiError> {
    let Path((provider, client, message)) = names.map_err(|_| ApiError::NotFound)?;
    let route = service.routes.named(&provider).ok_or(ApiError::NotFound)?;
    let client: ClientId = client.parse().map_err(|_| ApiError::NotFound)?;
    let message: MessageId = message.parse().map_err(|_| ApiError::NotFound)?;
    let (parts, body) = request.into_parts();
    let body = read_body(body, &service).await?;
    let now = service.clock.now();
    let receipt = route.receipt(&Callback {
        message_id: message,
        url: &url(&service, route.name(), client, message),
        headers: &parts.headers,
        body: &body,
        now,
    });
    let (told, status) = match receipt {
        Ok(Receipt::Delivered) => (Ok(FinalReceipt::Delivered), StatusCode::NO_CONTENT),
        Ok(Receipt::Failed(reason)) => {
            (Ok(FinalReceipt::Failed { reason: reason.into_owned() }), StatusCode::NO_CONTENT)
        }
        Ok(Receipt::Underway) => (Err("underway"), StatusCode::NO_CONTENT),
        Err(NoReceipt::Unsigned) => (Err("unsigned"), StatusCode::UNAUTHORIZED),
        Err(NoReceipt::Malformed) => (Err("malformed"), StatusCode::BAD_REQUEST),
    };
    let outcome = match told {
        Ok(told) if service.store.outbox_receipt(client, message, &told, now).await? => {
            settled(route.name(), message, &told)
        }
        Ok(_) => "repeated",
        Err(outcome) => outcome,
    };
    service.metrics.receipt(route.name(), outcome);
    // Anybody may post here, so that what changes nothing is no line in an ordinary log.
    tracing::debug!(message.id = %message, provider.name = route.name(), outcome, "receipt.done");
    Ok(status.into_response())
}

fn settled(provider: &str, message: MessageId, told: &FinalReceipt) -> &'static str {
    match told {
        FinalReceipt::Delivered => {
            tracing::info!(message.id = %message, provider.name = provider, "message.delivered");
            "delivered"
        }
        FinalReceipt::Failed { reason } => {
            tracing::warn!(
                message.id = %message,
                provider.name = provider,
                reason,
                "message.undelivered"
            );
            "failed"
        }
    }
}

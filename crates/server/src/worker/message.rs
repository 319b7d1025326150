//! Sending one message: claim it, write its text, hand it over, note what came of it.

use std::time::Duration;

use onlyauth_core::access_token::Subject;
use onlyauth_core::action::{Useless, may_leave};
use onlyauth_core::app::AppSettings;
use onlyauth_core::challenge::{Code, Issued};
use onlyauth_core::channel::Mode;
use onlyauth_core::ids::{ClientId, MessageId};
use onlyauth_core::keys::KeyRing;
use onlyauth_core::personal::{self, Hash};
use onlyauth_core::phone::PhoneNumber;
use onlyauth_core::sandbox::{LATE, SandboxBehaviour, sandbox_behaviour};
use onlyauth_core::time::Timestamp;
use onlyauth_delivery::{Outgoing, SendError, next_try};
use onlyauth_store::{
    ActionRecord, ChallengeRecord, ClaimedMessage, Content, MessageRecord, NoticeRecord,
    SandboxMessage, StoreError,
};
use tokio::sync::OwnedSemaphorePermit;

use super::lease;
use super::text::{self, Words};
use crate::api::receipts;
use crate::error::ApiError;
use crate::locale::Locale;
use crate::service::Service;

/// How long a message waits whose keys or settings could not be read.
const RETRY: Duration = Duration::from_secs(5);

/// Why a claimed message was not dealt with. After the hand-over it stays claimed, and counts as unknown once
/// its lease ends.
#[derive(Debug, thiserror::Error)]
pub(super) enum MessageError {
    #[error("{0}")]
    Store(#[from] StoreError),
    #[error("keys or settings could not be read: {0:?}")]
    Unreadable(ApiError),
    #[error("{0}")]
    Key(#[from] onlyauth_core::keys::KeyError),
}

/// Sends one message, unless another worker has it. `slot` is given back before a provider is called, so that
/// one that hangs holds up nothing else (security.md row 35).
pub(super) async fn send(
    service: &Service,
    slot: OwnedSemaphorePermit,
    client: ClientId,
    message: MessageId,
) -> Result<(), MessageError> {
    let now = service.clock.now();
    let ring = service.ring(now).await.map_err(MessageError::Unreadable)?;
    let Some(claimed) = service.store.outbox_claim(client, message, now, lease(now)).await? else {
        return Ok(());
    };
    let stayed = match prepare(service, &ring, &claimed, now).await {
        Ok(Err(reason)) => fail(service, &claimed, reason).await.map(Stayed::Done),
        Ok(Ok(ready)) if claimed.message.mode == Mode::Sandbox => {
            keep(service, &ring, &claimed, ready, now).await.map(Stayed::Done)
        }
        Ok(Ok(ready)) => Ok(Stayed::Leaves(Box::new(ready))),
        Err(error) => Err(error),
    };
    let outcome = match stayed {
        Err(error) => {
            // Certainly nothing left the building: the message gets another try instead of being abandoned. One
            // whose commit held after all is no longer in sending, and stays as it is.
            service.store.outbox_retry(client, message, now.plus(RETRY)).await?;
            return Err(error);
        }
        Ok(Stayed::Done(outcome)) => outcome,
        Ok(Stayed::Leaves(ready)) => {
            drop(slot);
            hand_over(service, &claimed, *ready).await?
        }
    };
    service.metrics.message(claimed.message.channel, outcome);
    tracing::info!(
        message.id = %message,
        action.id = %claimed.message.action_id,
        channel = %claimed.message.channel,
        outcome,
        "message.done"
    );
    Ok(())
}

/// What a message comes to inside the building.
enum Stayed {
    /// It is dealt with.
    Done(&'static str),
    /// It is for a provider.
    Leaves(Box<Ready>),
}

struct Ready {
    /// Whose it is, as the sandbox's inbox shows it.
    subject: Subject,
    /// Whose message it is.
    end_user_hash: Hash,
    phone: PhoneNumber,
    /// None: a notice.
    code: Option<Code>,
    body: String,
    /// What the body is in.
    locale: &'static Locale,
    /// From when on it is of no use.
    expires_at: Timestamp,
}

/// How long a notice is worth sending.
const NOTICE_LIFETIME: Duration = Duration::from_hours(24);

async fn prepare(
    service: &Service,
    ring: &KeyRing,
    claimed: &ClaimedMessage,
    now: Timestamp,
) -> Result<Result<Ready, &'static str>, MessageError> {
    let message = &claimed.message;
    let app = service
        .tenants
        .app(message.client_id, message.app_id, now)
        .await
        .map_err(MessageError::Unreadable)?;
    let usable = |settings: &AppSettings| settings.is_enabled() && settings.mode() == message.mode;
    let Some(app) = app.filter(|app| usable(&app.settings)) else {
        return Ok(Err("app_gone"));
    };
    match &claimed.content {
        Content::Code { action, challenge } => {
            code(service, ring, &app.settings, (message, action, challenge), now)
        }
        Content::Notice(notice) => tell(ring, &app.settings, message, notice, now),
    }
}

fn code(
    service: &Service,
    ring: &KeyRing,
    app: &AppSettings,
    (message, action, challenge): (&MessageRecord, &ActionRecord, &ChallengeRecord),
    now: Timestamp,
) -> Result<Result<Ready, &'static str>, MessageError> {
    if let Err(useless) = may_leave(&action.into(), &challenge.into(), message.step, now) {
        return Ok(Err(match useless {
            Useless::ActionOver => "login_over",
            Useless::Superseded => "superseded",
            Useless::CodeOver => "code_over",
        }));
    }
    let subject = personal::open_subject(ring, action.action_id, &action.sealed, now)?;
    let Ok(phone) = PhoneNumber::parse(&subject.phone) else { return Ok(Err("phone_refused")) };
    let Some(origin) = &challenge.code else { return Ok(Err("no_code")) };
    let issued = Issued {
        challenge_id: challenge.challenge_id,
        seed: &origin.seed,
        key_id: origin.key_id,
        digits: challenge.digits,
    };
    let code = Code::expected(ring, &issued, action.mode, &phone, now)?;
    let locale = Locale::named(&action.language);
    let widget_host = &service.config.base_url_of(&action.region).host();
    let words = Words { locale, app, code: &code, widget_host };
    let body = words.of(message.channel);
    let expires_at = challenge.expires_at;
    let end_user_hash = action.end_user_hash;
    let code = Some(code);
    Ok(Ok(Ready { subject, end_user_hash, phone, code, body, locale, expires_at }))
}

fn tell(
    ring: &KeyRing,
    app: &AppSettings,
    message: &MessageRecord,
    notice: &NoticeRecord,
    now: Timestamp,
) -> Result<Result<Ready, &'static str>, MessageError> {
    let expires_at = message.created_at.plus(NOTICE_LIFETIME);
    if now.is_expired(expires_at) {
        return Ok(Err("notice_over"));
    }
    let subject = personal::open_subject(ring, message.message_id, &notice.sealed, now)?;
    let Ok(phone) = PhoneNumber::parse(&subject.phone) else { return Ok(Err("phone_refused")) };
    let locale = Locale::named(&notice.language);
    let body = text::notice(locale, app, notice.notice);
    let end_user_hash = notice.end_user_hash;
    Ok(Ok(Ready { subject, end_user_hash, phone, code: None, body, locale, expires_at }))
}

/// Sandbox: the message stays in the building, unless its number plays one that fails, stays silent or is late.
async fn keep(
    service: &Service,
    ring: &KeyRing,
    claimed: &ClaimedMessage,
    ready: Ready,
    now: Timestamp,
) -> Result<&'static str, MessageError> {
    let message = &claimed.message;
    match sandbox_behaviour(&ready.phone) {
        SandboxBehaviour::DeliveryFails => {
            return fail(service, claimed, "sandbox_number_fails").await;
        }
        SandboxBehaviour::NeverArrives => {
            service.store.outbox_sent(message.client_id, message.message_id, now).await?;
            return Ok("sent");
        }
        SandboxBehaviour::ArrivesLate => {
            let arrives_at = message.created_at.plus(LATE);
            if !now.is_expired(arrives_at) {
                let (client, id) = (message.client_id, message.message_id);
                service.store.outbox_retry(client, id, arrives_at).await?;
                return Ok("retried");
            }
        }
        SandboxBehaviour::Ordinary | SandboxBehaviour::FixedCode => {}
    }
    let nonce = service.entropy.bytes();
    let sealed = personal::seal_subject(ring, message.message_id, &ready.subject, now, nonce)?;
    let kept = SandboxMessage {
        client_id: message.client_id,
        app_id: message.app_id,
        message_id: message.message_id,
        channel: message.channel,
        phone_hash: personal::phone_hash(ring, message.client_id, &ready.phone)?,
        end_user_hash: ready.end_user_hash,
        sealed,
        body: ready.body,
        code: ready.code.map(|code| code.reveal().to_owned()).unwrap_or_default(),
        created_at: now,
    };
    service.store.sandbox_message_deliver(&kept).await?;
    Ok("sent")
}

async fn hand_over(
    service: &Service,
    claimed: &ClaimedMessage,
    ready: Ready,
) -> Result<&'static str, MessageError> {
    let message = &claimed.message;
    let (client, id) = (message.client_id, message.message_id);
    let Some(route) = service.routes.of(message.channel) else {
        return fail(service, claimed, "no_provider").await;
    };
    let outgoing = Outgoing {
        message_id: id,
        channel: message.channel,
        phone: ready.phone,
        body: ready.body,
        language: ready.locale.tag().to_owned(),
        receipt_url: receipts::url(service, route.name(), client, id),
        now: service.clock.now(),
        expires_at: ready.expires_at,
    };
    let sent = route.send(outgoing).await;
    let now = service.clock.now();
    match sent {
        Ok(accepted) => {
            let provider_id = accepted.provider_message_id.as_deref().unwrap_or_default();
            tracing::info!(
                message.id = %id,
                provider.name = route.name(),
                provider.message_id = provider_id,
                "message.accepted"
            );
            service.store.outbox_sent(client, id, now).await?;
            Ok("sent")
        }
        Err(SendError::Refused(reason)) => fail(service, claimed, &reason).await,
        Err(SendError::NotNow { reason, retry_after }) => {
            let Some(next) = next_try(message.tries, retry_after, now, message.created_at) else {
                return fail(service, claimed, &reason).await;
            };
            tracing::warn!(
                message.id = %id,
                provider.name = route.name(),
                reason = &*reason,
                tries = message.tries,
                "message.not_now"
            );
            service.store.outbox_retry(client, id, next).await?;
            Ok("retried")
        }
        // Never sent again by itself: one message too few can be asked for again (security.md row 34).
        Err(SendError::Unknown(reason)) => {
            tracing::warn!(
                message.id = %id,
                provider.name = route.name(),
                reason = &*reason,
                "message.outcome_unknown"
            );
            service.store.outbox_unknown(client, id, &reason, now).await?;
            Ok("unknown")
        }
    }
}

async fn fail(
    service: &Service,
    claimed: &ClaimedMessage,
    reason: &str,
) -> Result<&'static str, MessageError> {
    let message = &claimed.message;
    tracing::warn!(message.id = %message.message_id, reason, "message.failed");
    let now = service.clock.now();
    service.store.outbox_failed(message.client_id, message.message_id, reason, now).await?;
    Ok("failed")
}

//! Starting an action and sending a code: limits first, then challenge and message in one commit; the worker
//! sends afterwards.

use onlyauth_core::action::{Command, Outcome};
use onlyauth_core::channel::Channel;
use onlyauth_core::ids::{ChallengeId, MessageId};
use onlyauth_core::keys::Purpose;
use onlyauth_core::personal;
use onlyauth_store::{NewAction, NewChallenge, Send, SendChallenge, SendOutcome};

use super::Fields;
use super::limits;
use super::page::Page;
use super::screen::Notice;
use super::standing::Login;
use super::visit::{Denied, Visit};
use crate::client_address::ClientAddress;

/// Sends a code, or shows why not.
pub(super) async fn send(
    visit: &Visit,
    fields: &Fields,
    address: &ClientAddress,
) -> Result<Page, Denied> {
    // Row 34: whoever comes second sees the step taken and takes neither limit nor message.
    let _turn = visit.service.action_locks.hold(visit.action_id()).await;
    let login = Login::find(visit).await?;
    if !visit.app.settings.channels().contains(&Channel::Sms) {
        return Ok(Page::no_channel(visit));
    }
    let seen_sends = fields.sends.unwrap_or(0);
    let starts = login.record.is_none();
    let outcome = login.decide(Command::Send { seen_sends }, visit);
    if !matches!(outcome, Outcome::SendNew | Outcome::SendSame) {
        let early = login.record.is_some() && seen_sends == login.sends();
        return Ok(login.page_with(visit, early.then_some(Notice::TooSoon)));
    }
    if let Err(limited) = limits::take(visit, starts, address).await? {
        visit.service.metrics.login(Channel::Sms, "limited");
        return Ok(Page::limited(visit, &limited));
    }
    if starts {
        start(visit).await?;
    }
    let login = Login::find(visit).await?;
    // The end user may have been locked by an earlier action; then nothing is sent.
    let outcome = login.decide(Command::Send { seen_sends }, visit);
    let Some(challenge) = challenge(visit, &login, outcome)? else {
        return Ok(login.page(visit));
    };
    let message_id = MessageId::new(visit.now, visit.service.entropy.bytes());
    let sent = commit(visit, seen_sends, challenge, message_id).await?;
    if sent == SendOutcome::Committed {
        visit.service.metrics.login(Channel::Sms, "sent");
        visit.log("login.code_queued");
        visit.service.bell.ring(visit.grant().client_id, message_id);
    }
    Ok(Login::find(visit).await?.page(visit))
}

async fn start(visit: &Visit) -> Result<(), Denied> {
    let service = &visit.service;
    let grant = visit.grant();
    let phone_hash = visit.phone_hash()?;
    let known = service.store.end_user_find(&visit.end_user).await?;
    let nonce = service.entropy.bytes();
    let sealed =
        personal::seal_subject(&visit.ring, grant.action_id, &grant.subject, visit.now, nonce)?;
    let action = NewAction {
        action_id: grant.action_id,
        end_user: visit.end_user,
        phone_hash,
        sealed,
        language: grant.language.clone(),
        region: grant.region.clone(),
        phone_changed: known.is_some_and(|known| known.phone_hash != phone_hash),
        country: visit.phone.country().to_owned(),
        created_at: visit.now,
        expires_at: visit.now.plus(service.config.tokens.action_lifetime),
    };
    // False: another instance started it meanwhile. It is the same action.
    if service.store.action_create(&action).await? {
        service.metrics.login(Channel::Sms, "started");
        visit.log("login.started");
    }
    Ok(())
}

fn challenge(
    visit: &Visit,
    login: &Login,
    outcome: Outcome,
) -> Result<Option<SendChallenge>, Denied> {
    let service = &visit.service;
    Ok(match outcome {
        Outcome::SendSame => {
            let newest = login.record.as_ref().and_then(|login| login.challenge.as_ref());
            newest.map(|challenge| SendChallenge::Keep(challenge.challenge_id))
        }
        Outcome::SendNew => {
            let codes = &service.policy.codes;
            Some(SendChallenge::New(NewChallenge {
                challenge_id: ChallengeId::new(visit.now, service.entropy.bytes()),
                seed: service.entropy.bytes(),
                code_key_id: visit.ring.at(Purpose::Code, visit.now)?.id(),
                digits: codes.digits,
                max_attempts: codes.checks,
                expires_at: visit.now.plus(codes.lifetime),
            }))
        }
        _ => None,
    })
}

async fn commit(
    visit: &Visit,
    seen_sends: u32,
    challenge: SendChallenge,
    message_id: MessageId,
) -> Result<SendOutcome, Denied> {
    let send = Send {
        action_id: visit.action_id(),
        end_user: visit.end_user,
        channel: Channel::Sms,
        seen_sends,
        challenge,
        message_id,
        next_try_at: visit.now,
        now: visit.now,
    };
    Ok(visit.service.store.challenge_send(&send).await?)
}

//! Starting an action and sending a code: limits first, then action, challenge and message in one commit; the worker
//! sends afterwards. What was decided on is what the commit's guards ask for again, so nothing is read in between.

use std::time::Duration;

use onlyauth_core::action::{Command, Outcome};
use onlyauth_core::channel::{Channel, PassedBy};
use onlyauth_core::ids::{ChallengeId, MessageId};
use onlyauth_core::keys::Purpose;
use onlyauth_core::personal;
use onlyauth_store::{NewAction, NewChallenge, Send, SendChallenge, SendOutcome};

use super::Fields;
use super::limits;
use super::page::Page;
use super::passkey;
use super::prove;
use super::screen::Notice;
use super::standing::Login;
use super::trust;
use super::view;
use super::visit::{Denied, Visit};
use crate::client_address::ClientAddress;
use crate::error::ApiError;

/// Sends a code, or shows why not.
pub(super) async fn send(
    visit: &Visit,
    fields: &Fields,
    address: &ClientAddress,
) -> Result<Page, Denied> {
    // Row 34: whoever comes second sees the step taken and takes neither limit nor message.
    let _turn = visit.service.action_locks.hold(visit.action_id()).await;
    let login = Login::find(visit).await?;
    let Some(channel) = fields.channel.or_else(|| login.first_offered()) else {
        return Ok(login.page(visit));
    };
    // No page of ours asks for it yet.
    if login.keeps_back(visit, fields.turned_down.as_deref(), channel) {
        return Ok(login.choose(visit, false));
    }
    let seen_sends = fields.sends.unwrap_or(0);
    let command = Command::Send { channel, seen_sends };
    let starts = login.record.action.is_none();
    let outcome = login.decide(command, visit);
    if outcome == Outcome::Begin {
        if let Some(why_not) = prove::begin(visit, &login, channel, address).await? {
            return Ok(why_not);
        }
        let asked = channel != Channel::Webauthn || passkey::ask(visit).await?;
        let notice = (!asked).then_some(Notice::NoPasskey);
        return Ok(Login::find(visit).await?.page_with(visit, notice));
    }
    if !matches!(outcome, Outcome::SendNew | Outcome::SendSame) {
        let early = outcome == Outcome::Wait;
        return Ok(login.page_with(visit, early.then_some(Notice::TooSoon)));
    }
    if let Err(limited) = limits::take(visit, starts, address).await? {
        return Ok(limited_page(visit, channel, &limited));
    }
    let Some(challenge) = challenge(visit, &login, outcome)? else {
        return Ok(login.page(visit));
    };
    let message_id = MessageId::new(visit.now, visit.service.entropy.bytes());
    let send = Send {
        action_id: visit.action_id(),
        end_user: visit.end_user,
        channel,
        seen_sends,
        challenge,
        message_id,
        next_try_at: visit.now,
        now: visit.now,
        start: if starts { Some(new_action(visit, &login)?) } else { None },
    };
    if visit.service.store.challenge_send(&send).await? == SendOutcome::Committed {
        if starts {
            visit.service.metrics.login(channel, "started");
            visit.log(Some(channel), "login.started");
        }
        visit.service.metrics.login(channel, "sent");
        visit.log(Some(channel), "login.code_queued");
        visit.service.bell.ring(visit.grant().client_id, message_id);
        return Ok(login.after(visit, &send).await?.page(visit));
    }
    Ok(Login::find(visit).await?.page(visit))
}

/// A limit was met.
pub(super) fn limited_page(visit: &Visit, by: impl Into<PassedBy>, limited: &ApiError) -> Page {
    visit.service.metrics.login(by, "limited");
    let wait = Duration::from_secs(limited.retry_after().unwrap_or(1));
    view::limited(&visit.place, wait)
}

/// The action that the access token lets start.
pub(super) fn new_action(visit: &Visit, login: &Login) -> Result<NewAction, Denied> {
    let service = &visit.service;
    let grant = visit.grant();
    let nonce = service.entropy.bytes();
    let sealed =
        personal::seal_subject(&visit.ring, grant.action_id, &grant.subject, visit.now, nonce)?;
    Ok(NewAction {
        action_id: grant.action_id,
        purpose: grant.audience.purpose(),
        end_user: visit.end_user,
        phone_hash: visit.phone_hash,
        sealed,
        language: grant.language.clone(),
        region: grant.region.clone(),
        phone_changed: login.phone_changed(),
        country: visit.phone.country().to_owned(),
        created_at: visit.now,
        expires_at: visit.now.plus(service.config.tokens.action_lifetime),
        offered: login.offer.clone(),
        trust: trust::record(visit, login),
    })
}

fn challenge(
    visit: &Visit,
    login: &Login,
    outcome: Outcome,
) -> Result<Option<SendChallenge>, Denied> {
    let service = &visit.service;
    Ok(match outcome {
        Outcome::SendSame => {
            let newest = login.record.challenge.as_ref();
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

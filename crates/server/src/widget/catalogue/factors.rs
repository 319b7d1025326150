//! Samples of the pages on which end users look after their factors.

use onlyauth_core::channel::Channel;
use onlyauth_core::ids::{ActionId, DeviceId, FactorId};
use onlyauth_core::phone::PhoneNumber;
use onlyauth_core::sandbox::FIXED_CODE_NUMBER;
use onlyauth_core::success_token::SuccessToken;
use onlyauth_store::FactorRecord;

use super::NOW;
use crate::widget::manage::{Entry, FactorsView, OneView, Removal};
use crate::widget::page::Page;
use crate::widget::place::Place;
use crate::widget::shell::Facts;
use crate::widget::state::State;
use crate::widget::words::Words;

/// What an end user has who has some of everything.
pub(super) fn factors(place: &Place) -> Result<Page, NotAToken> {
    let words = &place.words;
    let device = |mark, here: &str| Entry {
        id: DeviceId::new(NOW, [mark; 10]).to_string(),
        title: words.say(here),
        plain: words.say(here).to_string(),
        hints: vec![words.with_date("device-trusted", NOW)],
    };
    let view = FactorsView {
        place,
        facts: Facts { ends_in: Some(832), ..Facts::default() },
        token: &sample_token()?,
        phone: PhoneNumber::parse(FIXED_CODE_NUMBER).ok().map(|phone| phone.masked()),
        factors: vec![
            entry(words, Channel::Totp, None),
            entry(words, Channel::Webauthn, Some("Work key")),
        ],
        codes: 8,
        devices: vec![device(1, "device-here"), device(2, "device-other")],
        adds: vec![Channel::Webauthn, Channel::Totp, Channel::BackupCode],
        may_change: true,
        said: Some("factor-saved"),
        home: "#",
    };
    Ok(view.page())
}

/// One factor or device.
pub(super) fn one(state: State, place: &Place) -> Result<Page, NotAToken> {
    let words = &place.words;
    let remove = |text, label| Removal {
        step: "remove_factor",
        field: "factor",
        text: words.say(text),
        label: Some(words.say(label)),
    };
    let (name, removal) = match state {
        State::Device => (None, remove("device-forget-text", "device-forget")),
        State::FactorLast => {
            (Some(""), Removal { label: None, ..remove("factor-last-text", "factor-remove") })
        }
        _ => (Some("Work key"), remove("factor-remove-text", "factor-remove")),
    };
    let entry = match state {
        State::Device => Entry {
            title: words.say("device-here"),
            plain: words.say("device-here").to_string(),
            ..entry(words, Channel::Totp, None)
        },
        _ => entry(words, Channel::Webauthn, None),
    };
    let view = OneView {
        place,
        state,
        facts: Facts { ends_in: Some(832), ..Facts::default() },
        token: &sample_token()?,
        entry,
        name: name.map(str::to_owned),
        removal: Some(removal),
    };
    Ok(view.page())
}

fn entry(words: &Words, channel: Channel, name: Option<&str>) -> Entry {
    let factor = FactorRecord {
        factor_id: FactorId::new(NOW, [0; 10]),
        channel,
        lookup_hash: [0; 32],
        sealed: Vec::new(),
        position: 0,
        created_at: NOW,
        last_used_at: Some(NOW),
        sealed_name: None,
    };
    Entry::factor(words, &factor, name)
}

/// A sample that is no token.
pub(super) struct NotAToken;

fn sample_token() -> Result<SuccessToken, NotAToken> {
    let id = ActionId::new(NOW, [0; 10]).to_string();
    let text = format!("{}-{}", id.replace("ACTN", "TOKN"), "A".repeat(43));
    SuccessToken::parse(&text).ok_or(NotAToken)
}

//! The catalogue of states, for people who work on the widget and for the checks that walk over every state. The
//! pages are the real ones, with sample data. There in `demo` only, never in `serve`.

mod factors;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use askama::Template;
use axum::Router;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, RawQuery};
use axum::http::{HeaderValue, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use data_encoding::BASE64URL_NOPAD;
use onlyauth_core::action::{Resend, Standing};
use onlyauth_core::app::{AppSettings, Theme};
use onlyauth_core::channel::Channel;
use onlyauth_core::choice::NoChannel;
use onlyauth_core::factor::webauthn::Ceremony;
use onlyauth_core::ids::{AppId, ClientId};
use onlyauth_core::phone::PhoneNumber;
use onlyauth_core::sandbox::FIXED_CODE_NUMBER;
use onlyauth_core::time::Timestamp;
use onlyauth_store::AppRecord;

use super::assets;
use super::enrol::{CodesView, Enrolled, EnrolledView, FewCodes, SetupView};
use super::manage::{LinkUsed, LinkView};
use super::page::Page;
use super::passkey::{Asked, PasskeyView, Purpose};
use super::place::{Masked, Place, SchemeWish};
use super::screen::{Check, Notice};
use super::shell::{Facts, Step, Steps};
use super::state::State;
use super::ticks::Ticked;
use super::view::{self, Delivery, LoginView};
use super::visit::{self, Ended};
use super::words::Words;
use crate::error::ApiError;
use crate::form;
use crate::locale::Locale;
use crate::service::Service;
use crate::tenants::App;

/// The catalogue's routes. A form of a sample leads to the sample again.
pub(super) fn router() -> Router<Service> {
    Router::new()
        .route("/dev/widget-states", get(list))
        .route("/dev/widget-states/{state}", get(show).post(show))
}

#[derive(Template)]
#[template(path = "dev/states.html")]
struct List {
    style: String,
}

#[derive(Template)]
#[template(path = "dev/frame_blocked.html")]
struct FrameBlocked {
    style: String,
    language: &'static str,
    direction: &'static str,
    title: String,
    token: String,
    app_id: String,
}

async fn list() -> Response {
    own_page(&List { style: assets::stylesheet(&Theme::default()) })
}

async fn show(name: Result<Path<String>, PathRejection>, RawQuery(query): RawQuery) -> Response {
    let state = name.ok().and_then(|Path(name)| State::named(&name));
    let Some(state) = state else { return ApiError::NotFound.into_response() };
    let query = query.unwrap_or_default();
    let fields: BTreeMap<_, _> =
        form::known(&query, &["language"]).unwrap_or_default().into_iter().collect();
    let language = fields.get("language").map_or("en", String::as_str);
    let place = place(state, Locale::named(language), &query);
    if state == State::FrameBlocked {
        return frame_blocked(&place, language);
    }
    sample(state, &place).into_response()
}

/// The element of a page whose frame is refused: nobody may frame what a bad token leads to.
fn frame_blocked(place: &Place, language: &str) -> Response {
    let claims = serde_json::json!({ "language": language });
    own_page(&FrameBlocked {
        style: assets::stylesheet(&Theme::default()),
        language: place.words.language(),
        direction: place.words.direction(),
        title: place.words.say("choose-title").to_string(),
        token: format!("sample.{}.sample", BASE64URL_NOPAD.encode(claims.to_string().as_bytes())),
        app_id: place.app.record.app_id.to_string(),
    })
}

fn own_page(page: &impl Template) -> Response {
    let Ok(html) = page.render() else { return ApiError::Internal.into_response() };
    let policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; frame-src 'self'";
    let headers = [(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy))];
    (headers, Html(html)).into_response()
}

/// 2026-01-01T12:00:00Z, for all that samples tell about time.
const NOW: Timestamp = Timestamp::from_millis(1_767_268_800_000);

/// As long as the token of an end user with a long id and a long way home, so that samples weigh what pages weigh.
const TOKEN_LENGTH: usize = 900;

fn after(seconds: u64) -> Timestamp {
    NOW.plus(Duration::from_secs(seconds))
}

fn place(state: State, locale: &'static Locale, query: &str) -> Place {
    let settings = AppSettings {
        friendly_name: "Corner Shop".to_owned(),
        app_domain: "shop.example".to_owned(),
        ..AppSettings::default()
    };
    let record = AppRecord {
        client_id: ClientId::new(NOW, [0; 10]),
        app_id: AppId::new(NOW, [0; 10]),
        settings: String::new(),
        revision: 1,
        created_at: NOW,
        updated_at: NOW,
    };
    let by_script = matches!(
        state,
        State::Offline
            | State::UnsupportedBrowser
            | State::PasskeyNone
            | State::PasskeyCancelled
            | State::PasskeyBlocked
            | State::PasskeyKnown
            | State::TrustedDevice
    );
    let query = form::known(query, &["language", "theme"]).unwrap_or_default();
    let query = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(&query).finish();
    Place {
        words: Words::new(locale, settings.display_name()),
        scheme: SchemeWish::read(&query),
        app: Arc::new(App { record, settings }),
        token: Masked::new("sample".repeat(TOKEN_LENGTH / "sample".len())),
        action: format!("/dev/widget-states/{}?{query}", state.as_str()),
        ticked: Ticked::default(),
        sample: Some(state).filter(|_| by_script),
    }
}

/// The page of a state. The match has every state: a new one can't be forgotten here.
fn sample(state: State, place: &Place) -> Page {
    let enter =
        |resend| login(place, Standing::Enter { tries_left: 3, expires_at: after(290), resend });
    let waiting = || enter(Resend::At(after(29)));
    let with_notice = |notice| LoginView { notice: Some(notice), ..waiting() };
    let totp = |notice| {
        let standing = Standing::Prove { channel: Channel::Totp, tries_left: 3 };
        let view = login(place, standing);
        let offers_trust = Some(30);
        LoginView { notice, channel: Channel::Totp, sends: 0, offers_trust, ..view }.page()
    };
    let backup_code = |notice| {
        let standing = Standing::Prove { channel: Channel::BackupCode, tries_left: 3 };
        let (channel, offer) = (Channel::BackupCode, Some(Channel::Totp));
        LoginView { channel, notice, offer, ..login(place, standing) }.page()
    };
    let standing = |standing| login(place, standing);
    let login = |standing| login(place, standing).page();
    let ways = vec![Channel::Totp, Channel::Webauthn];
    match state {
        State::Choose | State::UnsupportedBrowser | State::FrameBlocked => login(Standing::Choose),
        State::SecondStep => {
            LoginView { steps: second_step(), ways, ..standing(Standing::Choose) }.page()
        }
        State::Sending => LoginView { delivery: Delivery::OnItsWay, ..waiting() }.page(),
        State::TrustedDevice => view::trusted_device(place),
        State::CodeSent => {
            let (offer, offers_trust) = (Some(Channel::Webauthn), Some(30));
            LoginView { offer, offers_trust, ..waiting() }.page()
        }
        State::Offline => waiting().page(),
        State::VoiceRinging => LoginView { channel: Channel::Voice, ..waiting() }.page(),
        State::DeliveryFailed => LoginView { delivery: Delivery::Failed, ..waiting() }.page(),
        State::WrongCode => with_notice(Notice::Wrong).page(),
        State::MalformedCode => with_notice(Notice::Malformed).page(),
        State::BackupCode => backup_code(None),
        State::BackupCodeWrong => backup_code(Some(Notice::Wrong)),
        State::BackupCodeMalformed => backup_code(Some(Notice::Malformed)),
        State::BackupCodeUsed => backup_code(Some(Notice::Used)),
        State::Totp => totp(None),
        State::TotpWrong => totp(Some(Notice::Wrong)),
        State::TotpMalformed => totp(Some(Notice::Malformed)),
        State::TotpUsed => totp(Some(Notice::Used)),
        State::TotpClockOff => totp(Some(Notice::ClockOff)),
        State::ResendWait => with_notice(Notice::TooSoon).page(),
        State::ResendsUsedUp => LoginView { ways: Vec::new(), ..enter(Resend::UsedUp) }.page(),
        State::CodeExpired => login(Standing::CodeExpired(Resend::Now)),
        State::TriesUsedUp => login(Standing::TriesUsedUp(Resend::At(after(29)))),
        State::Passkey | State::PasskeyNone | State::PasskeyCancelled | State::PasskeyBlocked => {
            passkey(place, Purpose::Use, None)
        }
        State::PasskeyWrong => passkey(place, Purpose::Use, Some(Notice::PasskeyWrong)),
        State::PasskeyCopied => passkey(place, Purpose::Use, Some(Notice::PasskeyCopied)),
        State::PasskeyCreate | State::PasskeyKnown => passkey(place, creating(), None),
        State::SetUp => {
            let enrols = vec![Channel::Webauthn, Channel::Totp];
            let ways = Vec::new();
            LoginView { enrols, ways, steps: second_step(), ..standing(Standing::Choose) }.set_up()
        }
        State::PasskeyFirst => passkey(place, Purpose::OnlyProof { or_totp: false }, None),
        State::PasskeySecond => passkey(place, Purpose::SecondProof { or_totp: true }, None),
        State::PasskeyNotCreated => passkey(place, creating(), Some(Notice::PasskeyNotCreated)),
        State::PasskeyCreated => enrolled(place, Enrolled::Passkey, false),
        State::TotpSetup => setup(place, None),
        State::TotpSetupWrong => setup(place, Some(Notice::Wrong)),
        State::TotpEnrolled => enrolled(place, Enrolled::Totp, true),
        State::BackupCodes => {
            let codes = (0..10).map(|number| format!("SAMPL-ECOD{number}")).collect();
            CodesView { place, codes, token: "TOKN-sample".to_owned() }.page()
        }
        State::BackupCodesFew => FewCodes::page(place, 2, "TOKN-sample".to_owned())
            .unwrap_or_else(|| Page::resume(visit::PAGE)),
        State::FactorLink => LinkView::page(place, "sample".to_owned()),
        State::FactorLinkUsed => LinkUsed::page(place),
        State::Factors => factors::factors(place).unwrap_or_else(|_| Page::resume(visit::PAGE)),
        State::Factor | State::FactorLast | State::FactorNameWrong | State::Device => {
            factors::one(state, place).unwrap_or_else(|_| Page::resume(visit::PAGE))
        }
        State::PasskeyWindow => {
            view::passkey_window(place.words.locale(), place.scheme, Ceremony::Get)
        }
        State::AboutToExpire => LoginView { ends_at: Some(after(45)), ..waiting() }.page(),
        State::Limited => view::limited(place, Duration::from_mins(12)),
        State::Locked => login(Standing::Locked(Some(after(900)))),
        State::LockedUntilReset => login(Standing::Locked(None)),
        State::Expired => login(Standing::Expired),
        State::Passed => {
            // A way home that leaves the page where it is.
            Page::way_home(place, "#".to_owned(), "TOKN-sample".to_owned())
        }
        State::AlreadyDone => login(Standing::Passed),
        State::Cancelled => login(Standing::Cancelled),
        State::NoChannelAllowed => view::no_channel(place, NoChannel::NoneAllowed),
        State::NoChannelEnrolled => view::no_channel(place, NoChannel::NoneEnrolled),
        State::OneKindOnly => view::no_channel(place, NoChannel::OneKindOnly),
        State::ProviderDown => view::no_channel(place, NoChannel::NothingCarries),
        State::BadToken => Page::bad_token("token_invalid"),
        State::TokenExpired => Page::ended(place, Ended::TokenExpired),
        State::AppDisabled => Page::ended(place, Ended::AppDisabled),
        State::ModeChanged => Page::ended(place, Ended::ModeChanged),
        State::RedirectRefused => Page::ended(place, Ended::RedirectRefused),
        State::PhoneRefused => Page::ended(place, Ended::PhoneRefused),
        State::Fault => Page::fault(&ApiError::Internal, Some(place), None),
        State::Resume => Page::resume(visit::PAGE),
    }
}

fn second_step() -> Steps {
    Steps { at: Some(Step::Second), first: Some(Masked::new("sample".repeat(7))) }
}

fn creating() -> Purpose {
    Purpose::Create { proof: Masked::new("sample"), or_totp: true }
}

fn setup(place: &Place, notice: Option<Notice>) -> Page {
    let key = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ".to_owned();
    let address = format!("otpauth://totp/Corner%20Shop:sample?secret={key}&issuer=Corner%20Shop");
    let view = SetupView {
        place,
        key,
        address,
        digits: 6,
        token: Some("TOKN-sample".to_owned()),
        notice,
        facts: Facts::default(),
        sends: 0,
        steps: Steps::default(),
        others: false,
    };
    view.page()
}

fn enrolled(place: &Place, what: Enrolled, offers_codes: bool) -> Page {
    let (target, token) = (Some("#".to_owned()), "TOKN-sample".to_owned());
    EnrolledView { place, what, target, token, offers_codes }.page()
}

fn passkey(place: &Place, purpose: Purpose, notice: Option<Notice>) -> Page {
    let second = matches!(purpose, Purpose::SecondProof { .. });
    let view = PasskeyView {
        place,
        facts: Facts { ends_in: Some(832), ..Facts::default() },
        sends: 0,
        others: !second,
        steps: if second { second_step() } else { Steps::default() },
        purpose,
        // Nothing that a browser could answer; as long as what asks for one of two passkeys.
        asked: Some(Asked {
            ceremony: "sample".to_owned(),
            options: format!("{{\"sample\":\"{}\"}}", "sample".repeat(60)),
        }),
        attempt: "sample".to_owned(),
        notice,
        offers_trust: None,
    };
    view.page()
}

fn login(place: &Place, standing: Standing) -> LoginView<'_> {
    let begun = standing != Standing::Choose;
    LoginView {
        place,
        now: NOW,
        standing,
        sends: u32::from(begun),
        check: Check { challenge: "sample".to_owned(), attempt: "sample".to_owned() },
        masked: PhoneNumber::parse(FIXED_CODE_NUMBER)
            .map_or_else(|_| String::new(), |phone| phone.masked()),
        digits: 6,
        channel: Channel::Sms,
        ways: vec![
            Channel::Sms,
            Channel::Voice,
            Channel::Whatsapp,
            Channel::Totp,
            Channel::BackupCode,
        ],
        delivery: Delivery::Settled,
        ends_at: begun.then(|| after(832)),
        notice: None,
        asked: None,
        offer: None,
        offers_trust: None,
        enrols: Vec::new(),
        steps: Steps::default(),
        turned_down: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The script's own tests have pages of their own: these hold those and the real ones together.
    #[test]
    fn what_the_script_looks_for_is_on_the_pages() {
        let script = include_str!("../../assets/widget.js");
        let shown = |state: &State| sample(*state, &place(*state, Locale::english(), "")).html();
        let pages: String =
            State::ALL.iter().filter(|state| **state != State::FrameBlocked).map(shown).collect();
        let mut wanted: Vec<String> = Vec::new();
        for call in script.split("find(\"").skip(1) {
            let selector = call.split('"').next().unwrap();
            let ids = selector.split(' ').filter_map(|part| part.strip_prefix('#'));
            wanted.extend(ids.map(|id| format!("id=\"{id}\"")));
            let names = selector.split("[name=").skip(1);
            wanted
                .extend(names.map(|name| format!("name=\"{}\"", name.split(']').next().unwrap())));
        }
        assert!(wanted.len() > 10, "{wanted:?}");
        let data =
            ["state", "channel", "ends-in", "refresh-in", "poll", "error", "retryable", "until"];
        let others = ["wait=\"", "clock ", "now=\"", "digits=\"6\"", "token=\"TOKN-"];
        wanted.extend(data.iter().chain(&others).map(|name| format!(" data-{name}")));
        for text in wanted {
            assert!(pages.contains(&text), "{text}");
        }
    }

    #[test]
    fn every_state_has_a_sample_that_shows_it_in_every_language() {
        for locale in Locale::all() {
            for state in State::ALL.iter().copied().filter(|state| *state != State::FrameBlocked) {
                let html = sample(state, &place(state, locale, "theme=dark")).html();
                let shown = format!("data-state=\"{}\"", state.as_str());
                assert!(html.contains(&shown), "{state:?} in {locale:?}");
                assert!(!html.contains(crate::locale::MISSING), "{state:?} in {locale:?}: {html}");
            }
        }
    }
}

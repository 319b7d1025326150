//! A visit to the widget: a genuine access token, its app as it is now, and the end user that it speaks of.

use std::sync::Arc;

use onlyauth_core::access_token::{self, Audience, Grant, Opened};
use onlyauth_core::channel::Channel;
use onlyauth_core::ids::ActionId;
use onlyauth_core::keys::{KeyError, KeyRing};
use onlyauth_core::personal::{self, Hash, World};
use onlyauth_core::phone::PhoneNumber;
use onlyauth_core::redirect::RedirectUri;
use onlyauth_core::time::Timestamp;
use onlyauth_store::{EndUserKey, StoreError};

use super::browser::Browser;
use super::place::{Masked, Place, SchemeWish};
use super::state::State;
use super::ticks::Ticked;
use super::words::Words;
use crate::error::ApiError;
use crate::locale::Locale;
use crate::service::Service;

/// The address of the widget's pages.
pub(super) const PAGE: &str = "/client";

/// What a token must be for, to be looked at there.
pub(super) const AUDIENCES: [Audience; 2] = [Audience::Login, Audience::Factors];

/// All that a page of the widget is about.
pub(super) struct Visit {
    pub(super) service: Service,
    /// One clock reading per request.
    pub(super) now: Timestamp,
    pub(super) place: Place,
    pub(super) opened: Opened,
    pub(super) ring: Arc<KeyRing>,
    pub(super) phone: PhoneNumber,
    /// The key by which this client's database knows the phone.
    pub(super) phone_hash: Hash,
    pub(super) redirect: RedirectUri,
    pub(super) end_user: EndUserKey,
    pub(super) browser: Browser,
    /// What a form shows of the first of two proofs.
    pub(super) first: Option<Masked>,
}

/// Why there is no visit.
#[derive(Debug)]
pub(super) enum Denied {
    /// Not a token of ours, or not for this app. Whose it is can't be known, so its page may not be framed.
    BadToken(&'static str),
    /// A genuine token that is worth nothing any more.
    Ended(Place, Ended),
    /// Trouble on our side; where, if that is known.
    Fault(ApiError, Option<Place>),
}

/// Why a genuine token is worth nothing any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ended {
    /// It came too late to start a login.
    TokenExpired,
    /// The app was switched off.
    AppDisabled,
    /// The app went from sandbox to live, or back.
    ModeChanged,
    /// The app no longer allows where the login would return to.
    RedirectRefused,
    /// The number is no longer one.
    PhoneRefused,
}

impl Ended {
    /// The state that says so.
    pub(super) const fn state(self) -> State {
        match self {
            Self::TokenExpired => State::TokenExpired,
            Self::AppDisabled => State::AppDisabled,
            Self::ModeChanged => State::ModeChanged,
            Self::RedirectRefused => State::RedirectRefused,
            Self::PhoneRefused => State::PhoneRefused,
        }
    }
}

impl Denied {
    /// The same, in the app that the visit turned out to be of: its site may frame the page.
    pub(super) fn during(self, visit: &Visit) -> Self {
        match self {
            Self::Fault(error, _) => Self::Fault(error, Some(visit.place.clone())),
            other => other,
        }
    }
}

impl From<StoreError> for Denied {
    fn from(error: StoreError) -> Self {
        Self::Fault(error.into(), None)
    }
}

impl From<ApiError> for Denied {
    fn from(error: ApiError) -> Self {
        Self::Fault(error, None)
    }
}

impl From<KeyError> for Denied {
    fn from(error: KeyError) -> Self {
        Self::Fault(error.into(), None)
    }
}

impl Visit {
    pub(super) async fn open(
        service: &Service,
        token: &str,
        app_id: Option<&str>,
        scheme: SchemeWish,
        browser: Browser,
    ) -> Result<Self, Denied> {
        let found = (token, app_id, &AUDIENCES[..]);
        Self::at(service, PAGE, found, scheme, browser).await
    }

    /// The same at a page with this address, for tokens of these audiences.
    pub(super) async fn at(
        service: &Service,
        page: &str,
        (token, app_id, audiences): (&str, Option<&str>, &[Audience]),
        scheme: SchemeWish,
        browser: Browser,
    ) -> Result<Self, Denied> {
        let now = service.clock.now();
        let ring = service.ring(now).await?;
        let opened = access_token::open(&ring, token, audiences, now).map_err(|error| {
            tracing::info!(reason = %error, "widget.token_refused");
            Denied::BadToken("token_invalid")
        })?;
        let grant = &opened.grant;
        if app_id != Some(grant.app_id.to_string().as_str()) {
            return Err(Denied::BadToken("app_mismatch"));
        }
        let app = service.tenants.app(grant.client_id, grant.app_id, now).await?;
        let app = app.ok_or(Denied::BadToken("app_gone"))?;
        let words = Words::new(Locale::named(&grant.language), app.settings.display_name());
        let place = Place {
            app: app.clone(),
            words,
            scheme,
            token: Masked::new(token),
            action: scheme.action(page),
            ticked: Ticked::default(),
            sample: None,
        };
        let ended = |why| Denied::Ended(place.clone(), why);
        if !app.settings.is_enabled() {
            return Err(ended(Ended::AppDisabled));
        }
        // Row 45: what began in the sandbox proves nothing once the app is live.
        if app.settings.mode() != grant.mode {
            return Err(ended(Ended::ModeChanged));
        }
        let subject = &grant.subject;
        let Ok(redirect) = RedirectUri::check(&subject.redirect_uri, &app.settings.redirect_rule())
        else {
            return Err(ended(Ended::RedirectRefused));
        };
        let Ok(phone) = PhoneNumber::parse(&subject.phone) else {
            return Err(ended(Ended::PhoneRefused));
        };
        let world = World { client_id: grant.client_id, app_id: grant.app_id, mode: grant.mode };
        let end_user = EndUserKey {
            client_id: world.client_id,
            app_id: world.app_id,
            mode: world.mode,
            end_user_hash: world.end_user_hash(&ring, &subject.end_user_uuid)?,
        };
        let phone_hash = personal::phone_hash(&ring, grant.client_id, &phone)?;
        Ok(Self {
            service: service.clone(),
            now,
            place,
            opened,
            ring,
            phone,
            phone_hash,
            redirect,
            end_user,
            browser,
            first: None,
        })
    }

    /// The same for a form that shows who gave the first of two proofs.
    pub(super) fn showing(self, first: Option<&str>) -> Self {
        Self { first: first.map(Masked::new), ..self }
    }

    /// The same for a form that came with these boxes ticked.
    pub(super) fn ticking(mut self, ticked: Ticked) -> Self {
        self.place.ticked = ticked;
        self
    }

    pub(super) fn grant(&self) -> &Grant {
        &self.opened.grant
    }

    /// Whether the end user is here to look after their factors, and not for a login.
    pub(super) fn manages(&self) -> bool {
        self.grant().audience == Audience::Factors
    }

    pub(super) fn action_id(&self) -> ActionId {
        self.opened.grant.action_id
    }

    pub(super) fn log(&self, channel: Option<Channel>, event: &'static str) {
        tracing::info!(
            action.id = %self.action_id(),
            app.id = %self.grant().app_id,
            channel = channel.map(Channel::as_str),
            "{event}"
        );
    }
}

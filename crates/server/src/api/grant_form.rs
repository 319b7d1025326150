//! The form that says for whom and in which app a token is: createAccessToken and createFactorLink read the same one.

use std::sync::Arc;

use onlyauth_core::access_token::{Audience, Grant, Subject};
use onlyauth_core::app::AppSettings;
use onlyauth_core::channel::Mode;
use onlyauth_core::ids::{ActionId, AppId, ClientId};
use onlyauth_core::language::Language;
use onlyauth_core::phone::PhoneNumber;
use onlyauth_core::redirect::RedirectUri;
use onlyauth_core::region::Region;
use onlyauth_core::time::Timestamp;

use super::auth::Backend;
use crate::config::Config;
use crate::error::ApiError;
use crate::form::{Form, Reader};
use crate::locale::Locale;
use crate::service::Service;
use crate::tenants::App;

const LONGEST_END_USER: usize = 255;

/// Reads the form into a grant for these pages, with every problem at once, and finds the texts for its language.
///
/// Sheds overload before anything else is looked at: all tokens of a client count together, whatever they are for.
pub async fn read(
    service: &Service,
    backend: &Backend,
    form: Form,
    audience: Audience,
    now: Timestamp,
) -> Result<(Grant, &'static Locale), ApiError> {
    let mut fields = Reader::body(form);
    backend.read_own(&mut fields)?;
    let most = service.config.server.access_tokens_per_second;
    backend.client.shed(most, now).map_err(|retry_at| {
        ApiError::rate_limited("access tokens per client and second", now, retry_at)
    })?;
    let app = read_app(service, backend, &mut fields).await?;
    let settings = app.as_deref().map(|app| &app.settings);
    let wanted = Wanted::read(&mut fields, settings, &service.config);
    fields.finish()?;
    let (Some(app), Some(wanted)) = (app, wanted) else {
        // Each missing value noted its problem above, and finish() refused.
        return Err(ApiError::Internal);
    };
    let locale = wanted.locale();
    let of = GrantOf {
        audience,
        action_id: ActionId::new(now, service.entropy.bytes()),
        client_id: backend.client_id,
        app_id: app.record.app_id,
        mode: app.settings.mode(),
    };
    Ok((wanted.grant(of), locale))
}

/// An unknown app and another client's are one and the same problem.
async fn read_app(
    service: &Service,
    backend: &Backend,
    fields: &mut Reader,
) -> Result<Option<Arc<App>>, ApiError> {
    let Some(text) = fields.required("app_id") else { return Ok(None) };
    let app = match text.parse::<AppId>() {
        Ok(id) => service.tenants.app_of(&backend.client, id).await?,
        Err(_) => None,
    };
    if app.is_none() {
        fields.problem("'app_id' is not an app of this client.");
    }
    Ok(app)
}

/// The end user, and how and where they are met. No Debug: it is personal.
pub struct Wanted {
    phone: PhoneNumber,
    end_user_uuid: String,
    redirect_uri: String,
    language: Language,
    region: Region,
}

/// What else is in a grant.
#[derive(Debug, Clone, Copy)]
pub struct GrantOf {
    /// For these pages.
    pub audience: Audience,
    /// The action that it may start.
    pub action_id: ActionId,
    /// For this client.
    pub client_id: ClientId,
    /// In this app.
    pub app_id: AppId,
    /// In the mode that the app has now.
    pub mode: Mode,
}

impl Wanted {
    /// Reads the fields and judges them by the app's settings; None where one noted a problem. Where the app is not known, what
    /// its settings don't judge is judged all the same.
    pub fn read(fields: &mut Reader, app: Option<&AppSettings>, config: &Config) -> Option<Self> {
        if app.is_some_and(|app| !app.is_enabled()) {
            fields.problem("'app_id' names an app that is switched off: set 'enabled' to 1.");
        }
        let phone = read_phone(fields, app);
        let end_user_uuid = read_end_user(fields);
        let redirect_uri = read_redirect(fields, app);
        let language = fields.required("language").map(|text| Language::parse(&text));
        let language = language.and_then(|result| fields.keep(result));
        let region = read_region(fields, config);
        Some(Self {
            phone: phone?,
            end_user_uuid: end_user_uuid?,
            redirect_uri: redirect_uri?,
            language: language?,
            region: region?,
        })
    }

    /// The texts for the language that was asked for.
    pub fn locale(&self) -> &'static Locale {
        Locale::of(&self.language)
    }

    /// All that a token says.
    pub fn grant(self, of: GrantOf) -> Grant {
        let GrantOf { audience, action_id, client_id, app_id, mode } = of;
        Grant {
            audience,
            action_id,
            client_id,
            app_id,
            mode,
            language: self.language.as_str().to_owned(),
            region: self.region.as_str().to_owned(),
            subject: Subject {
                phone: self.phone.as_e164().to_owned(),
                end_user_uuid: self.end_user_uuid,
                redirect_uri: self.redirect_uri,
            },
        }
    }
}

fn read_phone(fields: &mut Reader, app: Option<&AppSettings>) -> Option<PhoneNumber> {
    let text = fields.required("end_user_phone_number")?;
    let phone = fields.keep(PhoneNumber::parse(&text))?;
    if app.is_some_and(|app| !app.allows_country(phone.country())) {
        fields.problem(format!(
            "'end_user_phone_number' is of country {}, which 'allowed_countries' of the app leaves out.",
            phone.country()
        ));
    }
    Some(phone)
}

fn read_end_user(fields: &mut Reader) -> Option<String> {
    fields.required("end_user_uuid").filter(|value| {
        let fits = value.len() <= LONGEST_END_USER && !value.contains(char::is_control);
        if !fits {
            fields.problem("'end_user_uuid' must have 1 to 255 bytes and no control characters.");
        }
        fits
    })
}

fn read_redirect(fields: &mut Reader, app: Option<&AppSettings>) -> Option<String> {
    let text = fields.required("redirect_uri")?;
    let rule = app?.redirect_rule();
    fields.keep(RedirectUri::check(&text, &rule))?;
    Some(text)
}

fn read_region(fields: &mut Reader, config: &Config) -> Option<Region> {
    let text = fields.required("region")?;
    let region = fields.keep(Region::parse(&text))?;
    if config.serves(&region) {
        return Some(region);
    }
    let known = config.served_regions();
    let names: Vec<String> = known.iter().map(|served| served.name.to_string()).collect();
    fields.problem(format!("'region' must be one of: {}.", names.join(", ")));
    None
}

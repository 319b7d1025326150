//! `onlyauth user factor-link`: a link for an operator to hand to an end user whom they help.

use onlyauth_core::access_token::Audience;
use onlyauth_core::ids::{ActionId, AppId, ClientId};

use super::super::exit::{CliError, Exit};
use super::super::{Global, Seams, output};
use super::{Place, Whose, keyless, trouble};
use crate::api::factor_links::FactorLink;
use crate::api::grant_form::{GrantOf, Wanted};
use crate::config::Config;
use crate::error::ApiError;
use crate::form::{Form, Reader};

/// Flags of `user factor-link`.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Options {
    /// The client.
    #[arg(long, value_name = "CLNT-…")]
    client: ClientId,
    /// Its app.
    #[arg(long, value_name = "APPX-…")]
    app: AppId,
    /// The end user, by the end_user_uuid that your backend gives.
    #[arg(long, value_name = "UUID")]
    end_user: String,
    /// The end user's number in E.164, as your backend has it (end_user_phone_number).
    #[arg(long, value_name = "+NUMBER")]
    phone: String,
    /// Where 'Done' leads back to.
    #[arg(long, value_name = "URL")]
    redirect_uri: String,
    /// BCP 47 tag of the language of the page and its messages.
    #[arg(long, value_name = "TAG", default_value = "en")]
    language: String,
    /// The region that serves the page [default: the first of the configuration].
    #[arg(long, value_name = "NAME")]
    region: Option<String>,
    /// Print what the API's `createFactorLink` answers.
    #[arg(long)]
    json: bool,
}

impl Options {
    /// The form that a backend would send.
    fn form(&self, config: &Config) -> Form {
        let first = || config.served_regions().first().map(|served| served.name.to_string());
        let region = self.region.clone().or_else(first).unwrap_or_default();
        let fields = [
            ("end_user_phone_number", &self.phone),
            ("end_user_uuid", &self.end_user),
            ("redirect_uri", &self.redirect_uri),
            ("language", &self.language),
            ("region", &region),
        ];
        Form(fields.map(|(name, value)| (name.to_owned(), value.clone())).to_vec())
    }
}

pub(super) async fn run(options: &Options, global: &Global, seams: &Seams) -> Result<(), CliError> {
    let whose = Whose { client: options.client, app: options.app, mode: None };
    let place = Place::open(&whose, global, seams).await?;
    if place.ring.is_empty() {
        return Err(keyless("which links are signed with"));
    }
    let config = global.settings()?;
    let mut fields = Reader::body(options.form(&config));
    let wanted = Wanted::read(&mut fields, Some(&place.app), &config);
    fields.finish().map_err(|error| wrong(&error))?;
    // Each missing value noted its problem above, and finish() refused.
    let wanted = wanted.ok_or_else(|| wrong(&ApiError::Internal))?;
    let grant = wanted.grant(GrantOf {
        audience: Audience::FactorLink,
        action_id: ActionId::new(place.now, place.entropy.bytes()),
        client_id: options.client,
        app_id: options.app,
        mode: place.app.mode(),
    });
    let link = FactorLink::issue(&place.ring, &grant, &config, place.now, place.entropy.bytes());
    let link = link.map_err(|error| trouble(error.into()))?;
    if options.json { output::json(&link) } else { output::text(&link.url) }
}

fn wrong(error: &ApiError) -> CliError {
    let (_, problems) = error.words();
    CliError::new(Exit::Usage, "no link can be made of this")
        .details(problems)
        .hint("--phone is end_user_phone_number and --end-user is end_user_uuid; `onlyauth app show` prints what the app allows")
}

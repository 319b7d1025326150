//! `onlyauth user`: end users, where only an operator can help.

mod devices;
mod erase;
mod export;
mod factor;
mod factor_link;
mod import;
mod list;
mod reset;
mod show;

use clap::Subcommand;
use onlyauth_core::app::AppSettings;
use onlyauth_core::audit::{Actor, Deed};
use onlyauth_core::channel::{Channel, Mode};
use onlyauth_core::failures::FailurePolicy;
use onlyauth_core::ids::{AppId, ClientId, UserId};
use onlyauth_core::keys::{KeyError, KeyRing};
use onlyauth_core::limits::Quota;
use onlyauth_core::notice::Notice;
use onlyauth_core::personal::{self, World};
use onlyauth_core::time::Timestamp;
use onlyauth_store::{EndUserKey, Record, Store};
use serde::Serialize;

use super::exit::{CliError, Exit};
use super::{Global, Seams, app, output, store};
use crate::api::user_view::{Lens, UserError};
use crate::entropy::Entropy;
use crate::notice::{Change, Told};
use crate::{app_store, key_ring, master_key, serve};

/// What to do.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Forget an end user's failures in a row, which lets a channel be used again that waits or is off.
    ///
    /// Do it once you know who is asking: whoever guesses codes would ask, too.
    Unlock(Unlock),
    /// List the end users of an app, in the order in which they became known.
    List(list::Options),
    /// Show what is known of an end user: factors, the last pass, failures and locks.
    Show(show::Options),
    /// Remove something that an end user enrolled, such as an app or a key on a device that they lost.
    RemoveFactor(factor::Options),
    /// Trust no device of an end user any more: each asks again before it lets anybody in.
    ///
    /// Do it when a device was lost or stolen; whoever removes a factor need not do it as well.
    ForgetDevices(devices::Options),
    /// Print a link to the page where an end user looks after their factors: it opens once, and asks for a factor first.
    ///
    /// Hand it to somebody whom you help, by a way that you know is theirs. It ends after `tokens.factor_link_lifetime`.
    FactorLink(factor_link::Options),
    /// Remove all that an end user enrolled, forget their failures and end their logins: they begin anew from the phone.
    ///
    /// Do it once you know who is asking: whoever is after an account would ask, too.
    Reset(reset::Options),
    /// Erase an end user: all personal data leaves, and only counts remain.
    Erase(erase::Options),
    /// Print everything that is known of an end user as JSON: name, number, factors, logins, messages; no secrets.
    Export(export::Options),
    /// Bring end users along from another system: their numbers, the secrets of their authenticator apps, their passkeys.
    Import(import::Options),
}

/// Whose end users are meant.
#[derive(Debug, clap::Args)]
struct Whose {
    /// The client.
    #[arg(long, value_name = "CLNT-…")]
    client: ClientId,
    /// Its app.
    #[arg(long, value_name = "APPX-…")]
    app: AppId,
    /// The end users of the sandbox or the live ones [default: as the app is].
    #[arg(long, value_name = "sandbox|live", value_parser = mode)]
    mode: Option<Mode>,
}

/// Which end user is meant.
#[derive(Debug, clap::Args)]
struct Whom {
    #[command(flatten)]
    whose: Whose,
    /// The end user, by the end_user_uuid that your backend gives.
    #[arg(long, value_name = "UUID")]
    end_user: String,
}

/// Whom to unlock.
#[derive(Debug, clap::Args)]
pub(super) struct Unlock {
    #[command(flatten)]
    whom: Whom,
    /// Print `{"app_id", "mode", "channels"}`.
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Unlocked {
    app_id: AppId,
    mode: Mode,
    channels: Vec<Channel>,
}

pub(super) async fn run(command: &Command, global: &Global, seams: &Seams) -> Result<(), CliError> {
    match command {
        Command::Unlock(options) => unlock(options, global, seams).await,
        Command::List(options) => list::run(options, global, seams).await,
        Command::Show(options) => show::run(options, global, seams).await,
        Command::RemoveFactor(options) => factor::run(options, global, seams).await,
        Command::FactorLink(options) => factor_link::run(options, global, seams).await,
        Command::ForgetDevices(options) => devices::run(options, global, seams).await,
        Command::Reset(options) => reset::run(options, global, seams).await,
        Command::Erase(options) => erase::run(options, global, seams).await,
        Command::Export(options) => export::run(options, global, seams).await,
        Command::Import(options) => import::run(options, global, seams).await,
    }
}

/// What the end users of an app are found with.
struct Place {
    store: Store,
    ring: KeyRing,
    world: World,
    app: AppSettings,
    entropy: Entropy,
    now: Timestamp,
}

impl Place {
    async fn open(whose: &Whose, global: &Global, seams: &Seams) -> Result<Self, CliError> {
        let store = store::open(global, seams)?;
        let master = master_key::load(&global.settings()?)?;
        let settings = app_store::find(&store, whose.client, whose.app)
            .await
            .map_err(|error| app::complaint(error, whose.client, whose.app))?
            .settings;
        let mode = whose.mode.unwrap_or_else(|| settings.mode());
        let ring = key_ring::read(&store, &master).await;
        let ring = ring.map_err(|error| serve::ring_error(&error))?;
        let world = World { client_id: whose.client, app_id: whose.app, mode };
        let (app, entropy, now) = (settings, seams.entropy.clone(), seams.clock.now());
        Ok(Self { store, ring, world, app, entropy, now })
    }

    /// What end users are read with.
    fn lens<'a>(&'a self, policy: &'a FailurePolicy) -> Lens<'a> {
        Lens { ring: &self.ring, policy, app: Some(&self.app), now: self.now }
    }

    /// What this operator does to an end user.
    fn change(&self, end_user: EndUserKey, user_id: UserId) -> Change<'_> {
        let (ring, entropy, now) = (&self.ring, &self.entropy, self.now);
        Change { ring, entropy, end_user, user_id, actor: Actor::Operator, now }
    }

    /// What this operator does to a known end user's ways in, to be written down and told to them with it; None where nobody is
    /// known by this key.
    async fn record(
        &self,
        key: &EndUserKey,
        (deed, detail): (Deed, &str),
        notice: Notice,
        global: &Global,
    ) -> Result<Option<Record>, CliError> {
        let Some(known) = self.store.end_user_overview_find(key).await? else { return Ok(None) };
        let unreadable = |error: KeyError| trouble(error.into());
        let hash = &key.end_user_hash;
        let end_user_uuid = personal::open_uuid(&self.ring, hash, &known.sealed_uuid, self.now);
        let settings = global.settings()?;
        let carried =
            |channel| settings.providers.iter().any(|provider| provider.carries.contains(&channel));
        let told = Told {
            known: &known.record,
            app: &self.app,
            carried: &carried,
            quota: Quota::hourly(settings.limits.notices_per_client_and_phone_per_hour),
            action: None,
            // That of no login: which one they read is not known here.
            language: "en",
            end_user_uuid: &end_user_uuid.map_err(unreadable)?,
        };
        let change = self.change(*key, known.record.user_id);
        let record = change.record(change.audit(deed, detail), notice, &told);
        record.map(Some).map_err(unreadable)
    }

    /// The key of an end user; None with a ring that no server has filled yet, which can't name anybody.
    fn key(&self, end_user: &str) -> Option<EndUserKey> {
        let World { client_id, app_id, mode } = self.world;
        let end_user_hash = self.world.end_user_hash(&self.ring, end_user).ok()?;
        Some(EndUserKey { client_id, app_id, mode, end_user_hash })
    }
}

async fn unlock(options: &Unlock, global: &Global, seams: &Seams) -> Result<(), CliError> {
    let place = Place::open(&options.whom.whose, global, seams).await?;
    let World { app_id, mode, .. } = place.world;
    // Whom nobody can name has not failed.
    let Some(key) = place.key(&options.whom.end_user) else { return Err(nothing(mode)) };
    let channels = reset(&place, &key).await?;
    if channels.is_empty() {
        return Err(nothing(mode));
    }
    if options.json {
        return output::json(&Unlocked { app_id, mode, channels });
    }
    let names: Vec<_> = channels.iter().map(|channel| channel.as_str()).collect();
    output::text(&format!("Unlocked for {} in {mode} mode.", names.join(", ")))
}

/// The channels that had a counter, which is at zero now.
async fn reset(place: &Place, key: &EndUserKey) -> Result<Vec<Channel>, CliError> {
    let mut channels = Vec::new();
    // Who never passed has failures, and nothing else that an entry could be about.
    let known = place.store.end_user_find(key).await?;
    let change = known.map(|known| place.change(*key, known.user_id));
    for channel in Channel::ALL {
        let audit = change.as_ref().map(|change| change.audit(Deed::Unlocked, channel.as_str()));
        if place.store.failure_reset(key, channel, audit.as_ref()).await? {
            channels.push(channel);
        }
    }
    Ok(channels)
}

fn mode(text: &str) -> Result<Mode, String> {
    text.parse().map_err(|_| "expected sandbox or live".to_owned())
}

/// An end user who can't be read.
fn trouble(error: UserError) -> CliError {
    match error {
        UserError::Store(error) => error.into(),
        UserError::Key(_) | UserError::Factor => CliError::new(Exit::Data, error.to_string())
            .hint("is the master key the one that this database was begun with?"),
    }
}

/// No server has run yet, which would have made the keys.
fn keyless(what_for: &str) -> CliError {
    let message = format!("the installation has no keys yet, {what_for}");
    CliError::new(Exit::Data, message).hint("start `onlyauth serve` once")
}

/// Who never passed and was not brought along. Does not repeat the id either.
fn unknown(mode: Mode) -> CliError {
    CliError::new(Exit::NotFound, format!("this end user of the app is not known in {mode} mode")).hint(
        "--end-user is the end_user_uuid exactly as the access token was asked for; whoever passed once is known, \
         and whoever was imported",
    )
}

/// Does not repeat the id, which may be personal and has no shape that makes it safe to print.
fn nothing(mode: Mode) -> CliError {
    let message = format!("this end user of the app never tried to confirm in {mode} mode");
    CliError::new(Exit::NotFound, message).hint(
        "--end-user is the end_user_uuid exactly as the access token was asked for; \
         --mode chooses between the sandbox's end users and the live ones",
    )
}

//! `[[provider]]`: what carries live messages, one table for each.
//!
//! The table is flat, as people write it; what comes out holds only what its kind needs, all of it.

use std::path::PathBuf;
use std::time::Duration;

use onlyauth_core::channel::Channel;
use onlyauth_core::phone::PhoneNumber;
use onlyauth_delivery::twilio::Sender;

use super::base_url::BaseUrl;
use super::duration::seconds;
use super::endpoint::Endpoint;
use super::section::{Section, section};
use super::setting::{Expectation, Setting, quoted};
use super::source::Values;
use super::value::Raw;

section! {
    /// A provider, which carries live messages. Write the table once for each; without any, live apps have
    /// no channel to offer.
    /// Secrets are always in files.
    ProviderTable = "provider";

    /// What logs call it: lower-case letters, digits, hyphens and underscores. Required.
    name: String = String::new(),
        unit "name",
        why "There may be several of one kind.";

    /// What it is: webhook (a gateway of your own) or twilio. Required.
    kind: Option<Kind> = None,
        unit "webhook or twilio",
        why "It decides which of the keys below are needed.";

    /// The channels that it can carry: sms, voice, whatsapp. Required.
    channels: Vec<Channel> = Vec::new(),
        unit "channels",
        why "A contract with a provider rarely covers all of them.";

    /// The channels that go over it although another provider can carry them too.
    default_for: Vec<Channel> = Vec::new(),
        unit "channels",
        why "Needed only where two providers can carry the same channel.";

    /// How long handing over one message may take. After it the message counts as unknown, and is not sent again.
    timeout: Duration = seconds(10), within seconds(1)..=seconds(60),
        unit "duration",
        why "Longer than a healthy provider needs, shorter than an end user's patience.";

    /// webhook: where messages are posted to. Required there.
    url: Option<Endpoint> = None,
        unit "URL",
        why "Whatever your gateway listens on.";

    /// webhook: the file that holds the signing secret, whsec_ and base64. Required there.
    secret_file: Option<PathBuf> = None,
        unit "path",
        why "Environments and command lines are readable by others.";

    /// twilio: the account's SID, AC and 32 hexadecimal digits. Required there.
    account_sid: String = String::new(),
        unit "SID",
        why "It is on the first page of Twilio's console.";

    /// twilio: the file that holds the account's auth token. Required there.
    auth_token_file: Option<PathBuf> = None,
        unit "path",
        why "Environments and command lines are readable by others.";

    /// twilio: the number, short code or name that messages come from. Required there, or messaging_service_sid;
    /// with voice among the channels it must be a number.
    from: String = String::new(),
        unit "number or name",
        why "Many countries allow only registered senders.";

    /// twilio: the messaging service that chooses the sender, MG and 32 hexadecimal digits; instead of from. It
    /// can't call.
    messaging_service_sid: String = String::new(),
        unit "SID",
        why "One service can hold a sender for each country.";

    /// twilio: the API's address, where it is not https://api.twilio.com.
    base_url: Option<BaseUrl> = None,
        unit "origin",
        why "Twilio has other addresses for other regions.";
}

/// The kinds of provider.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A gateway of the operator's own.
    Webhook,
    /// Twilio.
    Twilio,
}

impl Kind {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Webhook => "webhook",
            Self::Twilio => "twilio",
        }
    }
}

impl Setting for Option<Kind> {
    const KIND: &'static str = "\"webhook\" or \"twilio\"";

    fn read(raw: &Raw) -> Result<Self, Expectation> {
        match raw.text() {
            Some("webhook") => Ok(Some(Kind::Webhook)),
            Some("twilio") => Ok(Some(Kind::Twilio)),
            _ => Err(Self::KIND.to_owned()),
        }
    }

    fn toml(&self) -> String {
        quoted(self.map_or("", Kind::as_str))
    }
}

impl Setting for Channel {
    const KIND: &'static str = "\"sms\", \"voice\" or \"whatsapp\"";

    fn read(raw: &Raw) -> Result<Self, Expectation> {
        let channel = raw.text().and_then(|text| text.parse().ok());
        channel.filter(|channel: &Self| channel.is_phone()).ok_or_else(|| Self::KIND.to_owned())
    }

    fn toml(&self) -> String {
        quoted(self.as_str())
    }
}

/// A provider, complete.
#[derive(Debug, Clone, PartialEq)]
pub struct Provider {
    /// What logs call it.
    pub name: String,
    /// The channels that go over it; no two providers have one in common.
    pub carries: Vec<Channel>,
    /// How long a send may take.
    pub timeout: Duration,
    /// What it is.
    pub settings: ProviderSettings,
}

/// What a provider's kind needs.
#[derive(Debug, Clone, PartialEq)]
pub enum ProviderSettings {
    /// A gateway of the operator's own.
    Webhook {
        /// Where messages are posted to.
        url: Endpoint,
        /// Holds the signing secret.
        secret_file: PathBuf,
    },
    /// Twilio.
    Twilio {
        /// `AC…`.
        account_sid: String,
        /// Holds the auth token.
        auth_token_file: PathBuf,
        /// Who messages come from.
        sender: Sender,
        /// None: Twilio's public API.
        base_url: Option<BaseUrl>,
    },
}

/// Reads every table. One with a problem is reported and left out.
pub(super) fn read_all(values: &mut Values) -> Vec<Provider> {
    let places = values.tables(ProviderTable::NAME);
    let tables: Vec<(String, ProviderTable)> = places
        .into_iter()
        .map(|place| {
            let table = ProviderTable::read(values, &place);
            (place, table)
        })
        .collect();
    let mut providers = Vec::new();
    for (index, (place, table)) in tables.iter().enumerate() {
        let before = &tables[..index];
        let mut check = Check { values: &mut *values, place, table };
        check.name(before.iter().any(|(_, other)| other.name == table.name));
        check.channels();
        let settings = check.settings();
        let carries = check.carries(&tables);
        providers.extend(settings.map(|settings| Provider {
            name: table.name.clone(),
            carries,
            timeout: table.timeout,
            settings,
        }));
    }
    providers
}

/// Looks whether a table is complete and fits together.
struct Check<'a> {
    values: &'a mut Values,
    place: &'a str,
    table: &'a ProviderTable,
}

impl Check<'_> {
    fn refuse(&mut self, key: &str, message: impl Into<String>) {
        self.values.refuse_key(self.place, key, message.into());
    }

    /// A value that must be given.
    fn required<T: Clone>(&mut self, key: &str, value: Option<&T>) -> Option<T> {
        if value.is_none() && !self.values.is_refused(self.place, key) {
            self.refuse(key, "expected a value, found none");
        }
        value.cloned()
    }

    /// A text that must be given, in a form of its own.
    fn text(&mut self, key: &str, text: &str, good: bool, form: &str) -> Option<String> {
        if good {
            return Some(text.to_owned());
        }
        let found = if text.is_empty() { "none".to_owned() } else { quoted(text) };
        self.refuse(key, format!("expected {form}, found {found}"));
        None
    }

    fn name(&mut self, taken: bool) {
        let name = &self.table.name;
        let letter = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b"-_".contains(&b);
        let good = (1..=32).contains(&name.len()) && name.bytes().all(letter);
        let form = "1 to 32 lower-case letters, digits, hyphens and underscores";
        if self.text("name", name, good, form).is_some() && taken {
            self.refuse(
                "name",
                format!("expected a name of its own, found {} again", quoted(name)),
            );
        }
    }

    fn channels(&mut self) {
        let table = self.table;
        if table.channels.is_empty() && !self.values.is_refused(self.place, "channels") {
            self.refuse("channels", "expected at least one channel, found none");
        }
        for channel in table.default_for.iter().filter(|channel| !table.channels.contains(channel))
        {
            self.refuse("default_for", format!("{channel} is not one of its channels"));
        }
    }

    /// The channels for which this table is the one: the only one that can carry it, or the default for it.
    fn carries(&mut self, tables: &[(String, ProviderTable)]) -> Vec<Channel> {
        let mut carries = Vec::new();
        for channel in &self.table.channels {
            let others = || tables.iter().filter(|(place, _)| place != self.place);
            let rivals = others().filter(|(_, other)| other.channels.contains(channel)).count();
            let defaults =
                others().filter(|(_, other)| other.default_for.contains(channel)).count();
            let own = self.table.default_for.contains(channel);
            if own && defaults > 0 {
                let message = format!("expected one default for {channel}, found another");
                self.refuse("default_for", message);
            } else if !own && rivals > 0 && defaults == 0 {
                let message = format!(
                    "expected one provider to be default_for {channel}, since several carry it"
                );
                self.refuse("channels", message);
            } else if own || rivals == 0 {
                carries.push(*channel);
            }
        }
        carries
    }

    fn settings(&mut self) -> Option<ProviderSettings> {
        let kind = self.required("kind", self.table.kind.as_ref())?;
        let foreign = match kind {
            Kind::Webhook => TWILIO,
            Kind::Twilio => WEBHOOK,
        };
        for key in foreign {
            if self.values.is_given(self.place, key) {
                self.refuse(key, format!("{} has no such key", kind.as_str()));
            }
        }
        match kind {
            Kind::Webhook => self.webhook(),
            Kind::Twilio => self.twilio(),
        }
    }

    fn webhook(&mut self) -> Option<ProviderSettings> {
        let url = self.required("url", self.table.url.as_ref());
        let secret_file = self.required("secret_file", self.table.secret_file.as_ref());
        let (url, secret_file) = (url?, secret_file?);
        if url.is_exposed() {
            let message = format!("{url} is not https: codes cross the network in clear");
            self.values.warn_key(self.place, "url", message);
        }
        Some(ProviderSettings::Webhook { url, secret_file })
    }

    fn twilio(&mut self) -> Option<ProviderSettings> {
        let table = self.table;
        let sid = &table.account_sid;
        let account_sid =
            self.text("account_sid", sid, is_sid("AC", sid), "AC and 32 hexadecimal digits");
        let auth_token_file = self.required("auth_token_file", table.auth_token_file.as_ref());
        let sender = self.sender();
        Some(ProviderSettings::Twilio {
            account_sid: account_sid?,
            auth_token_file: auth_token_file?,
            sender: sender?,
            base_url: table.base_url.clone(),
        })
    }

    fn sender(&mut self) -> Option<Sender> {
        let (from, service) = (&self.table.from, &self.table.messaging_service_sid);
        if self.table.channels.contains(&Channel::Voice) && !is_number(from) {
            let (key, found) = match (from.is_empty(), service.is_empty()) {
                (true, false) => ("messaging_service_sid", quoted(service)),
                (true, true) => ("from", "none".to_owned()),
                (false, _) => ("from", quoted(from)),
            };
            self.refuse(
                key,
                format!(
                    "expected from to be a number such as \"+14155552671\", since only numbers can call and \
                     voice is among the channels, found {found}"
                ),
            );
            return None;
        }
        match (from.is_empty(), service.is_empty()) {
            (true, true) => {
                self.refuse("from", "expected a sender, or a messaging_service_sid, found none");
                None
            }
            (false, false) => {
                self.refuse("from", "expected either from or messaging_service_sid, found both");
                None
            }
            (false, true) => {
                let form = "a number such as \"+14155552671\", a short code, or a name of at most 11 letters and digits";
                self.text("from", from, is_sender(from), form).map(Sender::From)
            }
            (true, false) => {
                let form = "MG and 32 hexadecimal digits";
                let good = is_sid("MG", service);
                self.text("messaging_service_sid", service, good, form)
                    .map(Sender::MessagingService)
            }
        }
    }
}

/// The keys that only one kind has.
const WEBHOOK: &[&str] = &["url", "secret_file"];
const TWILIO: &[&str] =
    &["account_sid", "auth_token_file", "from", "messaging_service_sid", "base_url"];

/// It becomes a part of an address, so nothing else may be in it.
fn is_sid(prefix: &str, text: &str) -> bool {
    let digits = text.strip_prefix(prefix);
    digits.is_some_and(|hex| hex.len() == 32 && hex.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

/// Text of digits alone is a short code, which has at most eight: a number must not lose its plus and become a
/// name that no carrier knows.
fn is_sender(text: &str) -> bool {
    let length = text.len();
    let short_code = (3..=8).contains(&length) && text.bytes().all(|byte| byte.is_ascii_digit());
    let name = (1..=11).contains(&length)
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b' ')
        && text.bytes().any(|byte| byte.is_ascii_alphabetic());
    is_number(text) || short_code || name
}

/// In E.164, as Twilio wants it.
fn is_number(text: &str) -> bool {
    PhoneNumber::parse(text).is_ok_and(|phone| phone.as_e164() == text)
}

//! Twilio: Programmable Messaging for SMS and WhatsApp, and Calls for voice; the API of version 2010-04-01.

mod call;
mod receipt;

pub use call::{Voice, voice};

use std::fmt;
use std::time::Duration;

use onlyauth_core::channel::Channel;
use reqwest::Client;
use reqwest::header::CONTENT_TYPE;
use serde::Deserialize;
use url::form_urlencoded::Serializer;
use url::{Host, Url};
use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::http::{self, Answer, ClientError};
use crate::provider::{
    Accepted, Callback, NoReceipt, Outgoing, Provider, Receipt, SendError, Sending,
};

/// Where Twilio's API is, unless a region or a test says otherwise.
///
/// # Panics
/// Never: the text is a URL.
pub fn public_api() -> Url {
    Url::parse("https://api.twilio.com").expect("scheme and host make a URL")
}

/// The longest `ValidityPeriod` that Twilio takes, in seconds.
const LONGEST_VALIDITY: u64 = 36_000;

/// The account's auth token. Debug is masked, memory is cleared on drop.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct AuthToken(String);

impl AuthToken {
    /// Around the token's text.
    pub fn new(text: String) -> Self {
        Self(text)
    }
}

impl fmt::Debug for AuthToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AuthToken(…)")
    }
}

/// Who a message comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sender {
    /// A number in E.164, a short code or an alphanumeric sender.
    From(String),
    /// A messaging service (`MG…`), which chooses.
    MessagingService(String),
}

/// What a Twilio account is called by.
#[derive(Debug, Clone)]
pub struct Account {
    /// `AC…`.
    pub sid: String,
    /// Its password.
    pub auth_token: AuthToken,
    /// Who messages come from.
    pub sender: Sender,
    /// [`public_api`], or another origin.
    pub base_url: Url,
}

/// An account, ready to send.
#[derive(Debug)]
pub struct Twilio {
    account: Account,
    messages: Url,
    calls: Url,
    client: Client,
}

#[derive(Deserialize)]
struct Created {
    sid: String,
}

/// `message` is left out on purpose: it repeats the phone number.
#[derive(Deserialize)]
struct Problem {
    code: u32,
}

impl Twilio {
    /// An account, each send of which ends within `timeout`.
    ///
    /// # Errors
    /// The machine's TLS can't be used.
    pub fn new(account: Account, timeout: Duration) -> Result<Self, ClientError> {
        let resource = |name: &str| {
            let mut url = account.base_url.clone();
            url.set_path(&format!("/2010-04-01/Accounts/{}/{name}.json", account.sid));
            url
        };
        let (messages, calls) = (resource("Messages"), resource("Calls"));
        Ok(Self { account, messages, calls, client: http::client(timeout)? })
    }

    async fn post(&self, message: Outgoing) -> Result<Accepted, SendError> {
        let (resource, form) = match message.channel {
            Channel::Sms => (&self.messages, self.message_form("", &message)),
            Channel::Whatsapp => (&self.messages, self.message_form("whatsapp:", &message)),
            Channel::Voice => (&self.calls, call::form(&self.account.sender, &message)?),
            _ => return Err(SendError::refused("channel_not_carried")),
        };
        let request = self
            .client
            .post(resource.clone())
            .basic_auth(&self.account.sid, Some(&self.account.auth_token.0))
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(form);
        let answer = http::send(request).await?;
        if answer.status.is_success() {
            let created = serde_json::from_slice::<Created>(&answer.body).ok();
            return Ok(Accepted { provider_message_id: created.map(|created| created.sid) });
        }
        Err(answer.error(refusal(&answer)))
    }

    fn message_form(&self, address: &str, message: &Outgoing) -> String {
        let lives = message.now.until(message.expires_at).as_secs().clamp(1, LONGEST_VALIDITY);
        let mut form = Serializer::new(String::new());
        form.append_pair("To", &format!("{address}{}", message.phone.as_e164()));
        match &self.account.sender {
            Sender::From(from) => form.append_pair("From", &format!("{address}{from}")),
            Sender::MessagingService(sid) => form.append_pair("MessagingServiceSid", sid),
        };
        form.append_pair("Body", &message.body);
        // A code that waits at a carrier until it has expired would only confuse.
        form.append_pair("ValidityPeriod", &lives.to_string());
        if let Some(url) = callback_url(message) {
            form.append_pair("StatusCallback", url);
        }
        form.finish()
    }
}

/// The receipt URL, unless it is on this machine or has an address for a host: Twilio refuses a whole message
/// for the sake of a callback that it can't use.
fn callback_url(message: &Outgoing) -> Option<&str> {
    match message.receipt_url.host() {
        Some(Host::Domain(name)) if name != "localhost" && !name.ends_with(".localhost") => {
            Some(message.receipt_url.as_str())
        }
        _ => None,
    }
}

fn refusal(answer: &Answer) -> String {
    match serde_json::from_slice::<Problem>(&answer.body) {
        Ok(problem) => format!("twilio_{}", problem.code),
        Err(_) => format!("twilio_http_{}", answer.status.as_u16()),
    }
}

impl Provider for Twilio {
    fn send(&self, message: Outgoing) -> Sending<'_> {
        Box::pin(self.post(message))
    }

    fn receipt(&self, callback: &Callback<'_>) -> Result<Receipt, NoReceipt> {
        receipt::read(&self.account.auth_token, callback)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_prints_the_auth_token() {
        let account = Account {
            sid: "AC0".to_owned(),
            auth_token: AuthToken::new("hush".to_owned()),
            sender: Sender::From("+15005550006".to_owned()),
            base_url: public_api(),
        };
        let twilio = Twilio::new(account, Duration::from_secs(1)).unwrap();
        assert!(!format!("{twilio:?}").contains("hush"));
    }
}

//! Calls: the Calls resource, told by inline `TwiML` what to say, and by which voice.

use url::form_urlencoded::Serializer;

use super::{Sender, callback_url};
use crate::provider::{Outgoing, SendError};

/// How long it rings, in seconds; Twilio adds up to five. Shorter than most voice mails wait: a code there could
/// be heard by whoever guesses the mailbox's PIN.
const RING: &str = "20";

/// Who speaks a language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Voice {
    /// `voice` of `<Say>`.
    pub name: &'static str,
    /// `language` of `<Say>`.
    pub language: &'static str,
}

/// English, which is also what the text is in where nothing else is known.
const ENGLISH: Voice = Voice { name: "Polly.Joanna", language: "en-US" };

/// The voice of a language by its BCP 47 tag. It must be named: `language` alone leaves the choice to the
/// account's settings, and where these don't know the language nothing is said at all. The names are from
/// Twilio's list of standard voices; Amazon's where there is one, since Google's come and go.
pub fn voice(tag: &str) -> Option<Voice> {
    let (name, language) = match tag {
        "en" => return Some(ENGLISH),
        "ar" => ("Polly.Zeina", "arb"),
        "de" => ("Polly.Vicki", "de-DE"),
        "es" => ("Polly.Lucia", "es-ES"),
        "fr" => ("Polly.Lea", "fr-FR"),
        "he" => ("Google.he-IL-Standard-A", "he-IL"),
        "hi" => ("Polly.Aditi", "hi-IN"),
        "id" => ("Google.id-ID-Standard-A", "id-ID"),
        "it" => ("Polly.Bianca", "it-IT"),
        "ja" => ("Polly.Mizuki", "ja-JP"),
        "ko" => ("Polly.Seoyeon", "ko-KR"),
        "nl" => ("Polly.Lotte", "nl-NL"),
        "pl" => ("Polly.Ewa", "pl-PL"),
        "pt-BR" => ("Polly.Camila", "pt-BR"),
        "ru" => ("Polly.Tatyana", "ru-RU"),
        "tr" => ("Polly.Filiz", "tr-TR"),
        "uk" => ("Google.uk-UA-Standard-A", "uk-UA"),
        "zh-Hans" => ("Polly.Zhiyu", "cmn-CN"),
        _ => return None,
    };
    Some(Voice { name, language })
}

pub(super) fn form(sender: &Sender, message: &Outgoing) -> Result<String, SendError> {
    let Sender::From(from) = sender else {
        return Err(SendError::refused("service_can_not_call"));
    };
    let mut form = Serializer::new(String::new());
    form.append_pair("To", message.phone.as_e164())
        .append_pair("From", from)
        .append_pair("Twiml", &twiml(message))
        .append_pair("Timeout", RING);
    if let Some(url) = callback_url(message) {
        form.append_pair("StatusCallback", url)
            .append_pair("StatusCallbackEvent", "answered")
            .append_pair("StatusCallbackEvent", "completed");
    }
    Ok(form.finish())
}

/// Begins after a second: who picks up needs it to bring the phone to the ear.
fn twiml(message: &Outgoing) -> String {
    let Voice { name, language } = voice(&message.language).unwrap_or(ENGLISH);
    let words = escaped(&message.body);
    format!(
        "<Response><Pause length=\"1\"/><Say voice=\"{name}\" language=\"{language}\">{words}</Say></Response>"
    )
}

/// As character data of XML. What XML 1.0 can't hold at all (section 2.2) is left out: an app's name must not
/// keep its calls from being made, and no markup in it may become a verb.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for char in text.chars() {
        match char {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '\t' | '\n' | '\r' => escaped.push(' '),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
            other => escaped.push(other),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_words_and_never_verbs() {
        for (text, expected) in [
            ("Shop", "Shop"),
            ("B&B <Dial>\"'", "B&amp;B &lt;Dial&gt;\"'"),
            ("]]>", "]]&gt;"),
            ("a\u{0}\u{1b}\u{ffff}b\nc", "ab c"),
            ("&amp;", "&amp;amp;"),
            ("متجر", "متجر"),
        ] {
            assert_eq!(escaped(text), expected);
        }
    }
}

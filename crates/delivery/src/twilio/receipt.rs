//! Twilio's status callbacks: forms, signed by `X-Twilio-Signature`.

use aws_lc_rs::hmac;
use data_encoding::BASE64;
use url::{Url, form_urlencoded};

use super::AuthToken;
use crate::provider::{Callback, NoReceipt, Reason, Receipt};

/// Digits of Twilio's longest error number.
const LONGEST_CODE: usize = 6;

pub(super) fn read(token: &AuthToken, callback: &Callback<'_>) -> Result<Receipt, NoReceipt> {
    let signature = callback.headers.get("x-twilio-signature");
    let signature = signature.and_then(|value| BASE64.decode(value.as_bytes()).ok());
    let fields: Vec<(String, String)> =
        form_urlencoded::parse(callback.body).into_owned().collect();
    let signed = signature.is_some_and(|signature| {
        as_signed(callback.url).iter().any(|url| has_signed(token, &signature, url, &fields))
    });
    if !signed {
        return Err(NoReceipt::Unsigned);
    }
    let field = |name: &str| {
        fields.iter().find(|(field, _)| field == name).map(|(_, value)| value.as_str())
    };
    if let Some(status) = field("MessageStatus") {
        Ok(of_message(status, field("ErrorCode")))
    } else if let Some(status) = field("CallStatus") {
        Ok(of_call(status))
    } else {
        Err(NoReceipt::Malformed)
    }
}

/// Whether the account's token has signed the address followed by each parameter's name and value, in the order
/// of names. HMAC does not need collisions of SHA-1 to be hard. Compares in constant time.
fn has_signed(token: &AuthToken, signature: &[u8], url: &str, fields: &[(String, String)]) -> bool {
    let mut fields: Vec<_> = fields.iter().collect();
    fields.sort();
    // A parameter that repeats with the same value is signed once.
    fields.dedup();
    let mut signed = url.to_owned();
    for (name, value) in fields {
        signed.extend([name.as_str(), value.as_str()]);
    }
    let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, token.0.as_bytes());
    hmac::verify(&key, signed.as_bytes(), signature).is_ok()
}

/// The spellings of one address that Twilio signs: some of its products leave a port out or write the scheme's
/// own.
fn as_signed(url: &Url) -> Vec<String> {
    let host = url.host_str().unwrap_or_default();
    let with = |port: String| {
        let path = &url[url::Position::BeforePath..];
        format!("{}://{host}{port}{path}", url.scheme())
    };
    let port = url.port_or_known_default().map(|port| format!(":{port}")).unwrap_or_default();
    vec![with(String::new()), with(port)]
}

/// What does not end a message's way is no news, words that Twilio may add one day included.
fn of_message(status: &str, code: Option<&str>) -> Receipt {
    match status {
        "delivered" | "read" => Receipt::Delivered,
        "undelivered" => Receipt::Failed(reason(code, "twilio_undelivered")),
        "failed" => Receipt::Failed(reason(code, "twilio_failed")),
        _ => Receipt::Underway,
    }
}

fn reason(code: Option<&str>, without: &'static str) -> Reason {
    let is_code = |code: &&str| {
        (1..=LONGEST_CODE).contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_digit())
    };
    code.filter(is_code).map_or(Reason::Borrowed(without), |code| format!("twilio_{code}").into())
}

fn of_call(status: &str) -> Receipt {
    let failed = |reason: &'static str| Receipt::Failed(Reason::Borrowed(reason));
    match status {
        "in-progress" | "answered" | "completed" => Receipt::Delivered,
        "busy" => failed("call_busy"),
        "no-answer" => failed("call_no_answer"),
        "failed" => failed("call_failed"),
        "canceled" => failed("call_canceled"),
        _ => Receipt::Underway,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_documented_example_has_its_signature() {
        let field = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let fields = [
            field("To", "+18005551212"),
            field("CallSid", "CA1234567890ABCDE"),
            field("Caller", "+12349013030"),
            field("Digits", "1234"),
            field("From", "+12349013030"),
        ];
        let url = "https://mycompany.com/myapp.php?foo=1&bar=2";
        let signature = BASE64.decode(b"0/KCTR6DLpKmkAf8muzZqo1nDgQ=").unwrap();
        let token = |text: &str| AuthToken::new(text.to_owned());
        assert!(has_signed(&token("12345"), &signature, url, &fields));
        assert!(!has_signed(&token("12346"), &signature, url, &fields));
        assert!(!has_signed(&token("12345"), &signature, "https://mycompany.com/", &fields));
        assert!(!has_signed(&token("12345"), &signature, url, &fields[1..]));
        assert!(!has_signed(&token("12345"), &[], url, &fields));
    }

    #[test]
    fn an_address_is_signed_with_its_port_or_without() {
        for (url, spellings) in [
            ("https://a.example/r/1", ["https://a.example/r/1", "https://a.example:443/r/1"]),
            ("http://a.example/r/1", ["http://a.example/r/1", "http://a.example:80/r/1"]),
            ("https://a.example:8443/r", ["https://a.example/r", "https://a.example:8443/r"]),
        ] {
            assert_eq!(as_signed(&url.parse().unwrap()), spellings);
        }
    }
}

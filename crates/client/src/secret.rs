//! The API secret: where it comes from, and that it is never shown.

use std::fmt;
use std::sync::Arc;

use reqwest::header::HeaderValue;
use zeroize::Zeroizing;

use crate::error::{BoxError, Error};

/// An API secret, `onlyauth_sk_…`. Never printed; its memory is overwritten when it is dropped. (Copies that a
/// request's buffers hold while it is on its way are not.)
#[derive(Clone)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// Takes a secret's text. White space around it is cut off, since a file's last line brings some; so is the
    /// word `Bearer`.
    ///
    /// # Errors
    /// [`Error::Configuration`] where it is empty, or has characters that no secret has.
    pub fn new(text: impl Into<String>) -> Result<Self, Error> {
        let text = Zeroizing::new(text.into());
        let bare = without_scheme(text.trim());
        if bare.is_empty() {
            return Err(Error::Configuration(
                "the API secret is empty: pass one that `onlyauth secret create` printed"
                    .to_owned(),
            ));
        }
        if !bare.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(Error::Configuration(
                "the API secret has characters that no secret has: pass it as it was printed, \
                 without quotes or line breaks"
                    .to_owned(),
            ));
        }
        Ok(Self(Zeroizing::new(bare.to_owned())))
    }

    pub(crate) fn header(&self) -> Result<HeaderValue, Error> {
        let text = Zeroizing::new(format!("Bearer {}", self.0.as_str()));
        let mut value = HeaderValue::from_str(&text)
            .map_err(|_| Error::Configuration("the API secret can't be sent".to_owned()))?;
        value.set_sensitive(true);
        Ok(value)
    }
}

fn without_scheme(text: &str) -> &str {
    let (scheme, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    if scheme.eq_ignore_ascii_case("bearer") { rest.trim_start() } else { text }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(masked)")
    }
}

/// Gives the secret for each call, so that it can be replaced while the program runs.
pub type SecretProvider = dyn Fn() -> Result<Secret, BoxError> + Send + Sync;

/// Where the secret comes from.
#[derive(Clone)]
pub(crate) enum SecretSource {
    Fixed(Secret),
    Provider(Arc<SecretProvider>),
}

impl SecretSource {
    pub(crate) fn secret(&self) -> Result<Secret, Error> {
        match self {
            Self::Fixed(secret) => Ok(secret.clone()),
            Self::Provider(provider) => provider().map_err(Error::Secret),
        }
    }
}

impl fmt::Debug for SecretSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Fixed(_) => "Fixed(masked)",
            Self::Provider(_) => "Provider",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(text: &str) -> Option<String> {
        let header = Secret::new(text).ok()?.header().ok()?;
        Some(header.to_str().unwrap().to_owned())
    }

    #[test]
    fn a_secret_is_taken_with_what_usually_surrounds_it() {
        for text in
            ["onlyauth_sk_x", " onlyauth_sk_x\r\n", "Bearer onlyauth_sk_x", "bEARER  onlyauth_sk_x"]
        {
            assert_eq!(sent(text).as_deref(), Some("Bearer onlyauth_sk_x"), "{text:?}");
        }
        for text in ["", " \n", "Bearer ", "two words", "ünicode", "a\nb", "a\0b"] {
            assert_eq!(sent(text), None, "{text:?}");
        }
    }

    #[test]
    fn it_shows_nothing_of_itself() {
        let secret = Secret::new("onlyauth_sk_hush").unwrap();
        let fixed = SecretSource::Fixed(secret.clone());
        let provided = SecretSource::Provider(Arc::new({
            let secret = secret.clone();
            move || Ok(secret.clone())
        }));
        let shown = format!("{secret:?} {fixed:?} {provided:?} {:?}", secret.header().unwrap());
        assert!(!shown.contains("hush"), "{shown}");
        let refused = Secret::new("onlyauth_sk_hush hush").unwrap_err();
        assert!(!format!("{refused} {refused:?}").contains("hush"));
    }
}

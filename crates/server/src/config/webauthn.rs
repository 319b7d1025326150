//! `[webauthn]`: what passkeys belong to.

use onlyauth_core::factor::rp_id::{NoRpId, NotAnRpId, RpId};

use super::Config;
use super::section::{Section as _, section};
use super::setting::{Expectation, Setting, quoted};
use super::source::Values;
use super::value::Raw;

section! {
    /// Passkeys and security keys.
    WebAuthn = "webauthn";

    /// The domain that passkeys belong to, the WebAuthn RP ID: the host of every base URL, or a domain above all of
    /// them. Passkeys that were made under one RP ID are worth nothing under another, so set it before base URLs
    /// change. Empty: the host of the base URL; with several, the longest domain above them all.
    rp_id: Option<RpId> = None,
        unit "domain",
        why "With one base URL there is only one good answer.";
}

impl WebAuthn {
    pub(super) fn check(config: &Config, values: &mut Values) {
        let Some(rp_id) = &config.webauthn.rp_id else { return };
        if let Err(problem) = rp_id.check_hosts(config.hosts().iter().map(String::as_str)) {
            values.refuse_key(Self::NAME, "rp_id", problem.to_string());
        }
    }
}

impl Config {
    /// The RP ID of this installation.
    ///
    /// # Errors
    /// Why there is none, so that no passkeys can be used: a base URL with an IP address, or several without a domain
    /// in common.
    pub fn rp_id(&self) -> Result<RpId, NoRpId> {
        if let Some(rp_id) = &self.webauthn.rp_id {
            return Ok(rp_id.clone());
        }
        let hosts = self.hosts();
        RpId::of_hosts(&hosts.iter().map(String::as_str).collect::<Vec<_>>())
    }

    /// The origins at which the widget runs, as browsers write them.
    pub fn widget_origins(&self) -> Vec<String> {
        self.served_regions().iter().map(|served| served.base_url.origin()).collect()
    }

    /// The hosts at which the widget runs.
    fn hosts(&self) -> Vec<String> {
        self.served_regions().iter().map(|served| served.base_url.host()).collect()
    }
}

impl Setting for Option<RpId> {
    const KIND: &'static str = "a host name such as \"example.com\"";

    fn read(raw: &Raw) -> Result<Self, Expectation> {
        let text = raw.text().ok_or_else(|| Self::KIND.to_owned())?;
        if text.is_empty() {
            return Ok(None);
        }
        RpId::parse(text).map(Some).map_err(|error: NotAnRpId| error.to_string())
    }

    fn toml(&self) -> String {
        quoted(self.as_ref().map_or("", RpId::as_str))
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::load;

    const TWO: &str = "[[region]]\nname = \"us1\"\nbase_url = \"https://us.auth.example\"\n\
                       [[region]]\nname = \"eu-1\"\nbase_url = \"https://eu.auth.example\"\n";

    fn rp_id(file: &str) -> Option<String> {
        let config = load(file, &[], &[]).unwrap().config;
        config.rp_id().ok().map(|rp_id| rp_id.to_string())
    }

    #[test]
    fn it_is_the_host_of_the_base_url_unless_it_is_set() {
        for (file, expected) in [
            ("", Some("localhost")),
            ("[server]\nbase_url = \"https://login.example.com\"\n", Some("login.example.com")),
            (
                "[server]\nbase_url = \"https://login.example.com\"\n\
                 [webauthn]\nrp_id = \"example.com\"\n",
                Some("example.com"),
            ),
            ("[server]\nbase_url = \"http://127.0.0.1:8080\"\n", None),
            (TWO, Some("auth.example")),
        ] {
            assert_eq!(rp_id(file).as_deref(), expected, "{file}");
        }
    }

    #[test]
    fn one_that_a_base_url_can_not_use_is_refused() {
        for (file, expected) in [
            (
                format!("{TWO}[webauthn]\nrp_id = \"us.auth.example\"\n"),
                "FILE:8: webauthn.rp_id: eu.auth.example can't use the RP ID us.auth.example: it \
                 must be that host, or a domain above it that is no public suffix",
            ),
            (
                "[webauthn]\nrp_id = \"127.0.0.1\"\n".to_owned(),
                "FILE:2: webauthn.rp_id: expected a host name such as \"example.com\" in lower \
                 case, without scheme and port; an IP address can't be one, found \"127.0.0.1\"",
            ),
        ] {
            assert_eq!(load(&file, &[], &[]).unwrap_err(), [expected], "{file}");
        }
    }
}

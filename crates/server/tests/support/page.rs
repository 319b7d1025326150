//! A page of the widget, as a browser without JavaScript sees it.

/// A page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Page {
    pub(crate) status: u16,
    pub(crate) policy: String,
    pub(crate) html: String,
    /// What the browser is to keep, with all that is said about it.
    pub(crate) cookie: Option<String>,
}

impl Page {
    /// The name of the state that it shows.
    pub(crate) fn state(&self) -> &str {
        self.between("data-state=\"", "\"").unwrap_or("none")
    }

    /// The value of the first hidden field of this name.
    pub(crate) fn field(&self, name: &str) -> Option<&str> {
        self.between(&format!("name=\"{name}\" value=\""), "\"")
    }

    /// Where 'Continue' leads.
    pub(crate) fn target(&self) -> Option<String> {
        let at = self.html.find("id=\"continue\"")?;
        let rest = &self.html[at..];
        let start = rest.find("href=\"")? + 6;
        let end = rest[start..].find('"')?;
        Some(rest[start..start + end].replace("&#38;", "&").replace("&amp;", "&"))
    }

    /// The success token on the way home.
    pub(crate) fn success_token(&self) -> Option<String> {
        let target = url::Url::parse(&self.target()?).unwrap();
        target.query_pairs().find(|(name, _)| name == "token").map(|(_, value)| value.into_owned())
    }

    /// What 'N tries left' says.
    pub(crate) fn tries_left(&self) -> Option<u32> {
        let at = self.html.find(" left.")?;
        self.html[..at].split_whitespace().rev().nth(1)?.parse().ok()
    }

    /// What a passkey is asked, as the page's script reads it.
    pub(crate) fn options(&self) -> Option<String> {
        let text = self.between("data-options=\"", "\"")?;
        Some(text.replace("&#34;", "\"").replace("&quot;", "\"").replace("&#38;", "&"))
    }

    fn between(&self, start: &str, end: &str) -> Option<&str> {
        let at = self.html.find(start)? + start.len();
        let length = self.html[at..].find(end)?;
        Some(&self.html[at..at + length])
    }
}

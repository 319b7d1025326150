//! `[[region]]`: the base URLs that the widget is served from, one table for each. One installation, one
//! database, several addresses.

use onlyauth_core::region::Region;

use super::Config;
use super::base_url::BaseUrl;
use super::section::{Section, section};
use super::setting::{Expectation, Setting, quoted};
use super::source::Values;
use super::value::Raw;

section! {
    /// A region, which names a base URL that the widget is served from. Write the table once for each; without
    /// any there is one, us-1, at server.base_url.
    RegionTable = "region";

    /// What access tokens ask for, such as us-1. A hyphen may be left out by callers: us1 means us-1. Required.
    name: Option<Region> = None,
        unit "name",
        why "The published clients send us-1 where nothing else is asked of them.";

    /// The address under which browsers reach the widget of this region. Required.
    base_url: Option<BaseUrl> = None,
        unit "origin",
        why "Each region has an address of its own; all of them may lead to the same server.";
}

/// The region that there is when none is configured: what the published clients ask for.
const ONLY: &str = "us-1";

/// A region, complete.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServedRegion {
    /// What access tokens ask for.
    pub name: Region,
    /// Where its widget is.
    pub base_url: BaseUrl,
}

impl Config {
    /// Every region that access tokens may ask for; at least one.
    pub fn served_regions(&self) -> Vec<ServedRegion> {
        if !self.regions.is_empty() {
            return self.regions.clone();
        }
        let only = Region::parse(ONLY)
            .map(|name| ServedRegion { name, base_url: self.server.base_url.clone() });
        only.into_iter().collect()
    }

    /// Whether one of [`Config::served_regions`] has this name.
    pub fn serves(&self, region: &Region) -> bool {
        if self.regions.is_empty() {
            return region.as_str() == ONLY;
        }
        self.regions.iter().any(|served| served.name == *region)
    }

    /// Where the widget of a region is. One that a token or an action named and that is no longer configured has
    /// the server's own address.
    pub fn base_url_of(&self, region: &str) -> BaseUrl {
        let mut regions = self.regions.iter();
        let found = regions.find(|served| served.name.as_str() == region);
        found.map_or(&self.server.base_url, |served| &served.base_url).clone()
    }

    /// Whether browsers reach the widget over TLS only.
    pub fn is_https(&self) -> bool {
        if self.regions.is_empty() {
            return self.server.base_url.is_https();
        }
        self.regions.iter().all(|served| served.base_url.is_https())
    }

    /// Every address that is this server's: those of the regions, and the server's own.
    pub fn base_urls(&self) -> impl Iterator<Item = &BaseUrl> {
        self.regions.iter().map(|served| &served.base_url).chain([&self.server.base_url])
    }
}

/// Reads every table. One with a problem is reported and left out.
pub(super) fn read_all(values: &mut Values) -> Vec<ServedRegion> {
    let mut regions: Vec<ServedRegion> = Vec::new();
    for place in values.tables(RegionTable::NAME) {
        let table = RegionTable::read(values, &place);
        let name = required(values, &place, "name", table.name);
        let base_url = required(values, &place, "base_url", table.base_url);
        let (Some(name), Some(base_url)) = (name, base_url) else { continue };
        if regions.iter().any(|other| other.name == name) {
            let message = format!("expected a name of its own, found \"{name}\" again");
            values.refuse_key(&place, "name", message);
        }
        if regions.iter().any(|other| other.base_url == base_url) {
            // Two names of one address would not tell where a widget belongs.
            let message =
                format!("expected an address of its own, found {} again", base_url.toml());
            values.refuse_key(&place, "base_url", message);
        }
        for message in base_url.doubts() {
            values.warn_key(&place, "base_url", message);
        }
        regions.push(ServedRegion { name, base_url });
    }
    regions
}

fn required<T>(values: &mut Values, place: &str, key: &str, value: Option<T>) -> Option<T> {
    if value.is_none() && !values.is_refused(place, key) {
        values.refuse_key(place, key, "expected a value, found none".to_owned());
    }
    value
}

impl Setting for Option<Region> {
    const KIND: &'static str = "a region name such as \"us-1\"";

    fn read(raw: &Raw) -> Result<Self, Expectation> {
        let region = raw.text().and_then(|text| Region::parse(text).ok());
        region.map(Some).ok_or_else(|| Self::KIND.to_owned())
    }

    fn toml(&self) -> String {
        quoted(self.as_ref().map_or("", Region::as_str))
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::load;
    const TWO: &str = "[[region]]\nname = \"us1\"\nbase_url = \"https://us.auth.example\"\n\
                       [[region]]\nname = \"eu-1\"\nbase_url = \"https://eu.auth.example\"\n";

    #[test]
    fn each_region_has_its_address_and_an_unknown_one_the_servers_own() {
        let config = load(TWO, &[], &[]).unwrap().config;
        let names: Vec<String> =
            config.served_regions().iter().map(|served| served.name.to_string()).collect();
        assert_eq!(names, ["us-1", "eu-1"]);
        for (region, served) in [("us-1", true), ("eu-1", true), ("ap-1", false)] {
            assert_eq!(
                config.serves(&onlyauth_core::region::Region::parse(region).unwrap()),
                served,
                "{region}"
            );
        }
        assert!(
            crate::config::Config::default()
                .serves(&onlyauth_core::region::Region::parse("us1").unwrap())
        );
        assert!(
            !crate::config::Config::default()
                .serves(&onlyauth_core::region::Region::parse("eu-1").unwrap())
        );
        for (region, address) in [
            ("us-1", "https://us.auth.example"),
            ("eu-1", "https://eu.auth.example"),
            ("ap-1", "http://localhost:8080"),
        ] {
            assert_eq!(config.base_url_of(region).origin(), address, "{region}");
        }
    }

    #[test]
    fn without_tables_there_is_one_region_at_the_servers_address() {
        let file = "[server]\nbase_url = \"https://auth.example\"\n";
        let config = load(file, &[], &[]).unwrap().config;
        let regions = config.served_regions();
        assert_eq!(regions.len(), 1);
        assert_eq!(regions[0].name.as_str(), "us-1");
        assert_eq!(regions[0].base_url.origin(), "https://auth.example");
    }

    #[test]
    fn names_and_addresses_are_given_and_unique() {
        for (file, expected) in [
            (
                TWO.replace("eu-1", "US-1"),
                vec!["FILE:5: region[2].name: expected a name of its own, found \"us-1\" again"],
            ),
            (
                TWO.replace("https://eu.auth.example", "https://US.auth.example:443"),
                vec![
                    "FILE:6: region[2].base_url: expected an address of its own, found \"https://us.auth.example\" again",
                ],
            ),
            (
                "[[region]]\nname = \"moon\"\n".to_owned(),
                vec![
                    "FILE:2: region[1].name: expected a region name such as \"us-1\", found \"moon\"",
                    "FILE:1: region[1].base_url: expected a value, found none",
                ],
            ),
            (
                "[region]\nname = \"us-1\"\n".to_owned(),
                vec!["FILE:2: write [[region]]: there may be several"],
            ),
        ] {
            assert_eq!(load(&file, &[], &[]).unwrap_err(), expected, "{file}");
        }
    }

    #[test]
    fn an_address_deserves_the_same_second_look_as_the_servers_own() {
        for (url, word) in [("http://auth.example", "not https"), ("https://192.0.2.1", "RP ID")] {
            let loaded = load(&TWO.replace("https://eu.auth.example", url), &[], &[]).unwrap();
            assert_eq!(loaded.warnings.len(), 1, "{url}");
            assert!(loaded.warnings[0].message.contains(word), "{}", loaded.warnings[0]);
        }
    }
}

//! Whether a page may embed an app's widget: the rule of `frame-ancestors`, for places where no browser enforces it.

use super::AppSettings;
use crate::web_address::WebAddress;

impl AppSettings {
    /// Whether a page of `origin` (as browsers write origins) is among those that may embed the widget.
    pub fn may_embed(&self, origin: &str) -> bool {
        let Ok(address) = WebAddress::parse(origin) else { return false };
        // Browsers have one spelling for an origin; another one is no browser's.
        address.origin() == origin
            && self.frame_ancestors().iter().any(|source| matches(source, origin, address.host()))
    }
}

/// One source expression: an origin, `scheme://*.domain`, or `scheme://host:*` (CSP level 3, section 6.7.2.8).
fn matches(source: &str, origin: &str, host: &str) -> bool {
    if let Some((scheme, domain)) = source.split_once("://*.") {
        let bare = origin == format!("{scheme}://{host}");
        return bare && host.strip_suffix(domain).is_some_and(|rest| rest.ends_with('.'));
    }
    if let Some(any_port) = source.strip_suffix(":*") {
        let rest = origin.strip_prefix(any_port);
        return rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(':'));
    }
    source == origin
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn row_26_who_may_embed_is_who_frame_ancestors_names() {
        let live = AppSettings {
            app_domain: "shop.example".into(),
            sandbox_mode: false,
            ..AppSettings::default()
        };
        let sandbox = AppSettings { sandbox_mode: true, ..live.clone() };
        let listed = AppSettings {
            origins: vec!["https://shop.example:8443".into(), "http://app.localhost:3000".into()],
            ..live.clone()
        };
        for (app, origin, may) in [
            (&live, "https://shop.example", true),
            (&live, "https://www.shop.example", true),
            (&live, "https://a.b.shop.example", true),
            (&live, "https://shop.example:8443", false),
            (&live, "https://www.shop.example:8443", false),
            (&live, "http://shop.example", false),
            (&live, "https://evilshop.example", false),
            (&live, "https://shop.example.evil.example", false),
            (&live, "https://Shop.example", false),
            (&live, "https://shop.example/", false),
            (&live, "https://shop.example/path", false),
            (&live, "https://shop.example@evil.example", false),
            (&live, "http://localhost:3000", false),
            (&live, "null", false),
            (&live, "", false),
            (&sandbox, "http://localhost:3000", true),
            (&sandbox, "http://localhost", true),
            (&sandbox, "http://127.0.0.1:1", true),
            (&sandbox, "http://localhost.evil.example", false),
            (&sandbox, "https://localhost:3000", false),
            (&listed, "https://shop.example:8443", true),
            (&listed, "http://app.localhost:3000", true),
            (&listed, "https://shop.example", false),
            (&listed, "http://app.localhost:3001", false),
        ] {
            assert_eq!(app.may_embed(origin), may, "{origin}");
        }
    }
}

//! What pages that embed the widget fetch: the element `<onlyauth-widget>`, its rarer texts, and the schema of its
//! events.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Router;
use axum::extract::Path;
use axum::extract::rejection::PathRejection;
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use fluent_bundle::FluentArgs;
use serde::Serialize;

use crate::asset::{self, Asset, Caching, Effort};
use crate::config::Config;
use crate::error::ApiError;
use crate::locale::Locale;

const SCRIPT: &str = include_str!("../../assets/embed.js");
const SCHEMA: &str = include_str!("../../../../docs/reference/widget-events.schema.json");

/// The places in the script that are filled in.
const BASES: &str = "const bases = new Map([]);";
const TEXTS: &str = "const texts = new Map([]);";

/// Short, since the addresses don't change with the content.
const CACHING: Caching = Caching::Seconds(300);

const JAVASCRIPT: &str = "text/javascript; charset=utf-8";

/// The addresses, with what stays the same until the server ends made once.
pub(crate) fn router<S: Clone + Send + Sync + 'static>(config: &Config) -> Router<S> {
    let script = Arc::new(Asset::new(JAVASCRIPT, script(config), Effort::Most));
    let schema = Arc::new(Asset::new("application/schema+json", SCHEMA, Effort::Most));
    let texts = Arc::new(rarer_texts());
    let file =
        |file: Arc<Asset>| get(move |headers: HeaderMap| async move { answer(&file, &headers) });
    Router::new()
        .route("/v1/embed.js", file(script))
        .route("/v1/events.schema.json", file(schema))
        .route(
            "/v1/texts/{name}",
            get(|name: Result<Path<String>, PathRejection>, headers: HeaderMap| async move {
                let text =
                    name.ok().and_then(|Path(name)| Some(answer(texts.get(&name)?, &headers)));
                text.unwrap_or_else(|| ApiError::NotFound.into_response())
            }),
        )
}

/// A file that any page may fetch from any site.
fn answer(file: &Asset, request: &HeaderMap) -> Response {
    let mut response = asset::respond(file, request, CACHING);
    let headers = response.headers_mut();
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    let policy = HeaderName::from_static("cross-origin-resource-policy");
    headers.insert(policy, HeaderValue::from_static("cross-origin"));
    response
}

/// The script as it is served: with the regions and the texts, without what only people read.
fn script(config: &Config) -> String {
    let regions = config.served_regions();
    let bases: Vec<_> =
        regions.iter().map(|served| (served.name.as_str(), served.base_url.origin())).collect();
    let texts: Vec<_> = primary_subtags()
        .map(|(subtag, locale)| {
            let texts = [say(locale, "choose-title"), say(locale, "close")];
            (subtag, (locale.direction(), texts[0].clone(), texts[1].clone()))
        })
        .collect();
    asset::lean(SCRIPT)
        .replace(BASES, &BASES.replace("[]", &json(&bases)))
        .replace(TEXTS, &TEXTS.replace("[]", &json(&texts)))
}

/// What is said where the frame can't be shown, as a module for each language: a module needs no more of the page's
/// policy than the script itself.
fn rarer_texts() -> BTreeMap<String, Asset> {
    let module = |(subtag, locale): (&str, &Locale)| {
        let texts = [say(locale, "frame-blocked-text"), say(locale, "frame-blocked-open")];
        let module = format!("export default {};\n", json(&texts));
        (format!("{subtag}.js"), Asset::new(JAVASCRIPT, module, Effort::Most))
    };
    primary_subtags().map(module).collect()
}

/// The languages by the first part of their tags, which is all that tells ours apart.
fn primary_subtags() -> impl Iterator<Item = (&'static str, &'static Locale)> {
    Locale::all().iter().flat_map(|locale| {
        let tags = std::iter::once(locale.tag()).chain(locale.also().iter().copied());
        let mut subtags: Vec<_> = tags.map(|tag| tag.split('-').next().unwrap_or(tag)).collect();
        subtags.dedup();
        subtags.into_iter().map(move |subtag| (subtag, locale))
    })
}

fn say(locale: &Locale, id: &str) -> String {
    locale.text(id, &FluentArgs::new()).into_owned()
}

/// JSON is JavaScript too (ECMA-262, since 2019 without exception).
fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_else(|_| "[]".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_is_filled_in_and_small() {
        for place in [BASES, TEXTS] {
            assert_eq!(SCRIPT.matches(place).count(), 1, "{place}");
        }
        let script = script(&Config::default());
        assert!(script.contains("new Map([[\"us-1\",\"http://localhost:8080\"]]);"), "{script}");
        assert!(
            script.contains("[\"de\",[\"ltr\",\"Bestätigen Sie, dass Sie es sind\","),
            "{script}"
        );
        for gone in [BASES, TEXTS, "/**", "\n ", "\u{fffd}"] {
            assert!(!script.contains(gone), "{gone:?} in {script}");
        }
    }

    #[test]
    fn the_first_part_of_a_tag_tells_languages_apart() {
        let mut subtags: Vec<_> = primary_subtags().map(|(subtag, _)| subtag).collect();
        assert_eq!(subtags.len(), 20, "eighteen, and two that have a second one");
        for (subtag, locale) in primary_subtags() {
            assert_eq!(Locale::named(subtag).tag(), locale.tag());
            assert_eq!(Locale::named(&format!("{subtag}-Latn-ZZ")).tag(), locale.tag());
        }
        subtags.sort_unstable();
        subtags.dedup();
        assert_eq!(subtags.len(), 20);
    }
}

//! The widget's style sheet and script, under addresses that change with their content.

use std::sync::{Arc, LazyLock};

use axum::Router;
use axum::extract::Path;
use axum::extract::rejection::PathRejection;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use moka::sync::Cache;
use onlyauth_core::app::Theme;

use super::style_sheet;
use crate::asset::{self, Asset, Effort};
use crate::error::ApiError;
use crate::service::Service;

/// How many themed style sheets are kept. Anybody can ask for any theme, so their number must have an end;
/// the ones that are asked for most stay.
const MOST_SHEETS: u64 = 500;

const CSS: &str = "text/css; charset=utf-8";
const JS: &str = "text/javascript; charset=utf-8";

static SCRIPT: LazyLock<Asset> =
    LazyLock::new(|| script_of(include_str!("../../assets/widget.js")));

/// For passkeys: only pages that ask for one load it.
static WEBAUTHN: LazyLock<Asset> =
    LazyLock::new(|| script_of(include_str!("../../assets/webauthn.js")));

/// For backup codes: only the page that shows them loads it.
static BACKUP_CODES: LazyLock<Asset> =
    LazyLock::new(|| script_of(include_str!("../../assets/backup-codes.js")));

/// For browsers that know no modules.
static OLD_BROWSER: LazyLock<Asset> =
    LazyLock::new(|| script_of(include_str!("../../assets/old-browser.js")));

/// The sheet that most pages use.
static SHEET: LazyLock<Asset> =
    LazyLock::new(|| Asset::new(CSS, style_sheet::write(&Theme::default()), Effort::Most));

static SHEETS: LazyLock<Cache<Theme, Arc<Asset>>> = LazyLock::new(|| Cache::new(MOST_SHEETS));

fn script_of(source: &str) -> Asset {
    Asset::new(JS, asset::lean(source), Effort::Most)
}

pub(super) fn router() -> Router<Service> {
    Router::new()
        .route("/assets/{version}/widget.js", get(script))
        .route("/assets/{version}/webauthn.js", get(webauthn))
        .route("/assets/{version}/backup-codes.js", get(backup_codes))
        .route("/assets/{version}/old-browser.js", get(old_browser))
        .route("/assets/{version}/widget.css", get(plain_sheet))
        .route("/assets/{version}/{theme}/widget.css", get(themed_sheet))
}

/// The address of the script, on the widget's own origin.
pub(super) fn script_address() -> String {
    format!("/assets/{}/widget.js", SCRIPT.version())
}

/// The address of the script for passkeys.
pub(super) fn webauthn_address() -> String {
    format!("/assets/{}/webauthn.js", WEBAUTHN.version())
}

/// The address of the script for backup codes.
pub(super) fn backup_codes_address() -> String {
    format!("/assets/{}/backup-codes.js", BACKUP_CODES.version())
}

/// The address of the script for browsers that know no modules.
pub(super) fn old_browser_address() -> String {
    format!("/assets/{}/old-browser.js", OLD_BROWSER.version())
}

/// The address of the style sheet for a theme, on the widget's own origin. The theme is part of the address, so
/// that a page needs one sheet and no style of its own, which its policy forbids.
pub(super) fn stylesheet(theme: &Theme) -> String {
    let segment = theme.to_segment();
    if segment.is_empty() {
        return format!("/assets/{}/widget.css", SHEET.version());
    }
    format!("/assets/{}/{segment}/widget.css", sheet(theme).version())
}

fn sheet(theme: &Theme) -> Arc<Asset> {
    if let Some(sheet) = SHEETS.get(theme) {
        return sheet;
    }
    let sheet = Arc::new(Asset::new(CSS, style_sheet::write(theme), Effort::Little));
    SHEETS.insert(theme.clone(), sheet.clone());
    sheet
}

async fn script(path: Result<Path<String>, PathRejection>, request: HeaderMap) -> Response {
    let Ok(Path(version)) = path else { return ApiError::NotFound.into_response() };
    respond(&SCRIPT, &version, &request)
}

async fn webauthn(path: Result<Path<String>, PathRejection>, request: HeaderMap) -> Response {
    let Ok(Path(version)) = path else { return ApiError::NotFound.into_response() };
    respond(&WEBAUTHN, &version, &request)
}

async fn backup_codes(path: Result<Path<String>, PathRejection>, request: HeaderMap) -> Response {
    let Ok(Path(version)) = path else { return ApiError::NotFound.into_response() };
    respond(&BACKUP_CODES, &version, &request)
}

async fn old_browser(path: Result<Path<String>, PathRejection>, request: HeaderMap) -> Response {
    let Ok(Path(version)) = path else { return ApiError::NotFound.into_response() };
    respond(&OLD_BROWSER, &version, &request)
}

async fn plain_sheet(path: Result<Path<String>, PathRejection>, request: HeaderMap) -> Response {
    let Ok(Path(version)) = path else { return ApiError::NotFound.into_response() };
    respond(&SHEET, &version, &request)
}

async fn themed_sheet(
    path: Result<Path<(String, String)>, PathRejection>,
    request: HeaderMap,
) -> Response {
    let Ok(Path((version, segment))) = path else { return ApiError::NotFound.into_response() };
    let Some(theme) = Theme::from_segment(&segment) else {
        return ApiError::NotFound.into_response();
    };
    respond(&sheet(&theme), &version, &request)
}

/// Any version's address gives the present content; only the present version's may be kept for ever.
fn respond(asset: &Asset, version: &str, request: &HeaderMap) -> Response {
    asset::respond(asset, request, asset.caching_at(version))
}

#[cfg(test)]
mod tests {
    use axum::http::header;
    use http_body_util::BodyExt;

    use super::*;

    /// The most that a theme can say.
    const FULLEST: &str = "p006644-bfff8f0-t101010-d700000-P7fe0b0-B101820-Tf0f0f0-Dffb0a0-r24-\
                           fgrotesque-c";

    async fn weight(asset: &Asset, coding: &'static str) -> usize {
        let mut request = HeaderMap::new();
        request.insert(header::ACCEPT_ENCODING, coding.parse().unwrap());
        let response = respond(asset, asset.version(), &request);
        assert_eq!(response.headers()["content-encoding"], coding);
        response.into_body().collect().await.unwrap().to_bytes().len()
    }

    #[tokio::test]
    async fn what_is_sent_is_light() {
        let themed = sheet(&Theme::from_segment(FULLEST).unwrap());
        for (name, asset, most) in [
            ("script", &*SCRIPT, 6_000),
            ("passkeys", &*WEBAUTHN, 2_000),
            ("sheet", &*SHEET, 4_000),
            ("themed", &*themed, 4_000),
        ] {
            for coding in ["br", "gzip"] {
                let bytes = weight(asset, coding).await;
                assert!(bytes <= most, "{name} by {coding} has {bytes} bytes, at most {most}");
            }
        }
    }

    #[test]
    fn each_look_has_an_address_of_its_own() {
        let ours = stylesheet(&Theme::default());
        assert_eq!(ours, format!("/assets/{}/widget.css", SHEET.version()));
        let theme = Theme::from_segment(FULLEST).unwrap();
        let address = stylesheet(&theme);
        assert_eq!(address, format!("/assets/{}/{FULLEST}/widget.css", sheet(&theme).version()));
        assert_ne!(sheet(&theme).version(), SHEET.version());
        let same = Theme { radius: Some(10), ..Theme::default() };
        assert_eq!(stylesheet(&same), ours);
    }
}

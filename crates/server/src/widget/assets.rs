//! The widget's style sheet and script, under an address that changes with their content.

use std::sync::LazyLock;

use axum::extract::Path;
use axum::extract::rejection::PathRejection;
use axum::http::header;
use axum::response::{IntoResponse, Response};

use crate::error::ApiError;

struct Asset {
    name: &'static str,
    kind: &'static str,
    content: &'static str,
}

const ASSETS: [Asset; 3] = [
    Asset {
        name: "widget.css",
        kind: "text/css; charset=utf-8",
        content: include_str!("../../assets/widget.css"),
    },
    Asset {
        name: "widget.js",
        kind: "text/javascript; charset=utf-8",
        content: include_str!("../../assets/widget.js"),
    },
    Asset {
        name: "old-browser.js",
        kind: "text/javascript; charset=utf-8",
        content: include_str!("../../assets/old-browser.js"),
    },
];

/// Changes whenever an asset does.
static VERSION: LazyLock<String> = LazyLock::new(|| {
    let mut context = aws_lc_rs::digest::Context::new(&aws_lc_rs::digest::SHA256);
    for asset in ASSETS {
        context.update(asset.content.as_bytes());
    }
    data_encoding::HEXLOWER.encode(&context.finish().as_ref()[..8])
});

/// The address of an asset, on the widget's own origin.
pub(super) fn address(name: &str) -> String {
    format!("/assets/{}/{name}", *VERSION)
}

/// Any version's address gives the present content; only the present version's may be kept for ever.
pub(super) async fn serve(path: Result<Path<(String, String)>, PathRejection>) -> Response {
    let Ok(Path((version, name))) = path else { return ApiError::NotFound.into_response() };
    let Some(asset) = ASSETS.iter().find(|asset| asset.name == name) else {
        return ApiError::NotFound.into_response();
    };
    let cache =
        if version == *VERSION { "public, max-age=31536000, immutable" } else { "no-store" };
    let headers = [
        (header::CONTENT_TYPE, asset.kind),
        (header::CACHE_CONTROL, cache),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    (headers, asset.content).into_response()
}

//! The published description of the API, made from the very types that read and write it.

use utoipa::OpenApi;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};

/// What is not said at an operation.
#[derive(Debug, OpenApi)]
#[openapi(
    info(
        title = "OnlyAuth",
        description = "A self-hosted second factor for any login page.\n\n\
            Send bodies as application/x-www-form-urlencoded and an API secret as bearer token. \
            Errors are JSON with `error`, `code` and `errors`.",
        license(name = "MIT OR Apache-2.0", identifier = "MIT OR Apache-2.0")
    ),
    servers((url = "http://localhost:8080", description = "A server on this machine")),
    tags(
        (name = "Authentication", description = "Access tokens for the widget, success tokens from it."),
        (name = "Apps", description = "Containers of settings, one for each site."),
        (name = "Sandbox", description = "What sandbox apps would have sent."),
    )
)]
struct Description;

/// The document as pretty-printed JSON, with a newline at its end.
pub fn document() -> Result<String, serde_json::Error> {
    let (_, mut document) = super::operations().split_for_parts();
    document.merge(Description::openapi());
    let about = Description::openapi();
    document.info = about.info;
    document.servers = about.servers;
    document.tags = about.tags;
    let bearer = HttpBuilder::new()
        .scheme(HttpAuthScheme::Bearer)
        .description(Some("An API secret: onlyauth_sk_…"))
        .build();
    document
        .components
        .get_or_insert_default()
        .add_security_scheme("bearer_auth", SecurityScheme::Http(bearer));
    Ok(serde_json::to_string_pretty(&document)? + "\n")
}

//! The small window for passkeys, where a frame may not ask for them.
//!
//! Row 44: nothing in its address names a login. The frame that opened it, and no other page, hands the challenge over by
//! postMessage, once, and takes the answer back the same way; whoever is sent the address alone finds an empty window.

use axum::extract::RawQuery;
use axum::response::Response;
use onlyauth_core::factor::webauthn::Ceremony;

use crate::form;
use crate::locale::Locale;
use crate::widget::place::SchemeWish;
use crate::widget::view;

/// The address of the window.
pub(in crate::widget) const PATH: &str = "/client/passkey";
/// What its address says where a passkey is to be made.
const CREATE: &str = "create";

/// The window, in the language and colours of the frame, and in the words of what it is opened for. What it asks the browser is
/// said by the frame.
pub(in crate::widget) async fn window(RawQuery(query): RawQuery) -> Response {
    let query = query.unwrap_or_default();
    let fields = form::known(&query, &["language", "for"]).unwrap_or_default();
    let value =
        |name: &str| fields.iter().find(|(field, _)| field == name).map(|(_, v)| v.as_str());
    let language = Locale::named(value("language").unwrap_or("en"));
    let ceremony = if value("for") == Some(CREATE) { Ceremony::Create } else { Ceremony::Get };
    view::passkey_window(language, SchemeWish::read(&query), ceremony).into_response()
}

/// Where a frame in this language and these colours opens it.
pub(in crate::widget) fn address(language: &str, scheme: SchemeWish, ceremony: Ceremony) -> String {
    let theme = scheme.forced().map(|theme| format!("&theme={theme}")).unwrap_or_default();
    let purpose = match ceremony {
        Ceremony::Get => String::new(),
        Ceremony::Create => format!("&for={CREATE}"),
    };
    format!("{PATH}?language={language}{theme}{purpose}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn row_44_its_address_names_no_login() {
        for (ceremony, scheme, expected) in [
            (Ceremony::Get, SchemeWish::Device, "/client/passkey?language=pt-BR"),
            (Ceremony::Get, SchemeWish::Dark, "/client/passkey?language=pt-BR&theme=dark"),
            (Ceremony::Create, SchemeWish::Device, "/client/passkey?language=pt-BR&for=create"),
        ] {
            assert_eq!(address("pt-BR", scheme, ceremony), expected);
        }
    }
}

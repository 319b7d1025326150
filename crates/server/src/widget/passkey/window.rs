//! The small window for passkeys, where a frame may not ask for them.
//!
//! Row 44: nothing in its address names a login. The frame that opened it, and no other page, hands the challenge over by
//! postMessage, once, and takes the answer back the same way; whoever is sent the address alone finds an empty window.

use axum::extract::RawQuery;
use axum::response::Response;

use crate::form;
use crate::locale::Locale;
use crate::widget::place::SchemeWish;
use crate::widget::view;

/// The address of the window.
pub(in crate::widget) const PATH: &str = "/client/passkey";

/// The window, in the language and colours of the frame.
pub(in crate::widget) async fn window(RawQuery(query): RawQuery) -> Response {
    let query = query.unwrap_or_default();
    let fields = form::known(&query, &["language"]).unwrap_or_default();
    let language = fields.first().map_or("en", |(_, value)| value.as_str());
    view::passkey_window(Locale::named(language), SchemeWish::read(&query)).into_response()
}

/// Where a frame in this language and these colours opens it.
pub(in crate::widget) fn address(language: &str, scheme: SchemeWish) -> String {
    let theme = scheme.forced().map(|theme| format!("&theme={theme}")).unwrap_or_default();
    format!("{PATH}?language={language}{theme}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn row_44_its_address_names_no_login() {
        assert_eq!(address("pt-BR", SchemeWish::Device), "/client/passkey?language=pt-BR");
        assert_eq!(address("en", SchemeWish::Dark), "/client/passkey?language=en&theme=dark");
    }
}

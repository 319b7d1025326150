//! What a browser finds in a page of the widget: its forms with their hidden fields, and the way home.

use std::borrow::Cow;

/// The inside of the form with this id.
pub(crate) fn form<'a>(page: &'a str, id: &str) -> Option<&'a str> {
    let mut rest = page;
    while let Some(at) = rest.find("<form ") {
        let form = &rest[at..];
        let tag_end = form.find('>')?;
        let end = form.find("</form>")?;
        if attribute(&form[..tag_end], "id").as_deref() == Some(id) {
            return Some(&form[tag_end + 1..end]);
        }
        rest = &form[end..];
    }
    None
}

/// The hidden fields of a form, in order.
pub(crate) fn hidden(form: &str) -> impl Iterator<Item = (Cow<'_, str>, Cow<'_, str>)> {
    tags(form, "<input ")
        .filter(|tag| attribute(tag, "type").as_deref() == Some("hidden"))
        .filter_map(|tag| {
            let name = attribute(tag, "name")?;
            Some((name, attribute(tag, "value").unwrap_or_default()))
        })
}

/// The value of the first button of this name that sends the form with this id.
pub(crate) fn button<'a>(page: &'a str, form: &str, name: &str) -> Option<Cow<'a, str>> {
    tags(page, "<button ")
        .find(|tag| {
            attribute(tag, "form").as_deref() == Some(form)
                && attribute(tag, "name").as_deref() == Some(name)
        })
        .and_then(|tag| attribute(tag, "value"))
}

/// An attribute of the link with this id.
pub(crate) fn link<'a>(page: &'a str, id: &str, name: &str) -> Option<Cow<'a, str>> {
    let tag = tags(page, "<a ").find(|tag| attribute(tag, "id").as_deref() == Some(id))?;
    attribute(tag, name)
}

/// Every tag that begins so, without its end.
fn tags<'a>(text: &'a str, start: &'static str) -> impl Iterator<Item = &'a str> {
    text.match_indices(start).filter_map(|(at, _)| {
        let tag = &text[at..];
        Some(&tag[..tag.find('>')?])
    })
}

/// The value of an attribute of a tag.
fn attribute<'a>(tag: &'a str, name: &str) -> Option<Cow<'a, str>> {
    let mut rest = tag;
    loop {
        let at = rest.find(name)?;
        let before = rest[..at].ends_with(' ');
        rest = &rest[at + name.len()..];
        if let (true, Some(value)) = (before, rest.strip_prefix("=\"")) {
            return Some(unescape(&value[..value.find('"')?]));
        }
    }
}

/// Undoes the escapes of the server's templates.
fn unescape(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut plain = text.to_owned();
    for (escape, character) in [
        ("&#38;", "&"),
        ("&#60;", "<"),
        ("&#62;", ">"),
        ("&#34;", "\""),
        ("&#39;", "'"),
        ("&amp;", "&"),
    ] {
        plain = plain.replace(escape, character);
    }
    Cow::Owned(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = r#"<form method="post" action="/client" id="check">
<input type="hidden" name="token" value="a.b-c"><input type="hidden" name="do" value="check">
<input id="code" name="code" type="text" required></form>
<button form="resume" name="do" value="choose" class="x">…</button>
<button form="resume" name="channel" value="sms" class="primary">Text me</button>
<a id="continue" href="https://shop.example/?a=1&#38;b=&#34;2" data-token="TOKN-1">Go</a>
<form method="post" action="/client" id="resume" hidden><input type="hidden" name="sends" value="0"></form>"#;

    #[test]
    fn forms_are_found_by_their_id_and_give_their_hidden_fields() {
        let fields = |id| -> Vec<(String, String)> {
            let form = form(PAGE, id).unwrap();
            hidden(form).map(|(name, value)| (name.into_owned(), value.into_owned())).collect()
        };
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        assert_eq!(fields("check"), [pair("token", "a.b-c"), pair("do", "check")]);
        assert_eq!(fields("resume"), [pair("sends", "0")]);
        assert!(form(PAGE, "other").is_none());
    }

    #[test]
    fn buttons_and_links_are_found() {
        assert_eq!(button(PAGE, "resume", "channel").as_deref(), Some("sms"));
        assert_eq!(button(PAGE, "check", "channel"), None);
        assert_eq!(link(PAGE, "continue", "data-token").as_deref(), Some("TOKN-1"));
        let href = link(PAGE, "continue", "href");
        assert_eq!(href.as_deref(), Some("https://shop.example/?a=1&b=\"2"));
        assert_eq!(link(PAGE, "back", "href"), None);
    }

    #[test]
    fn a_page_cut_short_is_no_panic() {
        for end in 0..PAGE.len() {
            let Some(page) = PAGE.get(..end) else { continue };
            let _ = (form(page, "resume"), button(page, "resume", "channel"));
            let _ = (link(page, "continue", "href"), hidden(page).count());
        }
    }
}

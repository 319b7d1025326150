//! The texts of a page: in one language, about one app, ready for HTML.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use askama::filters::HtmlSafe;
use fluent_bundle::FluentArgs;
use onlyauth_core::time::Timestamp;

use crate::locale::Locale;

/// A text that is HTML already: ours as it stands, and what was put into it escaped and isolated.
#[derive(Debug, Clone)]
pub(super) struct Said(Cow<'static, str>);

impl fmt::Display for Said {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl HtmlSafe for Said {}

/// Speaks one language, and knows what the end user calls the site.
#[derive(Debug, Clone)]
pub(super) struct Words {
    locale: &'static Locale,
    app: Arc<AppName>,
}

#[derive(Debug)]
struct AppName {
    plain: String,
    /// As texts have it: escaped and isolated, since a name in another script must not turn around what stands beside it.
    in_texts: String,
}

impl Words {
    pub(super) fn new(locale: &'static Locale, app_name: Option<&str>) -> Self {
        let unnamed = || locale.text("unnamed-app", &FluentArgs::new());
        let plain = app_name.map_or_else(unnamed, Cow::Borrowed).into_owned();
        let in_texts = format!("<bdi>{}</bdi>", escape(&plain));
        Self { locale, app: Arc::new(AppName { plain, in_texts }) }
    }

    pub(super) fn locale(&self) -> &'static Locale {
        self.locale
    }

    pub(super) fn app_name(&self) -> &str {
        &self.app.plain
    }

    /// For the attribute `lang`.
    pub(super) fn language(&self) -> &'static str {
        self.locale.tag()
    }

    /// For the attribute `dir`.
    pub(super) fn direction(&self) -> &'static str {
        self.locale.direction()
    }

    /// A text that speaks of nothing but, perhaps, the site.
    pub(super) fn say(&self, id: &str) -> Said {
        self.fill(id, FluentArgs::new())
    }

    /// A text with a masked number in it.
    pub(super) fn with_phone(&self, id: &str, masked: &str) -> Said {
        let mut arguments = FluentArgs::new();
        arguments.set("phone", phone(masked));
        self.fill(id, arguments)
    }

    /// A text about a code of so many digits, perhaps with the number that it went to.
    pub(super) fn with_digits(&self, id: &str, digits: u8, masked: &str) -> Said {
        let mut arguments = FluentArgs::new();
        arguments.set("digits", digits);
        arguments.set("phone", phone(masked));
        self.fill(id, arguments)
    }

    /// A text whose form depends on a number.
    pub(super) fn with_count(&self, id: &str, count: u32) -> Said {
        let mut arguments = FluentArgs::new();
        arguments.set("count", count);
        self.fill(id, arguments)
    }

    /// A text that says how long to wait, in seconds; the script counts them down.
    pub(super) fn with_wait(&self, id: &str, seconds: u64) -> Said {
        let (unit, count) = rounded(seconds);
        let wait = self.with_count(unit, count);
        let mut arguments = FluentArgs::new();
        arguments.set("wait", format!("<span data-wait=\"{seconds}\">{wait}</span>"));
        self.fill(id, arguments)
    }

    /// The same, and the moment, which the script writes as the end user's clock shows it.
    pub(super) fn with_end(&self, id: &str, seconds: u64, end: Timestamp) -> Said {
        let Said(text) = self.with_wait(id, seconds);
        let moment = format!("<time data-clock datetime=\"{}\" hidden></time>", end.rfc3339());
        Said(format!("{text} {moment}").into())
    }

    /// A text with a code for developers, which reads from left to right in any language.
    pub(super) fn with_code(&self, id: &str, code: &str) -> Said {
        let mut arguments = FluentArgs::new();
        arguments.set("code", format!("<code dir=\"ltr\">{}</code>", escape(code)));
        self.fill(id, arguments)
    }

    /// A text with a day in it, which the script writes as people of the language do.
    pub(super) fn with_date(&self, id: &str, moment: Timestamp) -> Said {
        let moment = moment.rfc3339();
        let day = moment.split('T').next().unwrap_or_default();
        let mut arguments = FluentArgs::new();
        arguments.set("date", format!("<time data-day datetime=\"{moment}\">{day}</time>"));
        self.fill(id, arguments)
    }

    /// Somebody else's words.
    pub(super) fn isolated(text: &str) -> Said {
        Said(format!("<bdi>{}</bdi>", escape(text)).into())
    }

    fn fill<'a>(&'a self, id: &str, mut arguments: FluentArgs<'a>) -> Said {
        arguments.set("app", self.app.in_texts.as_str());
        Said(self.locale.text(id, &arguments))
    }
}

fn phone(masked: &str) -> String {
    format!("<bdi dir=\"ltr\" class=\"phone\">{}</bdi>", escape(masked))
}

fn escape(text: &str) -> Cow<'_, str> {
    if !text.contains(['<', '>', '&', '"', '\'']) {
        return text.into();
    }
    let mut escaped = String::with_capacity(text.len());
    for char in text.chars() {
        match char {
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '&' => escaped.push_str("&amp;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped.into()
}

/// The unit's text and how many: rounded up, so that who waits so long has waited long enough.
fn rounded(seconds: u64) -> (&'static str, u32) {
    let seconds = seconds.max(1);
    let (unit, count) = match seconds {
        ..=119 => ("wait-seconds", seconds),
        120..7200 => ("wait-minutes", seconds.div_ceil(60)),
        _ => ("wait-hours", seconds.div_ceil(3600)),
    };
    (unit, u32::try_from(count).unwrap_or(u32::MAX))
}

/// Whole seconds, rounded up.
pub(super) fn seconds(wait: Duration) -> u64 {
    u64::try_from(wait.as_millis().div_ceil(1000)).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(language: &str) -> Words {
        Words::new(Locale::named(language), Some("<b>'A' & \"B\"</b>"))
    }

    #[test]
    fn waits_are_rounded_up_and_counted_down_from_the_second() {
        for (millis, counted, expected) in [
            (0, 0, "in 1 second"),
            (1_000, 1, "in 1 second"),
            (1_001, 2, "in 2 seconds"),
            (119_000, 119, "in 119 seconds"),
            (120_000, 120, "in 2 minutes"),
            (899_001, 900, "in 15 minutes"),
            (7_200_000, 7_200, "in 2 hours"),
            (7_200_001, 7_201, "in 3 hours"),
        ] {
            let text = words("en").with_wait("resend-wait", seconds(Duration::from_millis(millis)));
            assert_eq!(
                text.to_string(),
                format!(
                    "You can get another code <span data-wait=\"{counted}\">{expected}</span>."
                )
            );
        }
    }

    #[test]
    fn an_end_is_told_as_a_wait_and_as_a_moment() {
        let end = Timestamp::from_millis(1_767_268_800_000);
        assert_eq!(
            words("en").with_end("locked-text", 900, end).to_string(),
            "There were too many wrong codes in a row. You can try again \
             <span data-wait=\"900\">in 15 minutes</span>. \
             <time data-clock datetime=\"2026-01-01T12:00:00Z\" hidden></time>"
        );
    }

    #[test]
    fn what_is_put_in_is_escaped_and_isolated() {
        assert_eq!(
            words("en").say("expired-text").to_string(),
            "Start again at <bdi>&lt;b&gt;&#39;A&#39; &amp; &quot;B&quot;&lt;/b&gt;</bdi>."
        );
        assert_eq!(
            words("ar").with_phone("choose-text-sms", "+1 ••• 0142").to_string(),
            "سنرسل رمزًا في رسالة نصية إلى <bdi dir=\"ltr\" class=\"phone\">+1 ••• 0142</bdi>."
        );
    }

    #[test]
    fn waits_follow_the_plurals_of_the_language() {
        for (language, minutes, expected) in [
            ("de", 15, "Sie können in 15 Minuten einen weiteren Code anfordern."),
            ("pl", 3, "Kolejny kod będzie można wysłać za 3 minuty."),
            ("ru", 21, "Ещё один код можно будет получить через 21 минуту."),
            ("uk", 5, "Ще один код можна буде отримати через 5 хвилин."),
            ("ar", 2, "يمكنك طلب رمز آخر بعد دقيقتين."),
            ("he", 2, "אפשר יהיה לבקש קוד נוסף בעוד שתי דקות."),
            ("ja", 2, "2分後に次のコードを取得できます。"),
        ] {
            let text = words(language).with_wait("resend-wait", minutes * 60).to_string();
            let text = text.replace(&format!("<span data-wait=\"{}\">", minutes * 60), "");
            assert_eq!(text.replace("</span>", ""), expected);
        }
    }

    #[test]
    fn an_app_without_a_name_is_called_something() {
        let words = Words::new(Locale::named("en"), None);
        assert_eq!(words.app_name(), "this site");
    }
}

//! Takes out of a text what must not be shown.

/// Shortest run of digits that may be a phone number: E.164 numbers have 7 to 15 (ITU-T E.164).
const PHONE_DIGITS: usize = 7;
const MASK: &str = "[masked]";
/// Nothing that the server says is longer; what stands before it may be.
const LONGEST: usize = 500;

/// The text without secrets, tokens and phone numbers, each replaced by a word that says so, cut to a length that
/// fits a message, on one line.
pub fn masked(text: &str) -> String {
    let mut shown = String::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let (taken, piece) = next_piece(rest, first);
        shown.push_str(piece);
        rest = &rest[taken..];
        if shown.len() > LONGEST {
            shown.truncate(shown.floor_char_boundary(LONGEST));
            shown.push('…');
            break;
        }
    }
    shown
}

/// How many bytes of `rest` a piece takes, and how it is shown.
fn next_piece(rest: &str, first: char) -> (usize, &str) {
    let phone = phone_length(rest);
    if phone > 0 {
        return (phone, MASK);
    }
    if is_word(first) {
        let end = rest.find(|c| !is_word(c)).unwrap_or(rest.len());
        let word = &rest[..end];
        return (end, if is_sensitive(word) { MASK } else { word });
    }
    let length = first.len_utf8();
    (length, if first.is_control() { " " } else { &rest[..length] })
}

fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.')
}

/// How long a phone number is that begins here: a plus, then digits with what people write between them.
fn phone_length(rest: &str) -> usize {
    let Some(after_plus) = rest.strip_prefix('+') else { return 0 };
    let mut digits = 0;
    let mut length = 0;
    for (at, c) in after_plus.char_indices() {
        if c.is_ascii_digit() {
            digits += 1;
            length = at + 2;
        } else if !matches!(c, ' ' | '-' | '.' | '(' | ')') {
            break;
        }
    }
    if digits >= PHONE_DIGITS { length } else { 0 }
}

fn is_sensitive(word: &str) -> bool {
    let is_id = ["CLNT-", "APPX-", "ACTN-", "MESG-"].iter().any(|id| word.starts_with(id));
    if is_id && word.len() <= "CLNT-".len() + 36 {
        return false;
    }
    word.contains("onlyauth_sk_")
        || word.contains("TOKN-")
        // Where a JWT begins: a JSON object in base64url (RFC 7519 section 3).
        || word.contains("eyJ")
        || longest_run_of_digits(word) >= PHONE_DIGITS
}

fn longest_run_of_digits(word: &str) -> usize {
    word.split(|c: char| !c.is_ascii_digit()).map(str::len).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_must_not_be_shown_is_not() {
        for (text, shown) in [
            ("'language' is required.", "'language' is required."),
            ("The body is larger than 16384 bytes.", "The body is larger than 16384 bytes."),
            ("Bearer onlyauth_sk_0192_hush!", "Bearer [masked]!"),
            ("token=TOKN-0192-hush&x", "token=[masked]&x"),
            ("no eyJhbGciOi.eyJqdGki.c2ln here", "no [masked] here"),
            ("+14155552671 is no number", "[masked] is no number"),
            ("call +1 (415) 555-2671.", "call [masked]."),
            ("%2B14155552671", "%[masked]"),
            ("14155552671", "[masked]"),
            ("1 + 2 and +123456", "1 + 2 and +123456"),
            (
                "APPX-01920000-0000-7000-8000-000000000000",
                "APPX-01920000-0000-7000-8000-000000000000",
            ),
            ("APPX-01920000-0000-7000-8000-000000000000-14155552671", "[masked]"),
            ("two\nlines\u{1b}[31m", "two lines [31m"),
            ("ümlaut ✓", "ümlaut ✓"),
            ("", ""),
        ] {
            assert_eq!(masked(text), shown, "{text:?}");
        }
    }

    #[test]
    fn a_long_text_is_cut() {
        let shown = masked(&"ü ".repeat(10_000));
        assert!(shown.len() < LONGEST + 10 && shown.ends_with('…'));
        let shown = masked(&"x".repeat(10_000));
        assert!(shown.len() < LONGEST + 10);
    }
}

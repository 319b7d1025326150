//! The documentation keeps what it promises: a page for each error, and links that lead somewhere.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use onlyauth_core::app::theme::{Font, Scheme};
use onlyauth_core::app::{FORM_KEYS, Theme};
use onlyauth_core::audit::Deed;
use onlyauth_server::error::ApiError;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The first ```json block of a page.
fn example(page: &str) -> Option<serde_json::Value> {
    let (_, rest) = page.split_once("```json\n")?;
    let (block, _) = rest.split_once("```")?;
    serde_json::from_str(block).ok()
}

fn every_error() -> Vec<ApiError> {
    let problems = ["'language' is required.", "'colour' is not a known field."];
    vec![
        ApiError::InvalidRequest(problems.map(str::to_owned).to_vec()),
        ApiError::InvalidAuthToken,
        ApiError::NotFound,
        ApiError::EndUserMismatch,
        ApiError::RateLimited { limit: "access tokens per client and second", retry_after: 1 },
        ApiError::MethodNotAllowed,
        ApiError::PayloadTooLarge { limit: 16_384 },
        ApiError::UnsupportedMediaType { expected: "application/x-www-form-urlencoded" },
        ApiError::RequestTimeout,
        ApiError::Overloaded,
        ApiError::OutcomeUnknown,
        ApiError::Internal,
    ]
}

#[test]
fn each_word_of_the_audit_is_explained_and_in_the_description_of_the_api() {
    for page in ["docs/explanation/notices-and-audit.md", "openapi.json"] {
        let text = std::fs::read_to_string(root().join(page)).unwrap();
        for deed in Deed::ALL {
            assert!(text.contains(&format!("`{}`", deed.as_str())), "{page}: {}", deed.as_str());
        }
    }
}

#[test]
fn each_error_has_a_page_with_its_status_and_an_example_in_its_own_words() {
    let folder = root().join("docs/reference/errors");
    for error in every_error() {
        let (code, status) = error.code();
        let page = std::fs::read_to_string(folder.join(format!("{code}.md"))).expect(code);
        assert!(page.starts_with(&format!("# {code}\n\n**{}.** ", status.as_u16())), "{code}");
        for part in ["**When.** ", "**What to do.** "] {
            assert!(page.contains(part), "{code} lacks {part:?}");
        }
        let (sentence, problems) = error.words();
        let body = serde_json::json!({ "error": sentence, "code": code, "errors": problems });
        assert_eq!(example(&page), Some(body), "{code}");
    }
}

#[test]
fn there_is_a_page_for_each_code_and_no_other_and_the_api_page_lists_them() {
    let codes: BTreeSet<String> = ApiError::CODES.iter().map(ToString::to_string).collect();
    let pages: BTreeSet<String> = std::fs::read_dir(root().join("docs/reference/errors"))
        .unwrap()
        .map(|entry| entry.unwrap().path().file_stem().unwrap().to_str().unwrap().to_owned())
        .collect();
    assert_eq!(pages, codes);
    let api = std::fs::read_to_string(root().join("docs/reference/api.md")).unwrap();
    for code in codes {
        assert!(api.contains(&format!("[{code}](errors/{code}.md)")), "{code}");
    }
}

#[test]
fn the_page_on_themes_lists_each_setting_with_our_own_value() {
    let page = std::fs::read_to_string(root().join("docs/how-to/theme-the-widget.md")).unwrap();
    let theme = Theme::default();
    let (light, dark) = (theme.palette(Scheme::Light), theme.palette(Scheme::Dark));
    let keys = FORM_KEYS.iter().filter(|key| key.starts_with("theme_"));
    for key in keys {
        let row = page.lines().find(|line| line.starts_with(&format!("| `{key}` |"))).expect(key);
        let palette = if key.contains("dark") { &dark } else { &light };
        let ours = match key.rsplit('_').next().unwrap() {
            "primary" => format!("`{}`", palette.primary),
            "background" => format!("`{}`", palette.background),
            "text" => format!("`{}`", palette.text),
            "danger" => format!("`{}`", palette.danger),
            "radius" => theme.effective_radius().to_string(),
            "font" => format!("`{}`", theme.font.as_str()),
            _ => format!("`{}`", theme.density.as_str()),
        };
        assert!(row.ends_with(&format!("| {ours} |")), "{row}: ours is {ours}");
    }
    for font in Font::ALL {
        assert!(page.contains(&format!("`{}`", font.as_str())), "{font:?}");
    }
}

fn pages() -> Vec<PathBuf> {
    let mut pages: Vec<PathBuf> =
        ["README.md", "ARCHITECTURE.md", "CHANGELOG.md"].map(|name| root().join(name)).to_vec();
    let mut folders = vec![root().join("docs")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "md") {
                pages.push(path);
            }
        }
    }
    pages
}

/// Where a page's links lead, inside the repository.
fn links(page: &str) -> impl Iterator<Item = &str> {
    page.split("](")
        .skip(1)
        .filter_map(|rest| rest.split_once(')').map(|(link, _)| link))
        .filter(|link| !link.contains("://"))
}

/// The anchor that a heading gets.
fn anchor(heading: &str) -> String {
    let text = heading.trim_start_matches('#').trim().to_lowercase();
    let kept = text.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    kept.map(|c| if c == ' ' { '-' } else { c }).collect()
}

#[test]
fn every_link_leads_to_a_file_and_a_heading() {
    let mut checked = 0;
    for page in pages() {
        let text = std::fs::read_to_string(&page).unwrap();
        for link in links(&text) {
            let (file, fragment) = link.split_once('#').unwrap_or((link, ""));
            let target = if file.is_empty() { page.clone() } else { page.with_file_name(file) };
            assert!(target.exists(), "{}: {link}", page.display());
            if !fragment.is_empty() {
                let target = std::fs::read_to_string(&target).unwrap();
                let found = target.lines().any(|l| l.starts_with('#') && anchor(l) == fragment);
                assert!(found, "{}: {link}", page.display());
            }
            checked += 1;
        }
    }
    assert!(checked > 20, "{checked} links");
}

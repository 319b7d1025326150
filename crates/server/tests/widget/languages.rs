//! Every page in every language.

use std::time::Duration;

use onlyauth_core::sandbox::FAILING_NUMBER;
use onlyauth_server::locale::{Locale, MISSING};

use crate::support::actors::wrong;
use crate::support::page::Page;
use crate::support::{Backend, EndUser, TestServer, eventually};

/// Every page that says something of its own and belongs to an app, each by the way that leads to it.
async fn pages(language: &str) -> Vec<Page> {
    let server = TestServer::with(|config| config.failures.disable_after = 15).await;
    let (backend, app) = server.shop().await;
    let ann = EndUser::ann();
    let fay = backend.widget_in(language, &app, &EndUser::new("fay", FAILING_NUMBER)).await;
    let mut pages = passing(&backend, &app, language).await;
    fay.send().await;
    pages.push(
        eventually("a failed delivery", || async {
            Some(fay.open().await).filter(|page| page.state() == "delivery_failed")
        })
        .await,
    );
    let late = backend.widget_in(language, &app, &EndUser::number(1)).await;
    let cancelled = backend.widget_in(language, &app, &EndUser::number(2)).await;
    cancelled.send().await;
    pages.push(cancelled.post(&[("do", "cancel")]).await);
    let resent = backend.widget_in(language, &app, &EndUser::number(3)).await;
    for wait in [30, 60, 120, 300, 0] {
        resent.send().await;
        server.clock.advance(Duration::from_secs(wait));
    }
    pages.extend([resent.open().await, late.open().await]);
    server.clock.advance(Duration::from_mins(5));
    pages.push(resent.open().await);
    server.clock.advance(Duration::from_mins(10));
    pages.push(resent.open().await);
    for _ in 0..3 {
        server.clock.advance(Duration::from_mins(20));
        let locked = backend.widget_in(language, &app, &ann).await;
        locked.send().await;
        for _ in 0..5 {
            locked.try_code("no code").await;
        }
        pages.push(locked.open().await);
    }
    // What can't be set up in the widget.
    let change = [
        ("allow_sms_channel", "false"),
        ("allow_totp_channel", "false"),
        ("webauthn_enabled", "false"),
        ("push_enabled", "true"),
        ("first_enrollment", "on_first_use"),
    ];
    backend.change(&app, &change).await;
    let idle = backend.widget_in(language, &app, &EndUser::number(4)).await;
    pages.push(idle.open().await);
    server.service.store.close().await;
    pages.push(idle.open().await);
    pages
}

/// The pages on the way to a success, with some mistakes.
async fn passing(backend: &Backend, app: &str, language: &str) -> Vec<Page> {
    let ann = EndUser::ann();
    let widget = backend.widget_in(language, app, &ann).await;
    let mut pages = vec![widget.open().await, widget.send().await];
    let code = backend.code(app, &ann).await;
    pages.push(widget.send().await);
    pages.push(widget.try_code("12").await);
    for _ in 0..3 {
        pages.push(widget.try_code(&wrong(&code)).await);
    }
    pages.push(widget.try_code(&code).await);
    pages.push(widget.open().await);
    pages
}

#[tokio::test]
async fn every_page_is_there_in_every_language() {
    let mut states = Vec::new();
    for locale in Locale::all() {
        let (tag, direction) = (locale.tag(), locale.direction());
        let pages = pages(tag).await;
        for page in &pages {
            assert!(!page.html.contains(MISSING), "{tag}: {}", page.html);
            assert!(!page.html.contains(['\u{2068}', '\u{2069}']), "{tag}: {}", page.html);
            let root = format!("<html lang=\"{tag}\" dir=\"{direction}\">");
            assert!(page.html.contains(&root), "{tag}: {}", page.html);
            if tag != "en" {
                for english in ["Sandbox:", "Continue<", "Cancel<", "For the developer"] {
                    assert!(!page.html.contains(english), "{tag}: {}", page.html);
                }
            }
        }
        let reached: Vec<String> = pages.iter().map(|page| page.state().to_owned()).collect();
        if states.is_empty() {
            states = reached;
        } else {
            assert_eq!(reached, states, "{tag}");
        }
    }
    for state in [
        "choose",
        "code_sent",
        "resend_wait",
        "malformed_code",
        "wrong_code",
        "passed",
        "already_done",
        "delivery_failed",
        "cancelled",
        "token_expired",
        "code_expired",
        "tries_used_up",
        "expired",
        "locked",
        "locked_until_reset",
        "no_channel_enrolled",
        "fault",
    ] {
        assert!(states.iter().any(|reached| reached == state), "{state} is not in {states:?}");
    }
}

#[tokio::test]
async fn numbers_codes_and_names_keep_their_direction() {
    let server = TestServer::start().await;
    let (backend, app) = server.shop().await;
    for language in ["ar", "he-IL"] {
        let widget = backend.widget_in(language, &app, &EndUser::ann()).await;
        let page = widget.open().await;
        let phone = "<bdi dir=\"ltr\" class=\"phone\">";
        assert!(page.html.contains(phone), "{}", page.html);
        assert!(page.html.contains("<bdi class=\"name\">Shop</bdi>"), "{}", page.html);
        let page = widget.send().await;
        assert!(page.html.contains(phone), "{}", page.html);
        let input = page.html.split("<input id=\"code\"").nth(1).unwrap();
        assert!(input.split('>').next().unwrap().contains("dir=\"ltr\""), "{}", page.html);
    }
}

#[tokio::test]
async fn what_is_read_in_a_few_languages() {
    let server = TestServer::start().await;
    let (backend, app) = server.shop().await;
    for (n, (language, root, tries, message)) in [
        ("de-AT", "lang=\"de\" dir=\"ltr\"", "Noch 4 Versuche.", "ist Ihr Code für Shop."),
        ("pt-PT", "lang=\"pt-BR\" dir=\"ltr\"", "Restam 4 tentativas.", "é seu código Shop."),
        ("ru", "lang=\"ru\" dir=\"ltr\"", "Осталось 4 попытки.", "— ваш код Shop."),
        ("ar", "lang=\"ar\" dir=\"rtl\"", "بقيت 4 محاولات.", "هو رمزك في Shop."),
        ("ja", "lang=\"ja\" dir=\"ltr\"", "あと4回入力できます。", "は Shop の確認コードです。"),
        ("tlh", "lang=\"en\" dir=\"ltr\"", "4 tries left.", "is your Shop code."),
    ]
    .into_iter()
    .enumerate()
    {
        let user = EndUser::number(u32::try_from(n).unwrap());
        let widget = backend.widget_in(language, &app, &user).await;
        widget.send().await;
        let code = backend.code(&app, &user).await;
        let page = widget.try_code(&wrong(&code)).await;
        assert!(page.html.contains(root) && page.html.contains(tries), "{}", page.html);
        let messages = backend.messages(&app).await;
        let received = messages.iter().find(|message| message["end_user_uuid"] == user.uuid);
        let body = received.unwrap()["body"].as_str().unwrap();
        assert!(body.starts_with(&format!("{code} {message}")), "{body}");
    }
}

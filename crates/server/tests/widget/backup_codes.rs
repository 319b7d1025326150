//! Backup codes: handed out after a pass with a factor, and used when a device is lost.

use std::time::Duration;

use data_encoding::HEXLOWER;

use crate::support::authenticator::Authenticator;
use crate::support::guesses::passed;
use crate::support::page::Page;
use crate::support::server::bytes_of;
use crate::support::{Backend, EndUser, TestServer, Widget};

/// An end user who has an authenticator app and backup codes.
struct Scene {
    server: TestServer,
    backend: Backend,
    app: String,
    authenticator: Authenticator,
    codes: Vec<String>,
}

fn codes(page: &Page) -> Vec<String> {
    assert_eq!(page.state(), "backup_codes", "{page:?}");
    let items = page.html.split("<li><code>").skip(1);
    items.map(|item| item.split('<').next().unwrap().to_owned()).collect()
}

impl Scene {
    async fn new() -> Self {
        let server = TestServer::start().await;
        let ann = EndUser::ann();
        let (backend, app, authenticator) = server.shop_with_authenticator(&ann).await;
        let mut scene = Self { server, backend, app, authenticator, codes: Vec::new() };
        let (widget, token) = scene.pass_by_app().await;
        scene.codes = codes(&widget.post(&[("do", "backup_codes"), ("proof", &token)]).await);
        scene
    }

    async fn pass_by_app(&self) -> (Widget, String) {
        self.server.clock.advance(Duration::from_mins(1));
        let widget = self.widget().await;
        let page = widget.ask_by("totp").await;
        let page = widget.check(&page, &self.authenticator.code(self.server.clock.now(), 0)).await;
        (widget, page.success_token().unwrap())
    }

    async fn widget(&self) -> Widget {
        self.backend.widget(&self.app, &EndUser::ann()).await
    }

    /// A login that asks for a backup code.
    async fn asked(&self) -> (Widget, Page) {
        let widget = self.widget().await;
        let page = widget.ask_by("backup_code").await;
        assert_eq!(page.state(), "backup_code", "{page:?}");
        (widget, page)
    }
}

#[tokio::test]
async fn ten_codes_are_handed_out_and_each_passes_once_however_it_is_typed() {
    let scene = Scene::new().await;
    assert_eq!(scene.codes.len(), 10);
    for (code, state) in [
        (scene.codes[0].clone(), "passed"),
        (scene.codes[1].to_lowercase().replace('-', " "), "passed"),
        (scene.codes[2].replace('-', ""), "passed"),
    ] {
        let (widget, page) = scene.asked().await;
        let page = widget.check(&page, &code).await;
        assert_eq!(page.state(), state, "{page:?}");
        let token = page.success_token().unwrap();
        let proof = scene.backend.validate(&scene.app, &token).await.json();
        assert_eq!(proof["channel"], "backup_code");
        assert_eq!(proof["amr"], serde_json::json!(["otp"]));
    }
    let (widget, page) = scene.asked().await;
    for (typed, state) in [
        (&*scene.codes[0], "backup_code_used"),
        ("AAAAA-AAAAA", "backup_code_wrong"),
        ("12345", "backup_code_malformed"),
    ] {
        assert_eq!(widget.try_code(typed).await.state(), state, "{typed}");
    }
    assert_eq!(widget.check(&page, &scene.codes[3]).await.state(), "passed");
}

#[tokio::test]
async fn few_left_are_told_and_new_ones_replace_all() {
    let scene = Scene::new().await;
    for (used, code) in scene.codes[..7].iter().enumerate() {
        let (widget, page) = scene.asked().await;
        let page = widget.check(&page, code).await;
        if used < 6 {
            assert_eq!(page.state(), "passed", "{used}");
            continue;
        }
        assert_eq!(page.state(), "backup_codes_few");
        assert!(page.html.contains("You have 3 backup codes left."), "{page:?}");
        assert_eq!(widget.leave(&page).await.state(), "passed");
        let new = codes(&widget.after(&page, "backup_codes").await);
        assert!(new.iter().all(|code| !scene.codes.contains(code)) && new.len() == 10);
        let again = codes(&widget.after(&page, "backup_codes").await);
        assert_eq!(again, new, "the very same form again");
        let (widget, page) = scene.asked().await;
        assert_eq!(widget.try_code(&scene.codes[9]).await.state(), "backup_code_wrong");
        assert_eq!(widget.check(&page, &new[0]).await.state(), "passed");
    }
}

#[tokio::test]
async fn row_1_and_30_five_wrong_codes_and_the_right_one_is_refused() {
    let scene = Scene::new().await;
    let (widget, page) = scene.asked().await;
    for _ in 0..5 {
        widget.try_code("AAAAA-AAAAA").await;
    }
    let page = widget.check(&page, &scene.codes[0]).await;
    assert_eq!((page.state(), page.success_token()), ("tries_used_up", None));
    assert!(page.html.contains("Backup codes were wrong too often"), "{page:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn row_30_a_code_passes_in_one_of_fifty_logins_at_once() {
    let scene = Scene::new().await;
    let mut logins = Vec::new();
    for _ in 0..50 {
        logins.push(scene.asked().await);
    }
    assert_eq!(passed(logins, &scene.codes[5]).await, 1);
    let key = scene.server.key_of(&scene.backend, &scene.app, &EndUser::ann()).await;
    let codes = scene.server.service.store.backup_code_list(&key).await.unwrap();
    assert_eq!(codes.iter().filter(|code| code.used).count(), 1);
}

#[tokio::test]
async fn row_21_no_code_is_found_in_the_database() {
    let scene = Scene::new().await;
    let folder = scene.server.stop().await;
    let bytes = bytes_of(&folder.path().join("data"));
    for code in &scene.codes {
        let bare = code.replace('-', "");
        for trace in [code.clone(), HEXLOWER.encode(bare.as_bytes()), bare] {
            assert!(!bytes.windows(trace.len()).any(|window| window == trace.as_bytes()));
        }
    }
}

#[tokio::test]
async fn codes_are_handed_out_to_those_only_who_have_a_factor_in_an_app_that_wants_it() {
    let server = TestServer::start().await;
    let (backend, app) = server.shop().await;
    let (widget, page) = backend.pass(&app, &EndUser::ann()).await;
    let token = page.success_token().unwrap();
    let ask = [("do", "backup_codes"), ("proof", &*token)];
    assert_eq!(widget.post(&ask).await.status, 403, "nothing that they could stand in for");
    let scene = Scene::new().await;
    let off = [("backup_codes_enrollment", "false")];
    assert_eq!(scene.backend.change(&scene.app, &off).await.status, 200);
    let (widget, token) = scene.pass_by_app().await;
    let refused = widget.post(&[("do", "backup_codes"), ("proof", &token)]).await;
    assert_eq!(refused.status, 403, "switched off");
}

#[tokio::test]
async fn row_9_another_code_in_the_very_same_form_is_another_attempt() {
    let scene = Scene::new().await;
    let (widget, page) = scene.asked().await;
    assert_eq!(widget.check(&page, "AAAAA-AAAAA").await.state(), "backup_code_wrong");
    let passed = widget.check(&page, &scene.codes[0]).await;
    let token = passed.success_token().expect("the right code is judged");
    assert_eq!(widget.check(&page, &scene.codes[0]).await.success_token(), Some(token));
    assert_eq!(widget.check(&page, &scene.codes[1]).await.success_token(), None);
    assert_eq!(widget.check(&page, "BBBBB-BBBBB").await.success_token(), None);
}

//! Codes, right and wrong ones, typed into many forms.

use super::page::Page;
use super::{Backend, EndUser, Widget};

/// A widget whose code is on its way, the page that asks for it, and the code.
pub(crate) async fn code_sent(
    backend: &Backend,
    app: &str,
    user: &EndUser,
) -> (Widget, Page, String) {
    let widget = backend.widget(app, user).await;
    let page = widget.send().await;
    assert_eq!(page.state(), "code_sent");
    let code = backend.code(app, user).await;
    (widget, page, code)
}

/// Checks from as many forms at once, each with an attempt key of its own.
pub(crate) async fn parallel(widget: &Widget, codes: &[String]) -> Vec<Page> {
    let checks = codes.iter().enumerate().map(|(form, code)| {
        let (widget, code) = (widget.clone(), code.clone());
        tokio::spawn(async move {
            let attempt = data_encoding::BASE64URL_NOPAD.encode(&(form as u128).to_be_bytes());
            widget.post(&[("do", "check"), ("attempt", &attempt), ("code", &code)]).await
        })
    });
    let checks: Vec<_> = checks.collect();
    let mut pages = Vec::new();
    for check in checks {
        pages.push(check.await.unwrap());
    }
    pages
}

/// Does all of it at once.
pub(crate) async fn each_at_once(
    requests: impl Iterator<Item = impl Future<Output = Page> + Send + 'static>,
) -> Vec<Page> {
    let requests: Vec<_> = requests.map(tokio::spawn).collect();
    let mut pages = Vec::new();
    for request in requests {
        pages.push(request.await.unwrap());
    }
    pages
}

impl Widget {
    /// Checks a code from a form of its own, with an attempt key by this number.
    pub(crate) async fn check_in_new_form(&self, challenge: &str, code: &str, form: usize) -> Page {
        let attempt = data_encoding::BASE64URL_NOPAD.encode(&(form as u128).to_be_bytes());
        let fields =
            [("do", "check"), ("challenge", challenge), ("attempt", &attempt), ("code", code)];
        self.post(&fields).await
    }
}

/// How many of these logins pass by one code, tried at once.
pub(crate) async fn passed(logins: Vec<(Widget, Page)>, code: &str) -> usize {
    let tasks: Vec<_> = logins
        .into_iter()
        .map(|(widget, page)| {
            let code = code.to_owned();
            tokio::spawn(async move { widget.check(&page, &code).await.success_token() })
        })
        .collect();
    let mut passed = 0;
    for task in tasks {
        passed += usize::from(task.await.unwrap().is_some());
    }
    passed
}

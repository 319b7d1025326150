//! A one-time link to the pages on which an end user looks after their factors.

use url::Url;

use super::actors::read;
use super::page::Page;
use super::{Backend, EndUser, TestServer, Widget, form};

/// Somebody who was sent a link.
#[derive(Debug, Clone)]
pub(crate) struct FactorLink {
    http: reqwest::Client,
    base: String,
    pub(crate) token: String,
    pub(crate) app: String,
}

impl Backend {
    /// Makes a link for an end user.
    pub(crate) async fn factor_link(&self, app: &str, user: &EndUser) -> FactorLink {
        let fields = self.access_token_fields(app, user);
        let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let answer = self.post("/server/factor-links", &fields).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        let url = Url::parse(answer.json()["url"].as_str().unwrap()).unwrap();
        let token = url.query_pairs().find(|(name, _)| name == "token").unwrap().1.into_owned();
        let (http, base) = (self.http.clone(), self.base.clone());
        FactorLink { http, base, token, app: app.to_owned() }
    }

    /// The same, opened at once.
    pub(crate) async fn opened_link(&self, app: &str, user: &EndUser) -> (Widget, Page) {
        let link = self.factor_link(app, user).await;
        link.take(&link.open().await).await
    }
}

impl FactorLink {
    /// The same link, served by another server.
    pub(crate) fn moved(&self, base: &str) -> Self {
        Self { base: base.to_owned(), ..self.clone() }
    }

    /// What its address shows.
    pub(crate) async fn open(&self) -> Page {
        let url = format!("{}/factors?token={}&app_id={}", self.base, self.token, self.app);
        read(self.http.get(url).send().await.unwrap()).await
    }

    /// What the form of `page` leads to.
    pub(crate) async fn confirm(&self, page: &Page) -> Page {
        let attempt = page.field("attempt").unwrap_or_default();
        let body = form(&[("token", &self.token), ("app_id", &self.app), ("attempt", attempt)]);
        let request = self.http.post(format!("{}/factors", self.base));
        let request = request.header("content-type", "application/x-www-form-urlencoded");
        read(request.body(body).send().await.unwrap()).await
    }

    /// The same, and the widget that the page then is.
    pub(crate) async fn take(&self, page: &Page) -> (Widget, Page) {
        let page = self.confirm(page).await;
        assert_eq!(page.status, 200, "{page:?}");
        let token = page.field("token").unwrap().to_owned();
        let (http, base) = (self.http.clone(), self.base.clone());
        (Widget { http, base, token, app: self.app.clone() }, page)
    }
}

impl TestServer {
    /// An end user who looks after their factors, once a code to their phone has passed.
    pub(crate) async fn by_phone(
        &self,
        backend: &Backend,
        app: &str,
        user: &EndUser,
    ) -> (Widget, Page) {
        let (widget, _) = backend.opened_link(app, user).await;
        // The inbox goes by the clock.
        self.clock.advance(std::time::Duration::from_secs(1));
        let page = widget.send().await;
        let page = widget.check(&page, &backend.code(app, user).await).await;
        (widget, page)
    }
}

//! 'Your sign-in methods': where a shop sends those who are logged in and want to look after their factors.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};

use super::pages::Trouble;
use super::sessions::Stage;
use super::shop::{Shop, trouble};

/// A link for this visit, made only now: it opens once. Whoever gave a password and nothing else gets none.
pub(super) async fn leave(
    State(shop): State<Shop>,
    headers: HeaderMap,
) -> Result<Response, Trouble> {
    let session = shop.session(&headers).ok_or(Trouble::NoSession)?;
    if let Stage::Pending(_) = session.stage {
        return Ok(Redirect::to("/confirm").into_response());
    }
    let back = shop.address_of("/welcome");
    let link = shop.backend().create_factor_link(session.user, session.choices, &back).await;
    Ok(Redirect::to(&link.map_err(trouble)?).into_response())
}

#[cfg(test)]
mod tests {
    use axum::http::header;
    use onlyauth_core::access_token::{self, Audience};
    use onlyauth_core::time::Timestamp;
    use tokio::sync::oneshot;
    use url::Url;

    use super::super::Demo;
    use super::super::users::ALL;
    use super::*;
    use crate::clock::Clock;
    use crate::config::Config;
    use crate::demo::choices::Choices;
    use crate::entropy::Entropy;

    const NOW: Timestamp = Timestamp::from_millis(1_767_268_800_000);

    #[tokio::test]
    async fn who_is_logged_in_is_sent_to_the_page_by_a_link_of_its_own_and_nobody_else() {
        let folder = tempfile::tempdir().unwrap();
        let mut config = Config::default();
        config.data.dir = folder.path().join("data");
        config.server.listen = ([127, 0, 0, 1], 0).into();
        let demo = Demo::open(config, None, Clock::manual(NOW), Entropy::seeded(7)).await.unwrap();
        let (service, shop) = (demo.server.service.clone(), demo.shop.clone());
        let (shop_url, user) = (demo.invitation.url.clone(), &ALL[0]);
        let (end, ended) = oneshot::channel::<()>();
        let running = tokio::spawn(demo.run(async {
            let _ = ended.await;
        }));
        let http = reqwest::Client::builder()
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .unwrap();
        let visit = async |stage: Option<Stage>| {
            let cookie = stage.map(|stage| shop.begin(user, Choices::default(), stage).unwrap());
            let mut request = http.get(format!("{shop_url}/factors"));
            if let Some(cookie) = &cookie {
                request = request.header(header::COOKIE, cookie.to_str().unwrap());
            }
            let response = request.send().await.unwrap();
            let location = response.headers().get(header::LOCATION);
            let location = location.map(|value| value.to_str().unwrap().to_owned());
            (response.status().as_u16(), location)
        };

        assert_eq!(visit(None).await, (401, None));
        let pending = Stage::Pending("x".to_owned());
        assert_eq!(visit(Some(pending)).await, (303, Some("/confirm".to_owned())));
        let (status, link) = visit(Some(Stage::LoggedIn("{}".to_owned()))).await;
        let link = Url::parse(&link.unwrap()).unwrap();
        assert_eq!(status, 303);
        let origin = link.origin().ascii_serialization();
        assert_eq!(origin, service.config.server.base_url.origin());
        assert_eq!(link.path(), "/factors");
        let (_, token) = link.query_pairs().find(|(name, _)| name == "token").unwrap();
        let ring = service.ring(NOW).await.unwrap();
        let grant = access_token::open(&ring, &token, &[Audience::FactorLink], NOW).unwrap().grant;
        assert_eq!(grant.subject.end_user_uuid, user.uuid);
        assert_eq!(grant.subject.redirect_uri, format!("{shop_url}/welcome"));

        end.send(()).unwrap();
        running.await.unwrap();
    }
}

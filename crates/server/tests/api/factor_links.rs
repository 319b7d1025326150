//! createFactorLink.

use std::time::Duration;

use onlyauth_core::access_token::{self, Audience, Grant, Subject, TokenError};
use onlyauth_core::channel::Mode;
use onlyauth_server::config::ServedRegion;
use onlyauth_server::key_ring::rotation_policy;
use reqwest::Method;
use url::Url;

use crate::support::server::{START, bytes_of};
use crate::support::{Answer, Backend, EndUser, TestServer, Widget, form};

const QUARTER: Duration = Duration::from_mins(15);

/// The path of the operation.
const PATH: &str = "/server/factor-links";

/// Asks for a link with the fields of createAccessToken.
async fn create(backend: &Backend, app: &str, user: &EndUser) -> Answer {
    let fields = backend.access_token_fields(app, user);
    let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    backend.post(PATH, &fields).await
}

fn link(answer: &Answer) -> Url {
    assert_eq!(answer.status, 200, "{answer:?}");
    Url::parse(answer.json()["url"].as_str().unwrap()).unwrap()
}

fn token(answer: &Answer) -> String {
    let found = link(answer).query_pairs().find(|(name, _)| name == "token").unwrap().1.to_string();
    assert!(!found.is_empty());
    found
}

#[tokio::test]
async fn a_link_leads_to_the_page_with_a_token_for_it_alone() {
    let server = TestServer::start().await;
    let (backend, app) = server.shop().await;
    let answer = create(&backend, &app, &EndUser::ann()).await;
    let mut keys: Vec<_> = answer.json().as_object().unwrap().keys().cloned().collect();
    keys.sort();
    assert_eq!(keys, ["expires_at", "url"]);
    let expires_at = START.plus(QUARTER);
    assert_eq!(answer.json()["expires_at"], expires_at.as_seconds());
    let url = link(&answer);
    assert_eq!(url.origin().ascii_serialization(), server.service.config.server.base_url.origin());
    assert_eq!((url.path(), url.fragment()), ("/factors", None));
    let names: Vec<_> = url.query_pairs().map(|(name, _)| name.into_owned()).collect();
    assert_eq!(names, ["token", "app_id"]);
    assert_eq!(url.query_pairs().nth(1).unwrap().1, app);

    let ring = server.service.ring(START).await.unwrap();
    let open = |audience| access_token::open(&ring, &token(&answer), &[audience], START);
    let opened = open(Audience::FactorLink).unwrap();
    assert_eq!(opened.start_before, expires_at);
    let Grant { client_id, app_id, mode, language, region, subject, .. } = opened.grant;
    assert_eq!((client_id.to_string(), app_id.to_string()), (backend.client_id.clone(), app));
    assert_eq!((mode, language.as_str(), region.as_str()), (Mode::Sandbox, "en-US", "us-1"));
    let ann = EndUser::ann();
    let redirect_uri = "https://shop.example/return?keep=1".to_owned();
    assert_eq!(subject, Subject { phone: ann.phone, end_user_uuid: ann.uuid, redirect_uri });
    for other in [Audience::Login, Audience::Factors] {
        assert_eq!(open(other), Err(TokenError::Signature), "{other:?}");
    }
}

#[tokio::test]
async fn every_problem_is_listed_at_once_as_for_an_access_token() {
    let server = TestServer::start().await;
    let (backend, app) = server.shop().await;
    let nothing = backend.post(PATH, &[]).await;
    assert_eq!((nothing.status, nothing.problems().len()), (400, 7));
    let wrong = [
        ("client_id", backend.client_id.as_str()),
        ("app_id", "nonsense"),
        ("end_user_phone_number", "12"),
        ("end_user_uuid", "a\nb"),
        ("redirect_uri", "https://evil.example/"),
        ("language", "not a language"),
        ("region", "moon"),
        ("surprise", "1"),
    ];
    let own_app: Vec<_> = wrong
        .iter()
        .map(|(name, value)| (*name, if *name == "app_id" { app.as_str() } else { *value }))
        .collect();
    for (fields, problems) in [(&[][..], 7), (&wrong[..], 6), (&own_app[..], 6)] {
        let answer = backend.post(PATH, fields).await;
        assert_eq!((answer.status, answer.problems().len()), (400, problems), "{answer:?}");
        assert_eq!(answer.body, backend.post("/server/access-tokens/new", fields).await.body);
    }
}

#[tokio::test]
async fn the_answer_is_kept_by_nobody_and_needs_a_secret() {
    let server = TestServer::start().await;
    let (backend, app) = server.shop().await;
    let fields = backend.access_token_fields(&app, &EndUser::ann());
    let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let ask = |secret: Option<&str>| {
        let mut request = server.http.post(format!("{}{PATH}", server.base())).body(form(&fields));
        request = request.header("content-type", "application/x-www-form-urlencoded");
        if let Some(secret) = secret {
            request = request.header("authorization", format!("Bearer {secret}"));
        }
        request.send()
    };
    let good = ask(Some(&backend.secret)).await.unwrap();
    assert_eq!(
        (good.status().as_u16(), &good.headers()["cache-control"]),
        (200, &"no-store".parse().unwrap())
    );
    let (stranger, _) = server.shop().await;
    let mut refused = Vec::new();
    for secret in [None, Some("x"), Some(stranger.secret.as_str())] {
        let answer = Answer::of(ask(secret).await.unwrap()).await;
        assert_eq!(answer.status, 401, "{answer:?}");
        refused.push(answer.body);
    }
    assert!(refused.iter().all(|body| *body == refused[0]), "{refused:?}");
    // Another tenant's app, with a secret and client of one's own.
    let foreign = create(&stranger, &app, &EndUser::ann()).await;
    assert_eq!(foreign.problems(), ["'app_id' is not an app of this client."]);
    let by_get = backend.request(Method::GET, PATH).send().await.unwrap();
    assert_eq!(by_get.status(), 405);
}

#[tokio::test]
async fn row_37_a_link_tells_nothing_about_whether_an_end_user_is_known() {
    let server = TestServer::start().await;
    let (backend, app) = server.shop().await;
    let known = EndUser::new("known-1", "+12025550101");
    backend.pass(&app, &known).await;
    let mut shapes = Vec::new();
    for user in [known, EndUser::new("unknown", "+12025550102")] {
        let answer = create(&backend, &app, &user).await;
        let url = link(&answer);
        let names: Vec<_> = url.query_pairs().map(|(name, _)| name.into_owned()).collect();
        shapes.push((answer.status, answer.body.len(), answer.json()["expires_at"].clone(), names));
    }
    // Names and numbers of one length: what is sealed has one length, too.
    assert_eq!(shapes[0], shapes[1]);
}

#[tokio::test]
async fn making_links_writes_and_sends_nothing() {
    let server = TestServer::start().await;
    let (backend, app) = server.shop().await;
    let before = bytes_of(&server.data());
    for _ in 0..20 {
        link(&create(&backend, &app, &EndUser::ann()).await);
    }
    assert!(bytes_of(&server.data()) == before);
    assert!(backend.inbox(&app).await.is_empty());
}

#[tokio::test]
async fn row_19_a_links_token_is_no_access_token() {
    let server = TestServer::start().await;
    let (backend, app) = server.shop().await;
    let token = token(&create(&backend, &app, &EndUser::ann()).await);
    let genuine = backend.widget(&app, &EndUser::ann()).await;
    let (by_link, nonsense) =
        (Widget { token, ..genuine.clone() }, Widget { token: "x".to_owned(), ..genuine });
    let pages = [by_link.open().await, nonsense.open().await];
    assert_eq!((pages[0].status, pages[0].state()), (401, "bad_token"));
    assert_eq!(pages[0].html, pages[1].html, "the same page as for any other bad token");
    assert_eq!(by_link.post(&[("do", "send"), ("sends", "0")]).await.state(), "bad_token");
    assert!(backend.inbox(&app).await.is_empty());
}

#[tokio::test]
async fn row_40_the_address_is_the_configured_one_of_its_region() {
    let server = TestServer::with(|config| {
        let region = |name: &str, base_url: &str| ServedRegion {
            name: name.parse().unwrap(),
            base_url: base_url.parse().unwrap(),
        };
        config.server.base_url = "https://api.auth.example".parse().unwrap();
        config.regions = vec![
            region("us-1", "https://us.auth.example"),
            region("eu-1", "https://eu.auth.example:8443"),
        ];
    });
    let server = server.await;
    let (backend, app) = server.shop().await;
    for (region, origin) in
        [("us1", "https://us.auth.example"), ("EU-1", "https://eu.auth.example:8443")]
    {
        let mut fields = backend.access_token_fields(&app, &EndUser::ann());
        fields.retain(|(name, _)| *name != "region");
        fields.push(("region", region.to_owned()));
        let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        for host in ["evil.example", "us.auth.example", "api.auth.example", "%"] {
            let request = backend.request(Method::POST, PATH).header("host", host);
            let request = request.header("x-forwarded-host", "evil.example");
            let request = request.header("forwarded", "host=\"evil.example\";proto=http");
            let request = request.header("content-type", "application/x-www-form-urlencoded");
            let answer = Answer::of(request.body(form(&fields)).send().await.unwrap()).await;
            let url = link(&answer);
            assert_eq!(url.origin().ascii_serialization(), origin, "{region} at {host}");
            assert!(!url.as_str().contains("evil"), "{url}");
        }
    }
}

#[tokio::test]
async fn links_and_access_tokens_are_shed_together() {
    let server = TestServer::with(|config| config.server.access_tokens_per_second = 3).await;
    let (backend, app) = server.shop().await;
    for _ in 0..2 {
        link(&create(&backend, &app, &EndUser::ann()).await);
    }
    assert_eq!(backend.create_access_token(&app, &EndUser::ann(), &[]).await.status, 200);
    let answer = create(&backend, &app, &EndUser::ann()).await;
    assert_eq!((answer.status, answer.retry_after), (429, Some(1)));
    assert_eq!(backend.create_access_token(&app, &EndUser::ann(), &[]).await.status, 429);
}

#[tokio::test]
async fn row_20_a_link_of_an_old_key_opens_until_its_last_moment() {
    let day = Duration::from_hours(24);
    let server = TestServer::with(|config| config.tokens.factor_link_lifetime = day).await;
    let (service, clock) = (&server.service, &server.clock);
    let (backend, app) = server.shop().await;
    let config = &service.config;
    let policy = rotation_policy(config.keys.rotate_every, config.tokens.longest_life());
    clock.advance(policy.every);
    service.keys.rotate(&service.entropy, clock.now(), policy).await.unwrap();
    let in_use = clock.now().plus(policy.announce);
    // The last link that the old key signs.
    clock.advance(policy.announce.saturating_sub(Duration::from_millis(1)));
    let made_at = clock.now();
    let token = token(&create(&backend, &app, &EndUser::ann()).await);
    let open = async || {
        let ring = service.ring(clock.now()).await.unwrap();
        let opened = access_token::open(&ring, &token, &[Audience::FactorLink], clock.now());
        opened.map(|opened| opened.start_before)
    };
    clock.advance(day.saturating_sub(Duration::from_millis(1)));
    assert!(!clock.now().is_expired(made_at.plus(day)));
    assert!(open().await.unwrap() <= made_at.plus(day));
    // What it leads to may live on as long as any login, and then the key is dead.
    clock.advance(Duration::from_millis(
        u64::try_from(in_use.plus(policy.overlap).as_millis() - clock.now().as_millis()).unwrap(),
    ));
    assert_eq!(open().await, Err(TokenError::Key));
}

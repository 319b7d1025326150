//! Limits by address and phone, however an end user is spelled and whichever instance is asked.

use reqwest::Response;
use tokio::task::JoinSet;

use super::cluster::Cluster;
use super::front::PEER;
use crate::support::{Backend, EndUser, eventually, form};

const VARIANTS: u32 = 1_000;
/// Requests under way at once.
const AT_ONCE: usize = 40;
const LIMIT: u32 = 5;

/// What an end user's machine claims, and the way in which the proxy writes its address.
#[derive(Clone)]
struct Variant {
    user: EndUser,
    query: String,
    headers: Vec<(&'static str, String)>,
}

/// Counts the answers: those that let a start or message pass, and those that a limit refused.
async fn ask_all(backend: &Backend, app: &str, variant: impl Fn(u32) -> Variant) -> (u32, u32) {
    let (mut passed, mut limited) = (0, 0);
    let mut running = JoinSet::new();
    let mut count = |status: u16| match status {
        200 => passed += 1,
        429 => limited += 1,
        other => panic!("{other}"),
    };
    for n in 0..VARIANTS {
        if running.len() == AT_ONCE {
            count(running.join_next().await.unwrap().unwrap());
        }
        let (backend, app, variant) = (backend.clone(), app.to_owned(), variant(n));
        running.spawn(async move { ask(&backend, &app, variant).await.status().as_u16() });
    }
    while let Some(status) = running.join_next().await {
        count(status.unwrap());
    }
    (passed, limited)
}

/// A new login of this end user asks for its first code.
async fn ask(backend: &Backend, app: &str, variant: Variant) -> Response {
    let widget = backend.widget(app, &variant.user).await;
    let body = form(&[("token", &widget.token), ("app_id", app), ("do", "send"), ("sends", "0")]);
    let url = format!("{}/client{}", widget.base, variant.query);
    let mut request = widget.http.post(url).body(body);
    request = request.header("content-type", "application/x-www-form-urlencoded");
    for (name, value) in variant.headers {
        request = request.header(name, value);
    }
    request.send().await.unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn row_6_1000_variants_of_one_address_are_one_bucket_over_three_instances() {
    let cluster = Cluster::with(|config| {
        config.limits.starts_per_ip_per_hour = LIMIT;
        config.server.access_tokens_per_second = 1_000_000;
    })
    .await;
    let (backend, app) = cluster.shop().await;
    let (passed, limited) = ask_all(&backend, &app, |n| Variant {
        user: EndUser::number(n),
        query: format!("?scheme=light&ip=203.0.113.{}&phone={n}", n % 256),
        headers: forged(n).into_iter().chain([(PEER, spelled(n))]).collect(),
    })
    .await;
    assert_eq!((passed, limited), (LIMIT, VARIANTS - LIMIT));
    let started = r#"onlyauth_logins_total{channel="sms",outcome="started"}"#;
    assert_eq!(cluster.metric(started).await, u64::from(LIMIT));
    // The next network is another bucket.
    let other = Variant {
        user: EndUser::number(VARIANTS),
        query: String::new(),
        headers: vec![(PEER, "2001:db8:1:3::1".to_owned())],
    };
    assert_eq!(ask(&backend, &app, other).await.status(), 200);
}

/// What a client can write itself.
fn forged(n: u32) -> Vec<(&'static str, String)> {
    let ip = format!("203.0.{}.{}", n / 256, n % 256);
    let claims = match n % 6 {
        0 => return Vec::new(),
        1 => ip.clone(),
        2 => format!("{ip}, 127.0.0.1, 127.0.0.1"),
        3 => format!("2001:db8:{n:x}::1, unknown, {ip}:{n}"),
        4 => ",".repeat(usize::try_from(n % 50).unwrap()),
        _ => format!("\"[2001:db8:{n:x}::1]:4711\""),
    };
    let others = ["x-real-ip", "true-client-ip", "cf-connecting-ip", "client-ip"];
    let other = others[usize::try_from(n).unwrap() % others.len()];
    vec![
        ("x-forwarded-for", claims),
        (other, ip.clone()),
        ("forwarded", format!("for={ip};by=127.0.0.1")),
    ]
}

/// One customer's network, which is a /64: another machine in it each time, written in another way.
fn spelled(n: u32) -> String {
    let (low, high) = (n.wrapping_mul(2_654_435_761), n % 0xffff);
    let host = format!("{:x}:{:x}:{high:x}:{n:x}", low >> 16, low & 0xffff);
    match n % 5 {
        0 => format!("2001:db8:1:2:{host}"),
        1 => format!("2001:DB8:1:2:{}", host.to_uppercase()),
        2 => format!("2001:0db8:0001:0002:{host}"),
        3 => format!("[2001:db8:1:2:{host}]:{}", 1024 + n),
        _ => format!("2001:db8:1:2::{n:x}"),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn row_6_1000_spellings_of_one_phone_are_one_bucket_over_three_instances() {
    let cluster = Cluster::with(|config| {
        config.limits.sends_per_client_and_phone_per_hour = LIMIT;
        config.server.access_tokens_per_second = 1_000_000;
    })
    .await;
    let backend = cluster.client("Shop").await;
    let app = backend.live_app().await;
    let (passed, limited) = ask_all(&backend, &app, |n| {
        let user = EndUser::new(&format!("User-{n}"), &punctuated(n));
        Variant { user, query: format!("?n={n}"), headers: forged(n) }
    })
    .await;
    assert_eq!((passed, limited), (LIMIT, VARIANTS - LIMIT));
    let sent = r#"onlyauth_messages_total{channel="sms",outcome="sent"}"#;
    eventually("five messages", || async {
        (cluster.metric(sent).await == u64::from(LIMIT)).then_some(())
    })
    .await;
}

/// +1 202 555 0101 with other marks between its digits each time.
fn punctuated(n: u32) -> String {
    let marks = [" ", "-", ".", ""];
    let mark = |place: u32| marks[usize::try_from(n / 4_u32.pow(place) % 4).unwrap()];
    format!("+1{}202{}555{}0{}1{}01", mark(0), mark(1), mark(2), mark(3), mark(4))
}

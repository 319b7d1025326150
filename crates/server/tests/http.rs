//! The listener and what hostile bytes come to.

use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::support::process::{Process, client, command, folder};
use crate::support::raw::{exchange, statuses};
use crate::support::{EndUser, TestServer};

const FORM: &str = "application/x-www-form-urlencoded";

/// A small generator, so that a failing case can be run again.
struct Lehmer(u64);

impl Lehmer {
    fn next(&mut self, below: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % below
    }
}

#[tokio::test]
async fn row_41_oversized_and_odd_bodies_are_refused_by_name() {
    let server = TestServer::start().await;
    let (backend, _) = server.shop().await;
    let post = async |body: Vec<u8>, kind: &str| {
        let request = backend.request(reqwest::Method::POST, "/server/access-tokens/new");
        let answer = request.header("content-type", kind).body(body).send().await.unwrap();
        crate::support::Answer::of(answer).await
    };
    for (name, body, kind, status, problem) in [
        ("1 MiB", vec![b'a'; 1 << 20], FORM, 413, "larger than"),
        ("bad UTF-8", b"app_id=%ff%fe".to_vec(), FORM, 400, "UTF-8"),
        ("raw bad UTF-8", b"app_id=\xff\xfe".to_vec(), FORM, 400, "UTF-8"),
        ("NUL", b"app_id=a%00b".to_vec(), FORM, 400, "control character"),
        ("raw NUL", b"app_id=a\0b".to_vec(), FORM, 400, "control character"),
        ("broken escape", b"app_id=%zz".to_vec(), FORM, 400, "percent escape"),
        ("doubled", b"app_id=a&app_id=b".to_vec(), FORM, 400, "'app_id' is given twice."),
        ("8,000 fields", "a&".repeat(8_000).into_bytes(), FORM, 400, "more than 64 fields"),
        ("10,000 fields", "a&".repeat(10_000).into_bytes(), FORM, 413, "larger than"),
        ("JSON", b"{}".to_vec(), "application/json", 415, "application/x-www-form-urlencoded"),
        ("multipart", b"x".to_vec(), "multipart/form-data; boundary=x", 415, "urlencoded"),
    ] {
        let answer = post(body, kind).await;
        assert_eq!(answer.status, status, "{name}: {answer:?}");
        let problems = answer.problems();
        assert!(problems.iter().any(|found| found.contains(problem)), "{name}: {problems:?}");
    }
    let crlf = post(b"language=en%0d%0aX-Injected:%201".to_vec(), FORM).await;
    assert_eq!(crlf.status, 400);
}

#[tokio::test]
async fn row_41_ten_thousand_fuzzed_requests_give_no_5xx_and_memory_stays() {
    let (_folder, data) = folder();
    command(&data, &["client", "create", "--name", "First"]);
    let server = Process::serve(&data, &[]);
    let backend = client(&data, &server.base());
    let app = backend.sandbox_app().await;
    let widget = backend.widget(&app, &EndUser::ann()).await;
    let body = format!("token={}&app_id={app}&do=check&attempt=x&code=1&sends=0", widget.token);
    let seeds = [
        format!(
            "POST /client HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n\
             Content-Length: {}\r\n\r\n{body}",
            body.len()
        ),
        format!("GET /client?token={}&app_id={app} HTTP/1.1\r\nHost: x\r\n\r\n", widget.token),
        format!(
            "GET /server/success-tokens?app_id={app}&client_id={}&token=TOKN-x HTTP/1.1\r\nHost: x\r\n\
             Authorization: Bearer {}\r\n\r\n",
            backend.client_id, backend.secret
        ),
        format!(
            "POST /apps HTTP/1.1\r\nHost: x\r\nAuthorization: {}\r\nContent-Type: \
             application/x-www-form-urlencoded\r\nContent-Length: 33\r\n\r\nfriendly_name=x&app_domain=y.test",
            backend.secret
        ),
        format!(
            "GET /apps/{app}?client_id={} HTTP/1.1\r\nHost: x\r\nAuthorization: x\r\n\r\n",
            backend.client_id
        ),
    ];
    let mut random = Lehmer(20_261_124);
    let mut seen = 0;
    let mut early = 0;
    for round in 0..100 {
        if round == 20 {
            early = server.memory();
        }
        let mut wave = Vec::new();
        for _ in 0..100 {
            let mut bytes = seeds[random.next(seeds.len())].clone().into_bytes();
            for _ in 0..=random.next(6) {
                let at = random.next(bytes.len().max(2) - 1);
                match random.next(4) {
                    0 => bytes[at] = u8::try_from(random.next(256)).unwrap(),
                    1 => bytes.insert(at, u8::try_from(random.next(256)).unwrap()),
                    2 if bytes.len() > 1 => drop(bytes.remove(at)),
                    _ => bytes.truncate(at + 1),
                }
            }
            let address = server.address;
            wave.push(tokio::spawn(async move { (exchange(address, &bytes).await, bytes) }));
        }
        for request in wave {
            let (answer, bytes) = request.await.unwrap();
            let bad = statuses(&answer).into_iter().find(|status| *status >= 500);
            assert_eq!(bad, None, "{:?}", String::from_utf8_lossy(&bytes));
            seen += 1;
        }
    }
    assert_eq!(seen, 10_000);
    let late = server.memory();
    assert!(late < early + 16 * 1024, "{early} KiB after 2,000 requests, {late} KiB after 10,000");
    assert_eq!(backend.get("/readyz").await.status, 200);
    assert_eq!(server.stop().0, Some(0));
}

#[tokio::test]
async fn row_42_2000_half_open_connections_leave_honest_ones_alone_and_are_closed() {
    let server = TestServer::with(|config| {
        config.server.header_timeout = Duration::from_secs(8);
        config.server.body_timeout = Duration::from_secs(8);
    })
    .await;
    let (backend, app) = server.shop().await;
    let begun = std::time::Instant::now();
    let mut open = Vec::new();
    for n in 0..2_000 {
        open.push(half_open(&server, n).await);
    }
    for n in 0..10 {
        backend.pass(&app, &EndUser::number(n)).await;
    }
    let still_open = open.iter().filter(|stream| stream.try_read(&mut [0]).is_err()).count();
    assert_eq!(still_open, 2_000, "honest logins passed while all were open");
    for mut stream in open {
        let mut rest = Vec::new();
        let closed = tokio::time::timeout(Duration::from_secs(30), stream.read_to_end(&mut rest));
        let _ = closed.await.expect("closed by the server");
    }
    assert!(begun.elapsed() < Duration::from_secs(30), "{:?}", begun.elapsed());
}

async fn half_open(server: &TestServer, n: usize) -> TcpStream {
    let mut stream = TcpStream::connect(server.address).await.unwrap();
    let sent: &[u8] = match n % 4 {
        0 => b"",
        1 => b"GET /healthz HTT",
        2 => b"GET /healthz HTTP/1.1\r\nHost: x\r\nX-Slow: ",
        _ => b"POST /client HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\ntoken=",
    };
    stream.write_all(sent).await.unwrap();
    stream
}

#[tokio::test]
async fn row_42_at_the_cap_of_connections_honest_ones_wait_and_are_served() {
    let server = TestServer::with(|config| {
        config.server.max_connections = 20;
        config.server.header_timeout = Duration::from_secs(1);
    })
    .await;
    let mut open = Vec::new();
    for _ in 0..40 {
        open.push(half_open(&server, 0).await);
    }
    let answer = server.http.get(server.base() + "/healthz").send().await.unwrap();
    assert_eq!(answer.status(), 200, "once those before it were closed");
}

#[tokio::test]
async fn row_42_a_slow_head_is_cut_off_although_bytes_keep_coming() {
    let server =
        TestServer::with(|config| config.server.header_timeout = Duration::from_millis(300)).await;
    let stream = TcpStream::connect(server.address).await.unwrap();
    let (mut reader, mut writer) = stream.into_split();
    let dripping = tokio::spawn(async move {
        // A slow client's pace, not a wait: all at once would be refused for its size instead. Ends when the
        // server closes, which fails the write.
        while writer.write_all(b"x").await.is_ok() {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    });
    let mut rest = Vec::new();
    let _ = tokio::time::timeout(Duration::from_secs(10), reader.read_to_end(&mut rest))
        .await
        .expect("cut off");
    dripping.await.unwrap();
}

#[tokio::test]
async fn an_idle_connection_is_closed_and_a_busy_one_is_kept() {
    let server =
        TestServer::with(|config| config.server.idle_timeout = Duration::from_millis(400)).await;
    let mut stream = TcpStream::connect(server.address).await.unwrap();
    for _ in 0..3 {
        stream.write_all(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n").await.unwrap();
        let mut answer = [0; 12];
        stream.read_exact(&mut answer).await.unwrap();
        assert_eq!(&answer, b"HTTP/1.1 200");
        let mut rest = vec![0; 4096];
        let _ = stream.read(&mut rest).await.unwrap();
    }
    let mut rest = Vec::new();
    let closed = tokio::time::timeout(Duration::from_secs(10), stream.read_to_end(&mut rest));
    closed.await.expect("closed when idle").unwrap();
}

#[tokio::test]
async fn metrics_are_for_listed_addresses_and_not_through_unlisted_proxies() {
    let server = TestServer::start().await;
    let get = |forwarded: Option<&str>| {
        let mut request = server.http.get(server.base() + "/metrics");
        if let Some(address) = forwarded {
            request = request.header("x-forwarded-for", address);
        }
        request.send()
    };
    assert_eq!(get(None).await.unwrap().status(), 200);
    assert_eq!(get(Some("203.0.113.1")).await.unwrap().status(), 404);
    let ready = server.http.get(server.base() + "/readyz").send().await.unwrap();
    let ready: serde_json::Value = serde_json::from_str(&ready.text().await.unwrap()).unwrap();
    assert_eq!(ready["unlisted_proxy"], true, "doctor is told");
}

#[tokio::test]
async fn every_refusal_of_a_path_or_method_is_the_contracts_json() {
    let server = TestServer::start().await;
    let (backend, _) = server.shop().await;
    for (method, path, status, code) in [
        ("GET", "/apps/%ff?client_id=CLIENT", 404, "not_found"),
        ("DELETE", "/apps/%ff?client_id=CLIENT", 404, "not_found"),
        ("POST", "/apps/%ff?client_id=CLIENT", 404, "not_found"),
        ("GET", "/assets/%ff/x", 404, "not_found"),
        ("PUT", "/client", 405, "method_not_allowed"),
        ("POST", "/healthz", 405, "method_not_allowed"),
        ("DELETE", "/readyz", 405, "method_not_allowed"),
        ("PATCH", "/apps", 405, "method_not_allowed"),
    ] {
        let path = path.replace("CLIENT", &backend.client_id);
        let answer = backend.request(method.parse().unwrap(), &path).send().await.unwrap();
        let answer = crate::support::Answer::of(answer).await;
        assert_eq!((answer.status, answer.code().as_str()), (status, code), "{method} {path}");
        assert!(!answer.problems().is_empty());
    }
}

#[tokio::test]
async fn unknown_paths_answer_in_the_apis_words() {
    let server = TestServer::start().await;
    let answer = server.http.get(server.base() + "/nowhere").send().await.unwrap();
    assert_eq!(answer.status(), 404);
    assert_eq!(
        answer.text().await.unwrap(),
        r#"{"error":"Not found.","code":"not_found","errors":["Not found."]}"#
    );
}

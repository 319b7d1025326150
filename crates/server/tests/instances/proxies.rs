//! The proxies of docs/how-to/run-several-instances.md, configured as the page says: only addresses, names and
//! files are replaced.

use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::time::Duration;

use reqwest::{Method, Response};
use tempfile::TempDir;

use super::processes::Processes;
use crate::delivery::stub::{Act, Stub};
use crate::support::process::Process;
use crate::support::{Backend, EndUser, eventually, form};

const PAGE: &str = include_str!("../../../../docs/how-to/run-several-instances.md");
const UPSTREAMS: [&str; 3] = ["10.0.0.11:8080", "10.0.0.12:8080", "10.0.0.13:8080"];
const NAME: &str = "auth.example.com";

/// Runs a program until its standard input closes, which it does when the test is gone.
const KEEPER: &str = r#"
trap : TERM INT HUP
"$@" &
program=$!
cat >/dev/null
kill -TERM "$program" 2>/dev/null
wait "$program"
"#;

/// A proxy with a folder of its own.
struct Proxy {
    keeper: Child,
    leash: Option<ChildStdin>,
    folder: TempDir,
    base: String,
}

impl Drop for Proxy {
    fn drop(&mut self) {
        drop(self.leash.take());
        let _ = self.keeper.wait();
    }
}

impl Proxy {
    async fn nginx(upstreams: &[SocketAddr; 3]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let port = free_port();
        let server = replaced(block("nginx"), upstreams)
            .replace("    ssl_certificate     /etc/ssl/auth.example.com.pem;\n", "")
            .replace("    ssl_certificate_key /etc/ssl/auth.example.com.key;\n", "")
            .replace("listen 443 ssl;", &format!("listen 127.0.0.1:{port};"));
        let path = folder.path().display();
        let temporary: String = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
            .map(|kind| format!("{kind}_temp_path {path}/{kind};\n"))
            .concat();
        let config = format!(
            "daemon off; worker_processes 1; pid {path}/pid; error_log {path}/log;\n\
             events {{}}\nhttp {{\n{temporary}{server}\n}}\n"
        );
        let file = folder.path().join("config");
        std::fs::write(&file, config).unwrap();
        let mut command = keeper("/usr/sbin/nginx");
        command.args(["-e", "stderr", "-p"]).arg(folder.path()).arg("-c").arg(&file);
        Self::start(command, folder, port).await
    }

    async fn caddy(upstreams: &[SocketAddr; 3]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let port = free_port();
        let site = replaced(block("caddyfile"), upstreams)
            .replace(&format!("{NAME} {{"), &format!("http://:{port} {{\n\tbind 127.0.0.1"));
        let file = folder.path().join("Caddyfile");
        std::fs::write(&file, format!("{{\n\tadmin off\n}}\n{site}")).unwrap();
        let mut command = keeper("/usr/bin/caddy");
        command.args(["run", "--adapter", "caddyfile", "--config"]).arg(&file);
        command.env("HOME", folder.path());
        Self::start(command, folder, port).await
    }

    async fn start(mut command: Command, folder: TempDir, port: u16) -> Self {
        let log = std::fs::File::create(folder.path().join("output")).unwrap();
        command.stdin(Stdio::piped()).stdout(log.try_clone().unwrap()).stderr(log);
        let mut keeper = command.spawn().unwrap();
        let leash = keeper.stdin.take();
        let base = format!("http://127.0.0.1:{port}");
        let proxy = Self { keeper, leash, folder, base };
        let http = client();
        // It answers this by itself, whatever is behind it.
        let url = format!("{}/healthz", proxy.base);
        let started = std::time::Instant::now();
        while !http.get(&url).send().await.is_ok_and(|answer| answer.status() == 404) {
            assert!(started.elapsed() < Duration::from_secs(20), "{}", proxy.said());
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        proxy
    }

    fn said(&self) -> String {
        let read = |name| std::fs::read_to_string(self.folder.path().join(name));
        ["output", "log"].map(|name| read(name).unwrap_or_default()).concat()
    }
}

fn keeper(program: &str) -> Command {
    assert!(Path::new(program).exists(), "install the Debian packages nginx-light and caddy");
    let mut command = Command::new("sh");
    command.args(["-c", KEEPER, "keeper", program]);
    command
}

/// The page's only block in this language.
fn block(language: &str) -> &'static str {
    let (_, rest) = PAGE.split_once(&format!("```{language}\n")).unwrap();
    assert!(!rest.contains(&format!("```{language}\n")), "one block");
    rest.split_once("```").unwrap().0
}

fn replaced(config: &str, upstreams: &[SocketAddr; 3]) -> String {
    UPSTREAMS.iter().zip(upstreams).fold(config.to_owned(), |config, (name, address)| {
        assert!(config.contains(name));
        config.replace(name, &address.to_string())
    })
}

/// A port that nobody has; the proxies can't be given one that is open already.
fn free_port() -> u16 {
    std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

fn client() -> reqwest::Client {
    let builder = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none());
    builder.no_proxy().pool_max_idle_per_host(0).build().unwrap()
}

/// A whole login, in which every request is answered by an instance, and again with one of them gone.
async fn carries_logins(start: impl AsyncFn(&[SocketAddr; 3]) -> Proxy) {
    let processes = Processes::with(&[("ONLYAUTH_SERVER_TRUSTED_PROXIES", "127.0.0.1")]);
    let mut servers = processes.serve_all();
    let addresses: Vec<SocketAddr> = servers.iter().map(|server| server.address).collect();
    let proxy = start(&addresses.try_into().unwrap()).await;
    let backend = Backend { http: client(), ..processes.client(&proxy.base) };
    let app = backend.sandbox_app().await;
    for number in 0..3 {
        login(&backend, &app, number).await;
    }
    for server in &servers {
        assert!(answered(server).await > 0, "an instance got nothing: {}", proxy.said());
    }
    servers.remove(1).kill();
    // The proxy notices by a request that can't be connected, which the page tells to repeat.
    let user = EndUser::number(100);
    eventually("the API without one instance", || async {
        let answer = backend.create_access_token(&app, &user, &[]).await;
        (answer.status == 200).then_some(())
    })
    .await;
    for number in 3..6 {
        login(&backend, &app, number).await;
    }
    let log = proxy.said();
    drop(proxy);
    for server in servers {
        let (exit, said) = server.stop();
        assert_eq!(exit, Some(0), "{log}");
        assert!(!said.contains("unlisted_proxy"), "{said}");
    }
}

async fn login(backend: &Backend, app: &str, number: u32) {
    let (_, page) = backend.pass(app, &EndUser::number(number)).await;
    let token = page.success_token().unwrap();
    assert_eq!(backend.validate(app, &token).await.status, 200);
    assert_eq!(backend.validate(app, &token).await.status, 404);
}

/// How many requests for the widget an instance has had.
async fn answered(server: &Process) -> usize {
    let text = client().get(format!("{}/metrics", server.base())).send().await.unwrap();
    let text = text.text().await.unwrap();
    text.lines().filter(|line| line.contains("route=\"/client\"")).count()
}

/// What changes something is sent to one upstream, once, also when that breaks off; where nobody can be connected
/// to, another is asked. Whoever asks has the address that the proxy sees.
async fn sends_nothing_twice(start: impl AsyncFn(&[SocketAddr; 3]) -> Proxy) {
    let mut stubs = Vec::new();
    for _ in 0..3 {
        stubs.push(
            Stub::start(|request| {
                if request.line.contains("/readyz") || request.line.contains("good") {
                    return Act::status(200);
                }
                Act::Reset
            })
            .await,
        );
    }
    let addresses = stubs.iter().map(|stub| stub.base.trim_start_matches("http://"));
    let addresses: Vec<SocketAddr> =
        addresses.map(|address| address.trim_end_matches('/').parse().unwrap()).collect();
    let arrived = |line: &str| -> usize {
        let lines = stubs.iter().flat_map(Stub::requests);
        lines.filter(|request| request.line.starts_with(line)).count()
    };
    for (number, (method, path)) in (0..).zip([
        ("POST", "/server/access-tokens/new"),
        ("POST", "/client"),
        ("POST", "/server/success-tokens"),
        ("GET", "/server/success-tokens"),
        ("POST", "/apps"),
        ("POST", "/apps/APPX-1"),
        ("DELETE", "/apps/APPX-1"),
    ]) {
        // A proxy of its own each time: none of the upstreams is known to fail.
        let proxy = start(&addresses.clone().try_into().unwrap()).await;
        let path = format!("{path}?case={number}");
        let answer = ask(&proxy, method, &path).await;
        assert_eq!(answer.status(), 502, "{method} {path}: {}", proxy.said());
        assert_eq!(arrived(&format!("{method} {path} ")), 1, "{method} {path}");
    }

    // Two of three can't be connected to.
    let nobody = || SocketAddr::from(([127, 0, 0, 1], free_port()));
    let proxy = start(&[nobody(), nobody(), addresses[0]]).await;
    for (method, path) in [("POST", "/client?good"), ("GET", "/client?good")] {
        assert_eq!(ask(&proxy, method, path).await.status(), 200, "{method} {path}");
    }
    let requests = stubs[0].requests();
    let seen =
        requests.iter().find(|request| request.line.starts_with("POST /client?good")).unwrap();
    assert_eq!(seen.header("x-forwarded-for"), "127.0.0.1");
    let inside = ask(&proxy, "GET", "/metrics").await;
    assert_eq!(inside.status(), 404);
}

/// A request from somebody who would like to be somebody else.
async fn ask(proxy: &Proxy, method: &str, path: &str) -> Response {
    let method: Method = method.parse().unwrap();
    let body = if method == Method::POST { form(&[("do", "send")]) } else { String::new() };
    client()
        .request(method, format!("{}{path}", proxy.base))
        .header("x-forwarded-for", "203.0.113.9")
        .header("content-type", "application/x-www-form-urlencoded")
        .body(body)
        .send()
        .await
        .unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nginx_as_the_page_configures_it_carries_logins_also_without_one_instance() {
    carries_logins(Proxy::nginx).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nginx_as_the_page_configures_it_sends_nothing_twice_and_hides_nobody() {
    sends_nothing_twice(Proxy::nginx).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn caddy_as_the_page_configures_it_carries_logins_also_without_one_instance() {
    carries_logins(Proxy::caddy).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn caddy_as_the_page_configures_it_sends_nothing_twice_and_hides_nobody() {
    sends_nothing_twice(Proxy::caddy).await;
}

//! What the environment decides: the server where nobody names one, and proxies. Each is tried in a process of its own,
//! which is this file's last test with an environment of its own.

use std::process::Command;

use onlyauth_client::{Client, Operation, RetryPolicy};

use crate::support::{Act, SECRET, Stub, builder, call};

/// Tells the last test what to do.
const ROLE: &str = "ONLYAUTH_TEST_ROLE";

/// Runs the last test in this environment and in no other.
async fn in_environment(role: &str, environment: &[(&str, &str)]) {
    let mut child = Command::new(std::env::current_exe().unwrap());
    child.args(["--exact", "environment::as_the_environment_has_it"]);
    child.env_clear().env(ROLE, role).envs(environment.iter().copied());
    let output = tokio::task::spawn_blocking(move || child.output().unwrap()).await.unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
}

#[tokio::test]
async fn the_environment_names_the_server_where_the_program_does_not() {
    let named = Stub::start([Act::json(200, r#"{"apps":[]}"#)]).await;
    in_environment("ask the default server", &[("ONLYAUTH_SERVER_URL", &named.base)]).await;
    assert_eq!(named.requests().len(), 1);
}

#[tokio::test]
async fn where_nobody_names_a_server_it_is_on_this_machine() {
    in_environment("show the default server", &[]).await;
    in_environment("show the default server", &[("ONLYAUTH_SERVER_URL", " ")]).await;
}

#[tokio::test]
async fn a_proxy_is_not_told_what_stays_on_this_machine() {
    let proxy = Stub::start([Act::json(200, r#"{"apps":[]}"#)]).await;
    let server = Stub::start([Act::json(200, r#"{"apps":[]}"#)]).await;
    let proxies =
        ["http_proxy", "HTTP_PROXY", "https_proxy", "ALL_PROXY"].map(|name| (name, &*proxy.base));
    in_environment(
        "ask the default server",
        &[&proxies[..], &[("ONLYAUTH_SERVER_URL", &server.base)]].concat(),
    )
    .await;
    assert_eq!((server.requests().len(), proxy.connections()), (1, 0));
}

#[tokio::test]
async fn a_proxy_leads_to_other_machines_unless_that_is_turned_off() {
    let proxy = Stub::start([Act::json(200, r#"{"apps":[]}"#)]).await;
    in_environment("ask another machine", &[("http_proxy", &proxy.base)]).await;
    let asked = proxy.requests().remove(0);
    assert_eq!(
        asked.target,
        "http://auth.invalid/apps?client_id=CLNT-01920000-0000-7000-8000-000000000002"
    );
    in_environment("ask another machine directly", &[("http_proxy", &proxy.base)]).await;
    assert_eq!(proxy.requests().len(), 1);
}

#[tokio::test]
async fn as_the_environment_has_it() {
    let elsewhere = || builder("http://auth.invalid").allow_plain_http(true);
    let found = match std::env::var(ROLE).as_deref() {
        Ok("ask the default server") => Client::builder().secret(SECRET),
        Ok("show the default server") => {
            let client = Client::builder().secret(SECRET).build().unwrap();
            assert_eq!(client.server_origin(), "http://localhost:8080");
            return;
        }
        Ok("ask another machine") => elsewhere(),
        Ok("ask another machine directly") => {
            let client =
                elsewhere().use_proxies(false).retry(RetryPolicy::never()).build().unwrap();
            assert!(call(&client, Operation::GetApps).await.is_err());
            return;
        }
        // Run among the others, it has nothing to do.
        _ => return,
    };
    call(&found.build().unwrap(), Operation::GetApps).await.unwrap();
}

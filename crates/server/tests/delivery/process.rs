//! The binary with `[[provider]]` tables.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use super::stub::{Act, Stub};
use super::{SECRET, text};
use crate::support::process::{Process, client, folder};
use crate::support::{EndUser, eventually};

const SID: &str = "AC00000000000000000000000000000001";

fn write_config(folder: &Path, table: &str) -> String {
    let file = folder.join("onlyauth.toml");
    std::fs::write(&file, format!("[[provider]]\nchannels = [\"sms\"]\n{table}")).unwrap();
    file.to_str().unwrap().to_owned()
}

fn write_secret(folder: &Path, secret: &str) -> String {
    let file = folder.join("secret");
    std::fs::write(&file, format!("{secret}\n")).unwrap();
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o600)).unwrap();
    file.to_str().unwrap().to_owned()
}

fn webhook(folder: &Path, stub: &Stub) -> String {
    let secret = write_secret(folder, SECRET);
    let (name, url) = ("name = \"gateway\"\nkind = \"webhook\"", &stub.base);
    write_config(folder, &format!("{name}\nurl = \"{url}\"\nsecret_file = \"{secret}\"\n"))
}

#[tokio::test]
async fn a_configured_provider_carries_a_login() {
    let sid = SID.to_owned();
    let stub = Stub::start(move |request| {
        let path = format!("POST /2010-04-01/Accounts/{sid}/Messages.json HTTP/1.1");
        if request.line == path && request.header("authorization").starts_with("Basic ") {
            Act::json(201, r#"{"sid":"SM00000000000000000000000000000009","status":"queued"}"#)
        } else {
            Act::status(401)
        }
    })
    .await;
    let (folder, data) = folder();
    let secret = write_secret(folder.path(), "planted-auth-token");
    let table = format!(
        "name = \"carrier\"\nkind = \"twilio\"\naccount_sid = \"{SID}\"\nauth_token_file = \"{secret}\"\n\
         from = \"+15005550006\"\nbase_url = \"{}\"\n",
        stub.base
    );
    let config = write_config(folder.path(), &table);
    crate::support::process::command(&data, &["client", "create", "--name", "First"]);
    let server = Process::serve(&data, &[("ONLYAUTH_CONFIG", &config)]);
    let backend = client(&data, &server.base());
    let app = backend.live_app().await;
    let user = EndUser::new("planted-user", "+14155552671");
    let widget = backend.widget(&app, &user).await;
    let form = widget.ask_by("sms").await;
    let body = eventually("the message", || async {
        let requests = stub.requests();
        Some(requests.first()?.body.clone())
    })
    .await;
    let fields: Vec<(String, String)> =
        url::form_urlencoded::parse(body.as_bytes()).into_owned().collect();
    let field = |name: &str| fields.iter().find(|(field, _)| field == name).unwrap().1.clone();
    assert_eq!((field("To"), field("From")), (user.phone.clone(), "+15005550006".to_owned()));
    let code: String = field("Body").chars().take(6).collect();
    assert_eq!(widget.check(&form, &code).await.state(), "passed");
    let (exit, log) = server.stop();
    assert_eq!(exit, Some(0));
    assert!(log.contains("SM00000000000000000000000000000009"), "{log}");
    for secret in ["planted-auth-token", &user.phone, &user.phone[1..], "planted-user"] {
        assert!(!log.contains(secret), "{secret} in {log}");
    }
}

#[tokio::test]
async fn row_34_a_crash_between_sending_and_noting_it_sends_nothing_twice() {
    let stub = Stub::start(|_| Act::status(200)).await;
    let (folder, data) = folder();
    let config = webhook(folder.path(), &stub);
    crate::support::process::command(&data, &["client", "create", "--name", "First"]);
    let environment = [("ONLYAUTH_CONFIG", config.as_str())];
    let server = Process::serve(&data, &environment);
    let backend = client(&data, &server.base());
    let app = backend.live_app().await;
    // The gateway has the whole message and has not said so yet: whatever it answers, nobody hears it.
    stub.then(Act::Hang);
    backend.widget(&app, &EndUser::ann()).await.ask_by("sms").await;
    eventually("the message at the gateway", || async {
        (stub.requests().len() == 1).then_some(())
    })
    .await;
    server.kill();
    let server = Process::serve(&data, &environment);
    let backend = crate::support::Backend { base: server.base(), ..backend };
    // Two further messages leave: the new worker has certainly looked at its outbox.
    for number in 1..=2 {
        backend.widget(&app, &EndUser::number(number)).await.ask_by("sms").await;
        let sent = usize::try_from(number).unwrap() + 1;
        eventually("the next message", || async { (stub.requests().len() >= sent).then_some(()) })
            .await;
    }
    let (_, log) = server.stop();
    let texts: Vec<String> = stub.requests().iter().map(text).collect();
    assert_eq!(texts.len(), 3, "{log}");
    let ids: std::collections::BTreeSet<String> =
        stub.requests().iter().map(|request| request.header("webhook-id").to_owned()).collect();
    assert_eq!(ids.len(), 3, "no message twice");
    let status: String = rusqlite::Connection::open(data.join("onlyauth.db"))
        .unwrap()
        .query_row("SELECT status FROM outbox ORDER BY message_id LIMIT 1", [], |row| row.get(0))
        .unwrap();
    assert_eq!(status, "sending", "until its lease ends and it becomes unknown");
}

#[tokio::test]
async fn a_provider_without_its_secret_keeps_the_server_from_starting() {
    let (folder, data) = folder();
    let config = write_config(
        folder.path(),
        "name = \"gateway\"\nkind = \"webhook\"\nurl = \"http://localhost:1/\"\nsecret_file = \"/nowhere\"\n",
    );
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_onlyauth"))
        .args(["serve", "--listen", "127.0.0.1:0", "--config", &config, "--data"])
        .arg(&data)
        .env_clear()
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(3));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("provider gateway: can't read the secret in /nowhere: "), "{said}");
    assert!(said.contains("hint: "), "{said}");
}

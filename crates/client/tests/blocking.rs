//! The client that waits.

use std::time::Duration;

use onlyauth_client::{AppSettings, Call, CallOptions, Error, Operation, blocking};

use crate::support::calls::{
    ACTION, APP, CLIENT, DEVICE, FACTOR, GOOD, USER, access_token, entries, factor_link, imported,
    inbox, listed, logins, validation, wanted,
};
use crate::support::{Act, Stub, builder, refused};

fn blocking(stub: &Stub) -> blocking::Client {
    blocking::Client::new(builder(&stub.base)).unwrap()
}

/// On a thread that no runtime knows.
async fn apart<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    let (done, when_done) = tokio::sync::oneshot::channel();
    let thread = std::thread::spawn(move || done.send(work()).map_err(drop));
    let answer = when_done.await.unwrap();
    thread.join().unwrap().unwrap();
    answer
}

fn every_method(client: &blocking::Client) -> Result<(), Error> {
    client.create_access_token(&access_token())?;
    client.create_factor_link(&factor_link())?;
    client.validate_success_token(&validation())?;
    client.validate_success_token_by_query(&validation())?;
    client.get_apps(CLIENT)?;
    client.new_app(None, &AppSettings::default())?;
    client.get_app_by_id(APP, CLIENT)?;
    client.update_app(APP, CLIENT, &AppSettings::default())?;
    client.delete_app(APP, CLIENT)?;
    client.get_sandbox_messages(&inbox())?;
    client.find_user(&wanted())?;
    client.get_user_by_id(USER, CLIENT)?;
    client.unlock_user(USER, CLIENT)?;
    client.list_actions(&logins())?;
    client.get_action_by_id(ACTION, CLIENT)?;
    client.list_users(&listed())?;
    client.import_users(&imported())?;
    client.remove_factor(USER, FACTOR, CLIENT)?;
    client.forget_trusted_device(USER, DEVICE, CLIENT)?;
    client.forget_trusted_devices(USER, CLIENT)?;
    client.list_audit_entries(&entries())?;
    client.reset_user(USER, CLIENT, "lost phone")?;
    client.erase_user(USER, CLIENT)?;
    client.export_user(USER, CLIENT)?;
    client.send(Call::new(Operation::GetApps))?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn every_method_waits_for_its_answer() {
    let stub = Stub::start([Act::json(200, GOOD)]).await;
    let client = blocking(&stub);
    apart(move || every_method(&client)).await.unwrap();
    let methods = Operation::ALL.map(|operation| (operation.method(), operation.path()));
    let asked = stub.requests();
    let asked = asked.iter().map(|request| (request.method.as_str(), request.path()));
    let asked: Vec<_> = asked
        .map(|(method, path)| {
            let path = path.replace(APP, "{app_id}").replace(USER, "{user_id}");
            let path = path.replace(FACTOR, "{factor_id}").replace(DEVICE, "{device_id}");
            (method, path.replace(ACTION, "{action_id}"))
        })
        .collect();
    for (method, path) in methods {
        assert!(asked.contains(&(method, path.to_owned())), "{method} {path}");
    }
    // A connection is free again a moment after its answer, so that the next call may not find it yet.
    assert!(stub.connections() < asked.len(), "{}", stub.connections());
}

#[tokio::test(flavor = "multi_thread")]
async fn threads_share_a_client() {
    let stub = Stub::start([Act::json(200, GOOD)]).await;
    let client = blocking(&stub);
    apart(move || {
        std::thread::scope(|scope| {
            let calls =
                |_| scope.spawn(|| (0..10).try_for_each(|_| client.get_apps(CLIENT).map(drop)));
            let threads: Vec<_> = (0..8).map(calls).collect();
            for thread in threads {
                thread.join().unwrap().unwrap();
            }
        });
    })
    .await;
    assert_eq!(stub.requests().len(), 80);
}

/// Tokio's own way of waiting would panic in each of these, as would dropping its runtime.
#[tokio::test(flavor = "multi_thread")]
async fn it_waits_wherever_it_is_called() {
    let stub = Stub::start([Act::json(200, GOOD)]).await;
    let client = blocking(&stub);
    let (on_a_task, on_a_blocking_thread) = (client.clone(), client.clone());
    // Many more polls than a task may have in a row.
    let task = async move { (0..300).try_for_each(|_| on_a_task.get_apps(CLIENT).map(drop)) };
    tokio::spawn(task).await.unwrap().unwrap();
    let work = move || on_a_blocking_thread.get_apps(CLIENT);
    tokio::task::spawn_blocking(work).await.unwrap().unwrap();
    drop(client);
}

#[tokio::test(flavor = "multi_thread")]
async fn its_time_has_an_end() {
    let stub = Stub::start([Act::Hang]).await;
    let client = blocking(&stub).with(&CallOptions::new().timeout(Duration::from_millis(200)));
    let error = refused(apart(move || client.get_apps(CLIENT)).await);
    assert!(matches!(error, Error::Timeout { .. }), "{error:?}");
}

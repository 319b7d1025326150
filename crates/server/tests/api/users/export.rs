//! Everything that is known of an end user.

use onlyauth_core::ids::DeviceId;

use super::*;
use crate::support::passkey::SoftAuthenticator;

pub(super) async fn export(backend: &Backend, id: &str) -> Answer {
    backend.get(&format!("/users/{id}/export?client_id={}", backend.client_id)).await
}

#[tokio::test]
async fn all_of_it_is_told_and_no_secret() {
    let server = TestServer::start().await;
    let (backend, app) = server.shop().await;
    let ann = EndUser::ann();
    let mut phone = SoftAuthenticator::platform();
    server.enrol(&backend, &app, &ann, &mut phone).await;
    let authenticator = server.enrol_totp(&backend, &app, &ann).await;
    backend.pass(&app, &EndUser::new("bob", "+12025550102")).await;
    let id = server.known_as(&backend, &app, &ann).await;
    let device = DeviceId::new(server.clock.now(), [7; 10]);
    let database = rusqlite::Connection::open(server.data().join("onlyauth.db")).unwrap();
    let trust = "INSERT INTO trusted_devices SELECT client_id, app_id, mode, end_user_hash, ?1, phone_hash, phone_hash,
        NULL, action_id, created_at, created_at, created_at + 60000, NULL, NULL FROM actions ORDER BY action_id LIMIT 1";
    database.execute(trust, [device.to_string()]).unwrap();
    let answer = export(&backend, &id).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    let told = answer.json();
    let now = server.clock.now().as_seconds();
    assert_eq!(told["end_user_uuid"], "ann");
    assert_eq!(told["end_user_phone_number"], "+12025550101");
    assert_eq!((&told["created_at"], &told["last_channel"]), (&json!(now), &json!("sms")));
    let factors = told["factors"].as_array().unwrap();
    assert_eq!(factors.len(), 2);
    let passkey = factors.iter().find(|factor| factor["channel"] == "webauthn").unwrap();
    assert_eq!(passkey["rp_id"], json!(server.service.relying_party.as_ref().unwrap().rp_id()));
    let [action] = &told["actions"].as_array().unwrap()[..] else { panic!("{told}") };
    let expected = json!({
        "id": action["id"], "status": "passed", "end_user_phone_number": "+12025550101",
        "redirect_uri": "https://shop.example/return?keep=1", "language": "en-US",
        "created_at": now, "ended_at": now,
    });
    assert_eq!(action, &expected);
    // The code, and the notice that a passkey was made, which the worker may still have.
    let messages = told["messages"].as_array().unwrap();
    assert_eq!(messages.len(), 2, "{told}");
    assert!(messages.iter().all(|message| message["action_id"] == action["id"]), "{told}");
    assert!(messages.iter().any(|message| message["status"] == "sent"), "{told}");
    assert!(
        !answer.body.contains("+12025550102") && !answer.body.contains(&authenticator.secret())
    );
    assert_eq!(
        (&told["failures"], &told["trusted_devices"][0]["id"]),
        (&json!([]), &json!(device.to_string()))
    );
    let deeds: Vec<_> =
        told["audit"].as_array().unwrap().iter().map(|entry| entry["deed"].as_str()).collect();
    assert!(
        deeds.contains(&Some("factor_enrolled")) && deeds.contains(&Some("imported")),
        "{told}"
    );
    assert!(told["audit"].as_array().unwrap().iter().all(|entry| entry["user_id"] == id), "{told}");
}

use onlyauth_core::ids::SecretId;
use onlyauth_store::{NewClient, NewSecret};

use super::support::*;

fn secret(mark: u8) -> NewSecret {
    NewSecret {
        secret_id: SecretId::new(NOW, [mark; 10]),
        hash: [mark; 32],
        hint: "abcd".to_owned(),
        created_at: at(u64::from(mark)),
    }
}

#[tokio::test]
async fn a_client_is_made_once_with_its_secret() {
    let (_dir, store) = store().await;
    let new = NewClient {
        client_id: client(3),
        name: "Müller & Söhne".to_owned(),
        created_at: NOW,
        first_secret: Some(secret(1)),
    };
    assert_eq!(store.client_create(&new).await, Ok(true));
    let again = NewClient { first_secret: Some(secret(2)), ..new.clone() };
    assert_eq!(store.client_create(&again).await, Ok(false));

    let snapshot = store.client_snapshot(client(3)).await.unwrap().unwrap();
    assert_eq!(snapshot.client.name, "Müller & Söhne");
    assert_eq!((snapshot.client.version, snapshot.client.created_at), (1, NOW));
    assert_eq!(snapshot.live_secrets.len(), 1);
    assert_eq!(snapshot.live_secrets[0].hash, [1; 32]);
    assert_eq!(store.client_find(client(3)).await, Ok(Some(snapshot.client)));
    let all: Vec<_> =
        store.client_list().await.unwrap().into_iter().map(|client| client.client_id).collect();
    assert_eq!(all, [client(1), client(2), client(3)]);
    assert_eq!(store.client_snapshot(client(9)).await, Ok(None));
    assert_eq!(store.client_find(client(9)).await, Ok(None));
}

#[tokio::test]
async fn secrets_come_and_go_and_caches_notice() {
    let (_dir, store) = store().await;
    let version = async || store.client_find(client(1)).await.unwrap().unwrap().version;
    for mark in [1, 2] {
        assert_eq!(store.secret_create(client(1), &secret(mark)).await, Ok(true));
    }
    assert_eq!(version().await, 3);

    let revoked = secret(1).secret_id;
    assert_eq!(store.secret_revoke(client(1), revoked, at(5)).await, Ok(true));
    assert_eq!(version().await, 4);
    assert_eq!(store.secret_revoke(client(1), revoked, at(6)).await, Ok(false));
    assert_eq!(version().await, 4, "what changed nothing is not noticed");

    let listed = store.secret_list(client(1)).await.unwrap();
    assert_eq!(listed.iter().map(|s| s.revoked_at).collect::<Vec<_>>(), [Some(at(5)), None]);
    assert_eq!((listed[1].hint.as_str(), listed[1].created_at), ("abcd", at(2)));
    let live = store.client_snapshot(client(1)).await.unwrap().unwrap().live_secrets;
    assert_eq!(live, listed[1..]);
}

#[tokio::test]
async fn row_38_secrets_of_another_client_are_out_of_reach() {
    let (_dir, store) = store().await;
    assert_eq!(store.secret_create(client(1), &secret(1)).await, Ok(true));
    assert_eq!(store.secret_create(client(9), &secret(2)).await, Ok(false));
    assert_eq!(store.secret_revoke(client(2), secret(1).secret_id, NOW).await, Ok(false));
    assert_eq!(store.secret_list(client(2)).await, Ok(vec![]));
    assert_eq!(store.secret_list(client(9)).await, Ok(vec![]));
    assert_eq!(store.secret_list(client(1)).await.unwrap()[0].revoked_at, None);
}

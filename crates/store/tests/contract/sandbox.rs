use onlyauth_core::channel::Channel;
use onlyauth_store::{DeliveryStatus, SandboxMessage, Store};

use super::support::*;

fn inbox_message(mark: u8) -> SandboxMessage {
    SandboxMessage {
        client_id: client(1),
        app_id: app(1),
        message_id: message(mark),
        channel: Channel::Sms,
        phone_hash: [mark % 2; 32],
        end_user_hash: [7; 32],
        sealed: vec![mark; 50],
        body: "012345 is your code".to_owned(),
        code: "012345".to_owned(),
        created_at: at(u64::from(mark)),
    }
}

async fn deliver(store: &Store, mark: u8) {
    send_first(store, mark).await;
    store.outbox_claim(client(1), message(mark), NOW, at(30)).await.unwrap().unwrap();
    assert_eq!(store.sandbox_message_deliver(&inbox_message(mark)).await, Ok(true));
}

#[tokio::test]
async fn only_a_claimed_message_is_delivered_and_only_once() {
    let (_dir, store) = sent(1).await;
    let listed = async || store.sandbox_message_list(client(1), app(1), None, 10).await.unwrap();
    assert_eq!(store.sandbox_message_deliver(&inbox_message(1)).await, Ok(false));
    assert_eq!(listed().await, vec![]);
    store.outbox_claim(client(1), message(1), NOW, at(30)).await.unwrap().unwrap();
    assert_eq!(store.sandbox_message_deliver(&inbox_message(1)).await, Ok(true));
    assert_eq!(store.sandbox_message_deliver(&inbox_message(1)).await, Ok(false));
    assert_eq!(listed().await, vec![inbox_message(1)]);
    assert_eq!(login(&store, 1).await.delivery().unwrap().clone().status, DeliveryStatus::Sent);
}

#[tokio::test]
async fn the_inbox_lists_newest_first() {
    let (_dir, store) = store().await;
    for mark in 1..=4 {
        deliver(&store, mark).await;
    }
    let list = async |phone: Option<[u8; 32]>, limit| {
        let found = store.sandbox_message_list(client(1), app(1), phone.as_ref(), limit).await;
        found.unwrap().into_iter().map(|found| found.message_id).collect::<Vec<_>>()
    };
    assert_eq!(list(None, 10).await, [message(4), message(3), message(2), message(1)]);
    assert_eq!(list(None, 2).await, [message(4), message(3)]);
    assert_eq!(list(Some([1; 32]), 10).await, [message(3), message(1)]);
    assert_eq!(list(Some([1; 32]), 1).await, [message(3)]);
    assert_eq!(list(Some([9; 32]), 10).await, []);
    let other = store.sandbox_message_list(client(2), app(1), None, 10).await;
    assert_eq!(other, Ok(vec![]));
}

#[test]
fn nothing_prints_a_code() {
    assert!(!format!("{:?}", inbox_message(1)).contains("012345"));
}

use onlyauth_core::notice::Notice;
use onlyauth_store::{Content, DeliveryStatus, EnrolOutcome, Kept, Record};

use super::support::*;

#[tokio::test]
async fn a_notice_is_committed_with_what_it_tells_of_and_sent_like_a_code() {
    let (_dir, store) = passed_with_known_phone().await;
    let told = record(1);
    let kept = store.factor_enrol(&permit(1), &new_factor(1), &told).await;
    assert_eq!(kept, Ok(EnrolOutcome::Enrolled));
    let id = told.notice.clone().unwrap().message_id;
    let claim = store.outbox_claim(client(1), id, at(31), at(90)).await.unwrap().unwrap();
    let Content::Notice(notice) = &claim.content else { panic!("{claim:?}") };
    assert_eq!((notice.notice, &notice.sealed), (Notice::AppSetUp, &vec![1; 60]));
    assert_eq!((claim.message.challenge_id, claim.message.step), (None, 0));
    assert_eq!(store.outbox_claim(client(1), id, at(31), at(90)).await, Ok(None), "one worker");
    assert_eq!(store.outbox_sent(client(1), id, at(32)).await, Ok(true));
    // The login's own message is still its newest.
    let delivery = login(&store, 1).await;
    assert_eq!(delivery.delivery().map(|sent| sent.step), Some(1));
    assert_eq!(delivery.delivery().map(|sent| sent.status), Some(DeliveryStatus::Pending));
    assert_eq!(store.audit_list(client(1), user(1), 9).await, Ok(vec![told.audit]));
}

#[tokio::test]
async fn what_does_not_happen_is_not_told() {
    let (_dir, store) = passed_with_known_phone().await;
    let other = record(2);
    let refused = store.factor_enrol(&permit(2), &new_factor(1), &other).await;
    assert_eq!(refused, Ok(EnrolOutcome::NotAllowed));
    assert_eq!(store.factor_delete(&end_user(), factor(1), &other).await, Ok(false));
    assert_eq!(store.audit_list(client(1), user(1), 9).await, Ok(vec![]));
    let due = store.outbox_due(client(1), at(60), 9).await.unwrap();
    assert_eq!(due, [message(1)], "the code's");
}

#[tokio::test]
async fn the_same_thing_is_told_once_in_a_login() {
    let (_dir, store) = passed_with_known_phone().await;
    for mark in [1, 2] {
        let told = Record { audit: audit_entry(mark), ..record(1) };
        let kept = store.factor_enrol(&permit(1), &new_factor(mark), &told).await;
        assert_eq!(kept, Ok(EnrolOutcome::Enrolled));
    }
    assert_eq!(store.audit_list(client(1), user(1), 9).await.unwrap().len(), 2);
    assert_eq!(store.audit_list(client(1), user(1), 1).await, Ok(vec![audit_entry(2)]));
    assert_eq!(store.audit_list(client(1), user(2), 9).await, Ok(vec![]));
    assert_eq!(store.audit_list(client(2), user(1), 9).await, Ok(vec![]));
    let due = store.outbox_due(client(1), at(60), 9).await.unwrap();
    assert_eq!(due.len(), 2, "the code, and one notice: {due:?}");
}

#[tokio::test]
async fn entries_leave_by_their_age() {
    let (_dir, store) = passed_with_known_phone().await;
    store.failure_reset_all(&end_user(), &audit_entry(1)).await.unwrap();
    let old = |by| store.old_rows_find(client(1), Kept::Audit, by, None, 10);
    assert_eq!(old(at(30)).await, Ok(None));
    let rows = old(at(31)).await.unwrap().unwrap();
    assert_eq!(store.old_rows_delete(&rows).await, Ok(1));
    assert_eq!(store.audit_list(client(1), user(1), 9).await, Ok(vec![]));
}

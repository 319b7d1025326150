use std::time::Duration;

use onlyauth_core::ids::{AuditId, MessageId};
use onlyauth_core::limits::Quota;
use onlyauth_core::notice::Notice;
use onlyauth_core::time::Timestamp;
use onlyauth_store::{
    AuditEntry, AuditQuery, AuditSince, Content, DeliveryStatus, EnrolOutcome, Kept, LimitTake,
    NewNotice, Permit, Record, Store,
};

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
    assert_eq!(store.audit_list(client(1), user(1), None, 9).await, Ok(vec![told.audit]));
}

#[tokio::test]
async fn what_does_not_happen_is_not_told() {
    let (_dir, store) = passed_with_known_phone().await;
    let other = record(2);
    let refused = store.factor_enrol(&permit(2), &new_factor(1), &other).await;
    assert_eq!(refused, Ok(EnrolOutcome::NotAllowed));
    assert_eq!(store.factor_delete(&end_user(), factor(1), &other).await, Ok(false));
    assert_eq!(store.audit_list(client(1), user(1), None, 9).await, Ok(vec![]));
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
    assert_eq!(store.audit_list(client(1), user(1), None, 9).await.unwrap().len(), 2);
    assert_eq!(store.audit_list(client(1), user(1), None, 1).await, Ok(vec![audit_entry(2)]));
    assert_eq!(store.audit_list(client(1), user(2), None, 9).await, Ok(vec![]));
    assert_eq!(store.audit_list(client(2), user(1), None, 9).await, Ok(vec![]));
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
    assert_eq!(store.audit_list(client(1), user(1), None, 9).await, Ok(vec![]));
}

/// Handed out at a moment, in a login of its own, and told at most twice in a minute.
fn limited(mark: u8, now: Timestamp) -> Record {
    let told = record(1);
    let quota = Quota { count: 2, per: Duration::from_mins(1) };
    let limit = LimitTake { key: "notice|number".to_owned(), take: quota.take(now) };
    let notice = NewNotice {
        message_id: MessageId::of_notice(action(mark), Notice::BackupCodesMade),
        limit: Some(limit),
        now,
        ..told.notice.unwrap()
    };
    Record { audit: audit_entry(mark), notice: Some(notice) }
}

async fn hand_out(store: &Store, mark: u8, now: Timestamp) -> bool {
    let permit = Permit { now, ..permit(1) };
    store.backup_code_replace(&permit, &[[mark; 32]], &limited(mark, now)).await.unwrap()
}

#[tokio::test]
async fn row_33_a_number_is_told_so_often_and_the_change_is_made_all_the_same() {
    let (dir, store) = passed_with_known_phone().await;
    for mark in 1..=4 {
        assert!(hand_out(&store, mark, at(30)).await);
    }
    assert_eq!((dir.rows("notices"), dir.rows("outbox")), (2, 3), "and the code");
    assert_eq!(store.audit_list(client(1), user(1), None, 9).await.unwrap().len(), 4);
    assert!(hand_out(&store, 5, at(59)).await);
    assert_eq!(dir.rows("notices"), 2, "half a minute gives one back");
    assert!(hand_out(&store, 6, at(60)).await);
    assert_eq!((dir.rows("notices"), dir.rows("outbox")), (3, 4));
}

#[tokio::test]
async fn row_33_what_is_repeated_or_undone_uses_up_nothing() {
    let (dir, store) = passed_with_known_phone().await;
    for _ in 0..5 {
        assert!(hand_out(&store, 1, at(30)).await);
        let foreign = permit(2);
        let refused = store.backup_code_replace(&foreign, &[[9; 32]], &limited(9, at(30))).await;
        assert_eq!(refused, Ok(false));
    }
    assert_eq!((dir.rows("notices"), dir.rows("limits")), (1, 1));
    assert!(hand_out(&store, 2, at(30)).await);
    assert_eq!(dir.rows("notices"), 2, "the second is still told");
}

#[tokio::test]
async fn a_worker_that_is_gone_leaves_a_notice_unknown_and_nobody_sends_it_again() {
    let (_dir, store) = passed_with_known_phone().await;
    let told = record(1);
    store.factor_enrol(&permit(1), &new_factor(1), &told).await.unwrap();
    let id = told.notice.unwrap().message_id;
    assert!(store.outbox_claim(client(1), id, at(31), at(90)).await.unwrap().is_some());
    assert_eq!(store.outbox_abandon(client(1), at(90)).await, Ok(vec![id]));
    assert_eq!(store.outbox_claim(client(1), id, at(91), at(150)).await, Ok(None));
    assert!(!store.outbox_due(client(1), at(900), 9).await.unwrap().contains(&id));
}

#[tokio::test]
async fn the_audit_is_read_page_by_page() {
    let (_dir, store) = passed_with_known_phone().await;
    for mark in 1..=5 {
        store.failure_reset_all(&end_user(), &audit_entry(mark)).await.unwrap();
    }
    let (mut pages, mut before) = (Vec::new(), None);
    loop {
        let page = store.audit_list(client(1), user(1), before, 2).await.unwrap();
        let Some(last) = page.last() else { break };
        before = Some(last.audit_id);
        pages.push(page);
    }
    let expected = [vec![5, 4], vec![3, 2], vec![1]];
    let expected = expected.map(|page| page.into_iter().map(audit_entry).collect::<Vec<_>>());
    assert_eq!(pages, expected);
}

#[tokio::test]
async fn the_audit_of_a_client_is_read_from_a_moment_on_and_by_no_other() {
    let (_dir, store) = store().await;
    let entry = |mark: u8, at_second: u64, who: u8| AuditEntry {
        audit_id: AuditId::new(at(at_second), [mark; 10]),
        user_id: user(who),
        created_at: at(at_second),
        ..audit_entry(mark)
    };
    // Of a login that began long before.
    let late = AuditEntry { audit_id: AuditId::new(at(5), [9; 10]), ..entry(9, 50, 1) };
    let all = [entry(3, 50, 2), entry(2, 40, 1), entry(1, 30, 1), late.clone()];
    let strange = AuditEntry { client_id: client(2), ..entry(4, 50, 1) };
    for entry in all.iter().chain([&strange]) {
        store.failure_reset_all(&end_user(), entry).await.unwrap();
    }
    let query =
        AuditQuery { client_id: client(1), user_id: None, since: None, before: None, limit: 9 };
    let read = async |query: AuditQuery| store.audit_list_by(&query).await.unwrap();
    assert_eq!(read(query).await, all);
    let first = AuditId::first_at(at(0));
    let since = Some(AuditSince { at: at(40), first });
    assert_eq!(read(AuditQuery { since, ..query }).await, [&all[..2], &all[3..]].concat());
    let user_id = Some(user(1));
    let expected = vec![all[1].clone(), late];
    assert_eq!(read(AuditQuery { since, user_id, ..query }).await, expected);
    let first = AuditId::first_at(at(40));
    let since = Some(AuditSince { at: at(40), first });
    assert_eq!(read(AuditQuery { since, user_id, ..query }).await, all[1..2]);
    let before = Some(all[0].audit_id);
    assert_eq!(read(AuditQuery { before, limit: 1, ..query }).await, all[1..2]);
    assert_eq!(read(AuditQuery { client_id: client(2), ..query }).await, [strange]);
}

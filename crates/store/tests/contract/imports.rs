use onlyauth_core::channel::{Channel, Mode};
use onlyauth_core::ids::AuditId;
use onlyauth_store::{
    AuditEntry, EndUserKey, EndUserRecord, Imported, KnownPhone, LastPass, NewFactor, NewImport,
    Store,
};

use super::support::*;

/// An end user with a number and an authenticator app.
fn import(mark: u8) -> NewImport {
    NewImport {
        end_user: EndUserKey { end_user_hash: [mark; 32], ..end_user() },
        user_id: user(mark),
        sealed_uuid: vec![mark; 45],
        phone: Some(KnownPhone { hash: [mark; 32], sealed: vec![mark; 40] }),
        factors: vec![new_factor(mark)],
        audit: brought(mark),
        now: at(20),
    }
}

/// What is written down about end user `mark`, newest first.
async fn written(store: &Store, mark: u8) -> Vec<AuditEntry> {
    store.audit_list(client(1), user(mark), None, 99).await.unwrap()
}

#[tokio::test]
async fn what_an_import_changes_is_written_down_and_what_it_leaves_is_not() {
    let (dir, store) = store().await;
    let bring = async |import: NewImport| store.end_user_import(&import).await.unwrap();
    let again = |mark: u8, import: NewImport| {
        let factors = import.factors.into_iter();
        let factors = factors.map(|known| NewFactor { factor_id: factor(mark), ..known });
        let phone = import.phone.map(|known| KnownPhone { sealed: vec![mark; 40], ..known });
        let audit = brought(mark);
        NewImport { user_id: user(mark), factors: factors.collect(), phone, audit, ..import }
    };
    let only_phone = NewImport { factors: vec![], ..import(3) };
    assert_eq!(bring(only_phone.clone()).await, Imported::Created);
    assert_eq!(written(&store, 3).await, [brought(3)]);
    assert_eq!(bring(again(9, only_phone)).await, Imported::Unchanged);
    assert_eq!(bring(again(10, import(3))).await, Imported::Updated);
    assert_eq!(bring(again(11, import(3))).await, Imported::Unchanged);
    // About whom it was, by the name that they had.
    let second = AuditEntry { user_id: user(3), ..brought(10) };
    assert_eq!(written(&store, 3).await, [second, brought(3)]);

    let only_factor = NewImport { phone: None, ..import(4) };
    assert_eq!(bring(only_factor).await, Imported::Created);
    assert_eq!(bring(again(12, import(4))).await, Imported::Updated, "by the number");
    assert_eq!(bring(again(13, import(4))).await, Imported::Unchanged);
    assert_eq!(written(&store, 4).await.len(), 2);
    assert_eq!(dir.rows("audit"), 4);
}

#[tokio::test]
async fn who_is_brought_along_is_known_and_never_passed() {
    let (_dir, store) = store().await;
    assert_eq!(store.end_user_import(&import(3)).await, Ok(Imported::Created));
    let known = EndUserRecord {
        user_id: user(3),
        phone: Some(KnownPhone { hash: [3; 32], sealed: vec![3; 40] }),
        created_at: at(20),
        last_pass: None,
    };
    let key = import(3).end_user;
    assert_eq!(store.end_user_find(&key).await, Ok(Some(known)));
    assert_eq!(store.factor_list(&key).await.unwrap().len(), 1);
    for other in [
        EndUserKey { mode: Mode::Live, ..key },
        EndUserKey { app_id: app(2), ..key },
        EndUserKey { client_id: client(2), ..key },
    ] {
        assert_eq!(store.end_user_find(&other).await, Ok(None));
        assert_eq!(store.factor_list(&other).await, Ok(Vec::new()));
    }
}

#[tokio::test]
async fn an_import_can_be_repeated_and_go_on() {
    let (_dir, store) = store().await;
    let only_phone = NewImport { factors: vec![], ..import(3) };
    assert_eq!(store.end_user_import(&only_phone).await, Ok(Imported::Created));
    // Ids are made anew each time, and the first ones stay.
    let again = NewImport { user_id: user(9), ..only_phone.clone() };
    assert_eq!(store.end_user_import(&again).await, Ok(Imported::Unchanged));
    assert_eq!(store.end_user_import(&import(3)).await, Ok(Imported::Updated));
    let factor = NewFactor { factor_id: factor(9), ..new_factor(3) };
    let again = NewImport { factors: vec![factor], ..import(3) };
    assert_eq!(store.end_user_import(&again).await, Ok(Imported::Unchanged));
    let found = store.end_user_find(&import(3).end_user).await.unwrap().unwrap();
    assert_eq!(found.user_id, user(3));
    assert_eq!(store.factor_list(&import(3).end_user).await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_number_that_passed_here_is_kept_and_a_missing_one_is_filled_in() {
    let (_dir, store) = passed(1).await;
    let other = NewImport { end_user: end_user(), ..import(3) };
    assert_eq!(store.end_user_import(&other).await, Ok(Imported::Updated), "by its factor");
    let found = store.end_user_find(&end_user()).await.unwrap().unwrap();
    assert_eq!(found.phone, Some(KnownPhone { hash: [8; 32], sealed: vec![1; 40] }));
    assert_eq!(found.last_pass, Some(LastPass { at: at(10), channel: Channel::Sms }));

    let without = NewImport { phone: None, ..import(4) };
    assert_eq!(store.end_user_import(&without).await, Ok(Imported::Created));
    assert_eq!(store.end_user_import(&import(4)).await, Ok(Imported::Updated));
    let found = store.end_user_find(&import(4).end_user).await.unwrap().unwrap();
    assert_eq!(found.phone.unwrap().hash, [4; 32]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_the_same_line_at_once_one_makes_the_end_user_known() {
    let (dir, store) = store().await;
    let outcomes = at_once((0..20).map(|mark| {
        let factor = NewFactor { factor_id: factor(mark), ..new_factor(3) };
        let sealed = vec![mark; 40];
        let phone = import(3).phone.map(|phone| KnownPhone { sealed, ..phone });
        let (user_id, audit) = (user(mark), brought(mark));
        let import = NewImport { user_id, phone, factors: vec![factor], audit, ..import(3) };
        let store = store.clone();
        async move { store.end_user_import(&import).await.unwrap() }
    }))
    .await;
    let count = |wanted| outcomes.iter().filter(|outcome| **outcome == wanted).count();
    assert_eq!((count(Imported::Created), count(Imported::Unchanged)), (1, 19));
    assert_eq!(store.factor_list(&import(3).end_user).await.unwrap().len(), 1);
    assert_eq!(dir.rows("audit"), 1);
}

#[tokio::test]
async fn several_factors_come_along_and_the_same_one_never_twice() {
    let (_dir, store) = store().await;
    let passkey = |mark| NewFactor { channel: Channel::Webauthn, ..new_factor(mark) };
    let three = NewImport { factors: vec![new_factor(1), passkey(2), passkey(3)], ..import(3) };
    let count = async || store.factor_list(&three.end_user).await.unwrap().len();
    assert_eq!(store.end_user_import(&three).await, Ok(Imported::Created));
    assert_eq!(count().await, 3);
    assert_eq!(store.end_user_import(&three).await, Ok(Imported::Unchanged));
    // By what they are, not by their ids.
    let again = NewFactor { factor_id: factor(9), ..passkey(3) };
    let again = NewImport { factors: vec![again, passkey(4), passkey(4)], ..three.clone() };
    assert_eq!(store.end_user_import(&again).await, Ok(Imported::Updated));
    assert_eq!(count().await, 4);
    // The later one of two, and not the first, is what is new.
    let audit = AuditEntry { audit_id: AuditId::new(at(21), [1; 10]), ..brought(3) };
    let last = NewFactor { factor_id: factor(5), ..passkey(5) };
    let again = NewFactor { factor_id: factor(10), ..passkey(3) };
    let import = NewImport { user_id: user(9), factors: vec![again, last], audit, ..three };
    let import = NewImport { phone: None, ..import };
    assert_eq!(store.end_user_import(&import).await, Ok(Imported::Updated));
    assert_eq!(written(&store, 3).await.len(), 2, "brought(3) was there");
}

use onlyauth_core::channel::{Channel, Mode};
use onlyauth_store::{
    EndUserKey, EndUserRecord, Imported, KnownPhone, LastPass, NewFactor, NewImport,
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
        now: at(20),
    }
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
    let (_dir, store) = store().await;
    let outcomes = at_once((0..20).map(|mark| {
        let factor = NewFactor { factor_id: factor(mark), ..new_factor(3) };
        let import = NewImport { user_id: user(mark), factors: vec![factor], ..import(3) };
        let store = store.clone();
        async move { store.end_user_import(&import).await.unwrap() }
    }))
    .await;
    let count = |wanted| outcomes.iter().filter(|outcome| **outcome == wanted).count();
    assert_eq!((count(Imported::Created), count(Imported::Unchanged)), (1, 19));
    assert_eq!(store.factor_list(&import(3).end_user).await.unwrap().len(), 1);
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
}

use onlyauth_store::{Kept, Opening};

use super::support::*;

/// Action `mark`'s link, opened by a form.
fn opening(mark: u8, form: u8) -> Opening {
    Opening {
        client_id: client(1),
        action_id: action(mark),
        fingerprint: [form; 32],
        now: at(u64::from(form)),
        expires_at: at(900),
    }
}

#[tokio::test]
async fn a_link_opens_for_one_form_and_for_that_one_again() {
    let (_dir, store) = store().await;
    assert_eq!(store.factor_link_open(&opening(1, 1)).await, Ok(Some(at(1))));
    assert_eq!(store.factor_link_open(&opening(1, 2)).await, Ok(None));
    let again = Opening { now: at(50), ..opening(1, 1) };
    assert_eq!(store.factor_link_open(&again).await, Ok(Some(at(1))), "the first moment counts");
    assert_eq!(store.factor_link_open(&opening(2, 2)).await, Ok(Some(at(2))));
    let others = Opening { client_id: client(2), ..opening(1, 3) };
    assert_eq!(store.factor_link_open(&others).await, Ok(Some(at(3))), "another client's");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_fifty_forms_at_once_one_opens_a_link() {
    let (_dir, store) = store().await;
    let opened = at_once((1..=50).map(|form| {
        let store = store.clone();
        async move { store.factor_link_open(&opening(1, form)).await.unwrap() }
    }))
    .await;
    assert_eq!(opened.into_iter().flatten().count(), 1);
}

#[tokio::test]
async fn that_a_link_was_opened_is_forgotten_when_the_link_is_over_and_not_before() {
    let (installation, store) = store().await;
    store.factor_link_open(&opening(1, 1)).await.unwrap();
    let find =
        async |by| store.old_rows_find(client(1), Kept::FactorLinks, by, None, 10).await.unwrap();
    assert_eq!(find(at(899)).await, None);
    let old = find(at(900)).await.unwrap();
    assert_eq!(store.old_rows_delete(&old).await, Ok(1));
    assert_eq!(installation.rows("factor_links"), 0);
}

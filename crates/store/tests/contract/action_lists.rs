use std::collections::BTreeSet;

use onlyauth_core::action::Status;
use onlyauth_core::channel::{Channel, Mode};
use onlyauth_core::ids::ActionId;
use onlyauth_store::{ActionPage, ActionQuery, ActionStanding, EndUserKey, NewAction, Store};

use super::support::*;

/// Page by page, two at a time.
fn query() -> ActionQuery {
    ActionQuery {
        client_id: client(1),
        app_id: app(1),
        end_user: None,
        standing: None,
        before: None,
        limit: 2,
        looks_at: 100,
        now: at(20),
    }
}

async fn list(store: &Store, query: ActionQuery) -> (Vec<ActionId>, Option<ActionId>) {
    let ActionPage { actions, next } = store.action_list(&query).await.unwrap();
    (actions.into_iter().map(|action| action.action_id).collect(), next)
}

/// Follows the pages to the end; how many there were, too.
async fn all(store: &Store, mut query: ActionQuery) -> (Vec<ActionId>, u32) {
    let (mut found, mut pages) = (Vec::new(), 0);
    loop {
        let (actions, next) = list(store, query.clone()).await;
        found.extend(actions);
        pages += 1;
        let Some(next) = next else { return (found, pages) };
        assert!(query.before.is_none_or(|before| next < before), "it goes on");
        query.before = Some(next);
    }
}

async fn start(store: &Store, mark: u8, end_user: EndUserKey) {
    let new = NewAction { end_user, ..new_action(mark) };
    assert_eq!(store.action_create(&new).await, Ok(true));
}

#[tokio::test]
async fn actions_are_listed_newest_first_page_by_page() {
    let (_dir, store) = store().await;
    for mark in 1..=5 {
        start(&store, mark, end_user()).await;
    }
    start(&store, 6, EndUserKey { client_id: client(2), ..end_user() }).await;
    assert_eq!(list(&store, query()).await, (vec![action(5), action(4)], Some(action(4))));
    let newest_first: Vec<_> = (1..=5).rev().map(action).collect();
    assert_eq!(all(&store, query()).await, (newest_first.clone(), 3));
    // A full page at the end is followed by an empty one, rather than by none that was there.
    let five = ActionQuery { limit: 5, ..query() };
    assert_eq!(all(&store, five).await, (newest_first, 2));
    let nobody = ActionQuery { client_id: client(3), ..query() };
    assert_eq!(list(&store, nobody).await, (vec![], None));
}

#[tokio::test]
async fn a_page_looks_at_so_many_actions_and_no_more() {
    let (_dir, store) = store().await;
    let other_app = EndUserKey { app_id: app(2), ..end_user() };
    for mark in 1..=9 {
        start(&store, mark, if mark == 2 { end_user() } else { other_app }).await;
    }
    let three = ActionQuery { looks_at: 3, ..query() };
    assert_eq!(list(&store, three.clone()).await, (vec![], Some(action(7))));
    assert_eq!(all(&store, three).await, (vec![action(2)], 4));
}

#[tokio::test]
async fn lists_tell_what_actions_came_to() {
    let (_dir, store) = passed(1).await;
    let found = &store.action_list(&query()).await.unwrap().actions[0];
    assert_eq!((found.app_id, found.mode, found.status), (app(1), Mode::Sandbox, Status::Passed));
    assert_eq!((found.phone_changed, found.country.as_str()), (true, "US"));
    assert_eq!((found.created_at, found.expires_at, found.ended_at), (NOW, at(900), Some(at(10))));
    assert_eq!((found.user_id, &found.channels[..]), (Some(user(1)), &[Channel::Sms.into()][..]));
    let stranger = EndUserKey { end_user_hash: [9; 32], ..end_user() };
    start(&store, 2, stranger).await;
    let found = &store.action_list(&query()).await.unwrap().actions[0];
    assert_eq!((found.user_id, &found.channels[..]), (None, &[][..]), "never passed");
}

#[tokio::test]
async fn lists_are_narrowed_by_standing_and_end_user() {
    let (_dir, store) = passed(1).await;
    for mark in 2..=4 {
        start(&store, mark, end_user()).await;
    }
    assert_eq!(store.action_cancel(client(1), action(2), at(1)).await, Ok(true));
    let live = EndUserKey { mode: Mode::Live, ..end_user() };
    start(&store, 5, live).await;
    start(&store, 6, EndUserKey { end_user_hash: [9; 32], ..end_user() }).await;
    let ids = async |query: ActionQuery| -> BTreeSet<ActionId> {
        all(&store, query).await.0.into_iter().collect()
    };
    let marks = |marks: &[u8]| marks.iter().map(|mark| action(*mark)).collect::<BTreeSet<_>>();
    let of = |end_user| ActionQuery { end_user: Some(end_user), ..query() };
    assert_eq!(ids(of(end_user())).await, marks(&[1, 2, 3, 4]));
    assert_eq!(ids(of(live)).await, marks(&[5]));
    // The last moment itself is too late.
    for (seconds, standing, expected) in [
        (899, ActionStanding::Open, &[3, 4, 5, 6][..]),
        (899, ActionStanding::Expired, &[]),
        (900, ActionStanding::Open, &[]),
        (900, ActionStanding::Expired, &[3, 4, 5, 6]),
        (900, ActionStanding::Passed, &[1]),
        (900, ActionStanding::Cancelled, &[2]),
    ] {
        let query = ActionQuery { standing: Some(standing), now: at(seconds), ..query() };
        assert_eq!(ids(query.clone()).await, marks(expected), "{standing:?} after {seconds} s");
        let page = store.action_list(&ActionQuery { limit: 9, ..query }).await.unwrap();
        assert!(page.actions.iter().all(|found| found.standing(at(seconds)) == standing));
    }
    let both = ActionQuery { standing: Some(ActionStanding::Cancelled), ..of(end_user()) };
    assert_eq!(ids(both).await, marks(&[2]));
}

use onlyauth_core::action::Status;
use onlyauth_core::challenge::Verdict;
use onlyauth_core::channel::{Channel, Mode};
use onlyauth_core::failures::{Band, Failures};
use onlyauth_store::{Attempt, AttemptOutcome, EndUserKey, Judged};

use super::support::*;

#[tokio::test]
async fn row_1_wrong_codes_count_down_and_then_the_right_one_is_refused() {
    let (_dir, store) = sent(1).await;
    for form in 1..=5_u8 {
        let judged = if form == 3 { Judged::Malformed } else { Judged::Wrong };
        let outcome = store.challenge_attempt(&attempt(1, form, judged)).await;
        let tries_left = MAX_ATTEMPTS - u32::from(form);
        assert_eq!(outcome, Ok(AttemptOutcome::Counted { tries_left }));
    }
    let outcome = store.challenge_attempt(&attempt(1, 6, right(1))).await;
    assert_eq!(outcome, Ok(AttemptOutcome::Closed));
    let stands = login(&store, 1).await;
    assert_eq!(stands.challenge.as_ref().unwrap().attempts, MAX_ATTEMPTS);
    assert_eq!(stands.action.as_ref().unwrap().status, Status::Open);
    assert_eq!(stands.way(Channel::Sms).failures, Failures { count: 5, last_at: Some(at(10)) });
}

#[tokio::test]
async fn a_right_code_passes_the_action() {
    let (_dir, store) = sent(1).await;
    store.challenge_attempt(&attempt(1, 1, Judged::Wrong)).await.unwrap();
    let outcome = store.challenge_attempt(&attempt(1, 2, right(1))).await;
    assert_eq!(outcome, Ok(AttemptOutcome::Passed));
    let stands = login(&store, 1).await;
    assert_eq!(
        (stands.action.as_ref().unwrap().status, stands.action.as_ref().unwrap().ended_at),
        (Status::Passed, Some(at(10)))
    );
    let challenge = stands.challenge.as_ref().unwrap();
    assert_eq!((challenge.attempts, challenge.consumed_at), (2, Some(at(10))));
    assert_eq!(stands.way(Channel::Sms).failures, Failures::default(), "success resets them");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn row_2_two_hundred_wrong_codes_at_once() {
    let (_dir, store) = sent(1).await;
    let outcomes = at_once((0..200).map(|form| {
        let store = store.clone();
        async move { store.challenge_attempt(&attempt(1, form, Judged::Wrong)).await.unwrap() }
    }))
    .await;
    let mut told: Vec<u32> = outcomes
        .iter()
        .filter_map(|outcome| match outcome {
            AttemptOutcome::Counted { tries_left } => Some(*tries_left),
            _ => None,
        })
        .collect();
    told.sort_unstable();
    assert_eq!(told, [0, 1, 2, 3, 4]);
    assert_eq!(outcomes.iter().filter(|o| **o == AttemptOutcome::Closed).count(), 195);
    assert_eq!(login(&store, 1).await.way(Channel::Sms).failures.count, 5);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn row_2_four_wrong_codes_at_once_leave_the_right_one_a_try() {
    let (_dir, store) = store().await;
    for mark in 1..=100 {
        send_first(&store, mark).await;
        at_once((0..4).map(|form| {
            let store = store.clone();
            async move { store.challenge_attempt(&attempt(mark, form, Judged::Wrong)).await }
        }))
        .await;
        let outcome = store.challenge_attempt(&attempt(mark, 9, right(mark))).await;
        assert_eq!(outcome, Ok(AttemptOutcome::Passed), "round {mark}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn row_9_fifty_right_codes_at_once_from_fifty_forms() {
    let (_dir, store) = sent(1).await;
    let outcomes = at_once((0..50).map(|form| {
        let store = store.clone();
        async move { store.challenge_attempt(&attempt(1, form, right(1))).await.unwrap() }
    }))
    .await;
    assert_eq!(outcomes.iter().filter(|o| **o == AttemptOutcome::Passed).count(), 1);
    assert_eq!(outcomes.iter().filter(|o| **o == AttemptOutcome::Closed).count(), 49);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn row_9_the_same_form_fifty_times_at_once_is_one_check() {
    let (_dir, store) = sent(1).await;
    let same = async |judged: Judged, form: u8| {
        at_once((0..50).map(|_| {
            let (store, attempt) = (store.clone(), attempt(1, form, judged.clone()));
            async move { store.challenge_attempt(&attempt).await.unwrap() }
        }))
        .await
    };
    let wrong = same(Judged::Wrong, 1).await;
    let repeat = |verdict| AttemptOutcome::Repeat { verdict, token_over: false };
    assert_eq!(wrong.iter().filter(|o| **o == repeat(Verdict::Wrong)).count(), 49);
    let passed = same(right(1), 2).await;
    assert_eq!(passed.iter().filter(|o| **o == repeat(Verdict::Right)).count(), 49);
    assert_eq!(login(&store, 1).await.challenge.unwrap().attempts, 2);
}

#[tokio::test]
async fn row_9_a_repeat_is_told_what_it_was_told_before() {
    let (_dir, store) = sent(1).await;
    store.challenge_attempt(&attempt(1, 1, Judged::Malformed)).await.unwrap();
    store.challenge_attempt(&attempt(1, 2, right(1))).await.unwrap();
    let repeat = async |attempt: Attempt| store.challenge_attempt(&attempt).await.unwrap();
    let of = |verdict, token_over| AttemptOutcome::Repeat { verdict, token_over };
    assert_eq!(repeat(attempt(1, 1, Judged::Malformed)).await, of(Verdict::Malformed, false));
    assert_eq!(repeat(attempt(1, 2, right(1))).await, of(Verdict::Right, false));
    store.success_token_consume(&redeem(1)).await.unwrap();
    assert_eq!(repeat(attempt(1, 2, right(1))).await, of(Verdict::Right, true));
    // Also after the action's time.
    let late = Attempt { now: at(5_000), ..attempt(1, 2, right(1)) };
    assert_eq!(repeat(late).await, of(Verdict::Right, true));
}

#[tokio::test]
async fn row_9_a_look_finds_the_very_same_form_only_and_counts_nothing() {
    let (_dir, store) = sent(1).await;
    store.challenge_attempt(&attempt(1, 1, Judged::Wrong)).await.unwrap();
    let before = login(&store, 1).await;
    let found = store.challenge_attempt_find(&attempt(1, 1, Judged::Wrong)).await;
    let repeat = AttemptOutcome::Repeat { verdict: Verdict::Wrong, token_over: false };
    assert_eq!(found, Ok(Some(repeat)));
    assert_eq!(store.challenge_attempt_find(&attempt(1, 2, right(1))).await, Ok(None));
    assert_eq!(login(&store, 1).await, before);
}

#[tokio::test]
async fn row_12_a_repeat_is_not_given_a_token_whose_time_is_over() {
    let (_dir, store) = passed(1).await;
    for (seconds, token_over) in [(69, false), (70, true), (5_000, true)] {
        let again = Attempt { now: at(seconds), ..attempt(1, 1, right(1)) };
        let expected = AttemptOutcome::Repeat { verdict: Verdict::Right, token_over };
        assert_eq!(store.challenge_attempt(&again).await, Ok(expected), "after {seconds} s");
    }
}

#[tokio::test]
async fn row_12_the_last_moment_is_too_late() {
    let (_dir, store) = sent(1).await;
    for (now, judged) in [(300, right(1)), (300, Judged::Wrong)] {
        let late = Attempt { now: at(now), ..attempt(1, 1, judged) };
        assert_eq!(store.challenge_attempt(&late).await, Ok(AttemptOutcome::Closed));
    }
    let in_time = Attempt { now: at(299), ..attempt(1, 1, right(1)) };
    assert_eq!(store.challenge_attempt(&in_time).await, Ok(AttemptOutcome::Passed));
}

#[tokio::test]
async fn an_ended_action_counts_nothing() {
    let (_dir, store) = sent(1).await;
    store.action_cancel(client(1), action(1), at(5)).await.unwrap();
    for judged in [right(1), Judged::Wrong] {
        let outcome = store.challenge_attempt(&attempt(1, 1, judged)).await;
        assert_eq!(outcome, Ok(AttemptOutcome::ActionClosed));
    }
    let stands = login(&store, 1).await;
    assert_eq!(
        (stands.challenge.as_ref().unwrap().attempts, stands.way(Channel::Sms).failures.count),
        (0, 0)
    );
}

#[tokio::test]
async fn row_10_an_attempt_counts_only_where_it_belongs() {
    let (_dir, store) = sent(1).await;
    send_first(&store, 2).await;
    let stranger = |end_user| Attempt { end_user, ..attempt(1, 1, right(1)) };
    for (misplaced, expected) in [
        (Attempt { challenge_id: challenge(2), ..attempt(1, 1, right(1)) }, AttemptOutcome::Closed),
        (Attempt { challenge_id: challenge(9), ..attempt(1, 1, right(1)) }, AttemptOutcome::Closed),
        (Attempt { action_id: action(2), ..attempt(1, 1, right(1)) }, AttemptOutcome::Closed),
        (Attempt { channel: Channel::Voice, ..attempt(1, 1, right(1)) }, AttemptOutcome::Closed),
        (stranger(EndUserKey { client_id: client(2), ..end_user() }), AttemptOutcome::Closed),
        (stranger(EndUserKey { app_id: app(2), ..end_user() }), AttemptOutcome::ActionClosed),
        (stranger(EndUserKey { mode: Mode::Live, ..end_user() }), AttemptOutcome::ActionClosed),
        (
            stranger(EndUserKey { end_user_hash: [1; 32], ..end_user() }),
            AttemptOutcome::ActionClosed,
        ),
    ] {
        assert_eq!(store.challenge_attempt(&misplaced).await, Ok(expected), "{misplaced:?}");
    }
    assert_eq!(login(&store, 1).await.challenge.unwrap().attempts, 0);
    assert_eq!(login(&store, 2).await.challenge.unwrap().attempts, 0);
}

#[tokio::test]
async fn outside_of_its_band_nothing_is_counted() {
    let (_dir, store) = sent(1).await;
    let band = Band { floor: 0, ceiling: 2 };
    for (form, expected) in [
        (1, AttemptOutcome::Counted { tries_left: 4 }),
        (2, AttemptOutcome::Counted { tries_left: 3 }),
        (3, AttemptOutcome::Locked),
    ] {
        let wrong = Attempt { band, ..attempt(1, form, Judged::Wrong) };
        assert_eq!(store.challenge_attempt(&wrong).await, Ok(expected));
    }
    for band in [band, Band { floor: 3, ceiling: 10 }] {
        let right = Attempt { band, ..attempt(1, 3, right(1)) };
        assert_eq!(store.challenge_attempt(&right).await, Ok(AttemptOutcome::Locked));
    }
    let stands = login(&store, 1).await;
    assert_eq!(
        (stands.challenge.as_ref().unwrap().attempts, stands.way(Channel::Sms).failures.count),
        (2, 2)
    );
    assert_eq!(stands.action.as_ref().unwrap().status, Status::Open);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn row_4_guesses_in_many_actions_at_once_stop_at_the_cool_down() {
    let (_dir, store) = store().await;
    for mark in 1..=20 {
        send_first(&store, mark).await;
    }
    let outcomes = at_once((1..=20).flat_map(|mark| (0..5).map(move |form| (mark, form))).map(
        |(mark, form)| {
            let store = store.clone();
            let wrong = Attempt {
                band: Band { floor: 0, ceiling: 10 },
                ..attempt(mark, form, Judged::Wrong)
            };
            async move { store.challenge_attempt(&wrong).await.unwrap() }
        },
    ))
    .await;
    let counted = outcomes.iter().filter(|o| matches!(o, AttemptOutcome::Counted { .. })).count();
    assert_eq!(counted, 10);
    assert_eq!(outcomes.iter().filter(|o| **o == AttemptOutcome::Locked).count(), 90);
}

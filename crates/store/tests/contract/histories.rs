use onlyauth_core::channel::Channel;
use onlyauth_core::factor::webauthn::Ceremony;
use onlyauth_core::time::Timestamp;
use onlyauth_core::time_line::Entry;
use onlyauth_store::{
    ActionHistory, Begin, FinalReceipt, Judged, NewCeremony, Redemption, Send, SendChallenge, Store,
};

use super::support::*;

async fn history(store: &Store, mark: u8) -> ActionHistory {
    store.action_history(client(1), action(mark)).await.unwrap().unwrap()
}

/// As `second what channel why`, dashes for what is not there.
async fn told(store: &Store, mark: u8, now: Timestamp) -> Vec<String> {
    let tell = |entry: Entry| {
        let second = NOW.until(entry.at).as_secs();
        let channel = entry.channel.map_or("-", Channel::as_str);
        format!(
            "{second} {} {channel} {}",
            entry.what.as_str(),
            entry.why.as_deref().unwrap_or("-")
        )
    };
    history(store, mark).await.facts.time_line(now).into_iter().map(tell).collect()
}

const BEGIN: [&str; 4] =
    ["0 started - -", "0 offered sms -", "0 left_out voice nothing_carries", "0 code_queued sms -"];

#[tokio::test]
async fn all_that_happened_in_a_login_is_told() {
    let (_dir, store) = sent(1).await;
    store.challenge_attempt(&attempt(1, 1, Judged::Wrong)).await.unwrap();
    let again = Send {
        seen_sends: 1,
        challenge: SendChallenge::Keep(challenge(1)),
        message_id: message(2),
        now: at(11),
        ..first_send(1)
    };
    store.challenge_send(&again).await.unwrap();
    store
        .challenge_attempt(&onlyauth_store::Attempt { now: at(12), ..attempt(1, 2, right(1)) })
        .await
        .unwrap();
    store
        .success_token_consume(&redeem(1))
        .await
        .map(|redeemed| {
            assert!(matches!(redeemed, Redemption::Consumed(_)));
        })
        .unwrap();
    let after = [
        "10 judged sms wrong",
        "11 code_queued sms same_code",
        "12 judged sms right",
        "12 passed - -",
        "12 token_issued - -",
        "20 token_redeemed - -",
    ];
    assert_eq!(told(&store, 1, at(5000)).await, [&BEGIN[..], &after].concat());
    let found = history(&store, 1).await;
    assert_eq!(
        (found.action.user_id, &found.action.channels[..]),
        (Some(user(1)), &[Channel::Sms.into()][..])
    );
}

#[tokio::test]
async fn what_became_of_a_message_is_told_with_its_moment() {
    let failed = FinalReceipt::Failed { reason: "unreachable".to_owned() };
    for (receipt, expected) in [
        (Some(FinalReceipt::Delivered), &["1 code_sent sms -", "7 code_delivered sms -"][..]),
        (Some(failed), &["1 code_sent sms -", "7 code_failed sms unreachable"]),
        (None, &["1 code_sent sms -"]),
    ] {
        let (_dir, store) = sent(1).await;
        assert!(store.outbox_claim(client(1), message(1), NOW, at(30)).await.unwrap().is_some());
        assert_eq!(store.outbox_sent(client(1), message(1), at(1)).await, Ok(true));
        if let Some(receipt) = receipt {
            assert_eq!(
                store.outbox_receipt(client(1), message(1), &receipt, at(7)).await,
                Ok(true)
            );
        }
        assert_eq!(told(&store, 1, at(20)).await, [&BEGIN[..], expected].concat());
    }
    for (ends, expected) in [
        (0, "3 code_failed sms no_route"),
        (1, "3 code_unknown sms timeout"),
        (2, "31 code_unknown sms lease_expired"),
    ] {
        let (_dir, store) = sent(1).await;
        assert!(store.outbox_claim(client(1), message(1), NOW, at(30)).await.unwrap().is_some());
        match ends {
            0 => drop(store.outbox_failed(client(1), message(1), "no_route", at(3)).await.unwrap()),
            1 => drop(store.outbox_unknown(client(1), message(1), "timeout", at(3)).await.unwrap()),
            _ => drop(store.outbox_abandon(client(1), at(31)).await.unwrap()),
        }
        assert_eq!(told(&store, 1, at(40)).await, [&BEGIN[..], &[expected]].concat());
    }
}

#[tokio::test]
async fn a_factor_and_its_ceremony_are_told() {
    let (_dir, store) = store().await;
    let begin = Begin {
        action_id: action(1),
        end_user: end_user(),
        channel: Channel::Webauthn,
        challenge_id: challenge(1),
        sends: 0,
        digits: 0,
        max_attempts: 1,
        now: at(2),
        expires_at: at(9000),
        start: Some(new_action(1)),
    };
    assert_eq!(store.challenge_begin(&begin).await, Ok(true));
    let ceremony = NewCeremony {
        action_id: action(1),
        end_user: end_user(),
        ceremony_id: challenge(7),
        kind: Ceremony::Get,
        proven: None,
        sealed: vec![1; 9],
        now: at(3),
        expires_at: at(300),
    };
    assert_eq!(store.ceremony_create(&ceremony).await, Ok(true));
    let answer = onlyauth_store::Attempt {
        channel: Channel::Webauthn,
        ceremony: Some(challenge(7)),
        ..attempt(1, 1, Judged::Wrong)
    };
    store.challenge_attempt(&answer).await.unwrap();
    let after = [
        "2 chosen webauthn -",
        "3 passkey_asked webauthn -",
        "10 passkey_answered webauthn -",
        "10 judged webauthn wrong",
        "10 checks_used_up webauthn -",
    ];
    assert_eq!(told(&store, 1, at(20)).await, [&BEGIN[..3], &after].concat());
}

#[tokio::test]
async fn row_38_a_history_is_told_to_its_own_client_only() {
    let (_dir, store) = passed(1).await;
    assert_eq!(store.action_history(client(2), action(1)).await, Ok(None));
    assert_eq!(store.action_history(client(1), action(2)).await, Ok(None));
}

#[tokio::test]
async fn a_notice_is_told_as_none_of_the_codes() {
    let (_dir, store) = passed_with_known_phone().await;
    let told_of = record(1);
    store.factor_enrol(&permit(1), &new_factor(1), &told_of).await.unwrap();
    let id = told_of.notice.unwrap().message_id;
    assert!(store.outbox_claim(client(1), id, at(40), at(90)).await.unwrap().is_some());
    assert_eq!(store.outbox_failed(client(1), id, "no_route", at(41)).await, Ok(true));
    let lines = told(&store, 1, at(45)).await;
    let notices = lines.iter().filter(|line| line.contains("notice"));
    let expected = ["30 notice_queued sms app_set_up", "41 notice_failed sms no_route"];
    assert_eq!(notices.collect::<Vec<_>>(), expected);
    assert_eq!(lines.iter().filter(|line| line.contains("code_queued")).count(), 1);
}

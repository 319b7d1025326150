use std::collections::BTreeSet;
use std::time::Duration;

use super::*;
use Channel::{Sms, Totp, Webauthn};

const NOW: Timestamp = Timestamp::from_millis(1_700_000_000_000);

fn at(seconds: u64) -> Timestamp {
    NOW.plus(Duration::from_secs(seconds))
}

fn challenge(mark: u8) -> ChallengeId {
    ChallengeId::new(NOW, [mark; 10])
}

fn started() -> Facts {
    Facts {
        status: Status::Open,
        started_at: at(0),
        expires_at: at(900),
        ended_at: None,
        offer: "sms totp=not_enrolled".parse().unwrap(),
        device: None,
        challenges: vec![],
        attempts: vec![],
        messages: vec![],
        ceremonies: vec![],
        token: None,
    }
}

fn code(mark: u8, made: u64) -> Use {
    Use {
        challenge_id: challenge(mark),
        channel: Sms,
        created_at: at(made),
        expires_at: at(made + 300),
        consumed_at: None,
        used_up: false,
    }
}

fn message(mark: u8, queued: u64) -> Message {
    Message {
        content: Content::Code(challenge(mark)),
        channel: Sms,
        queued_at: at(queued),
        sent_at: Some(at(queued + 1)),
        settled: None,
    }
}

fn attempt(mark: u8, verdict: Verdict, seconds: u64) -> Attempt {
    Attempt { challenge_id: challenge(mark), verdict, at: at(seconds) }
}

/// As `second what channel why`, dashes for what is not there.
fn told(facts: &Facts, now: u64) -> Vec<String> {
    let tell = |entry: Entry| {
        let second = NOW.until(entry.at).as_secs();
        let channel = entry.channel.map_or("-", Channel::as_str);
        format!(
            "{second} {} {channel} {}",
            entry.what.as_str(),
            entry.why.as_deref().unwrap_or("-")
        )
    };
    facts.time_line(at(now)).into_iter().map(tell).collect()
}

const BEGIN: [&str; 3] = ["0 started - -", "0 offered sms -", "0 left_out totp not_enrolled"];

#[test]
fn a_login_by_text_message_is_told_from_its_start_to_the_redemption() {
    let facts = Facts {
        status: Status::Passed,
        ended_at: Some(at(40)),
        challenges: vec![Use { consumed_at: Some(at(40)), ..code(1, 0) }],
        attempts: vec![attempt(1, Verdict::Right, 40), attempt(1, Verdict::Wrong, 20)],
        messages: vec![
            Message { settled: Some((Fate::Delivered, at(9))), ..message(1, 0) },
            message(1, 30),
            Message {
                content: Content::Notice(Notice::PhoneChanged),
                settled: Some((Fate::Failed("unreachable".into()), at(43))),
                ..message(1, 40)
            },
        ],
        token: Some(Token { issued_at: at(40), expires_at: at(100), redeemed_at: Some(at(41)) }),
        ..started()
    };
    let expected = [
        "0 code_queued sms -",
        "1 code_sent sms -",
        "9 code_delivered sms -",
        "20 judged sms wrong",
        "30 code_queued sms same_code",
        "31 code_sent sms -",
        "40 judged sms right",
        "40 passed - -",
        "40 token_issued - -",
        "40 notice_queued sms phone_changed",
        "41 notice_sent sms -",
        "41 token_redeemed - -",
        "43 notice_failed sms unreachable",
    ];
    assert_eq!(told(&facts, 5000), [&BEGIN[..], &expected].concat());
}

#[test]
fn what_ran_out_is_told_once_it_has() {
    let facts = Facts {
        challenges: vec![code(1, 0), Use { used_up: true, ..code(2, 400) }],
        attempts: vec![attempt(2, Verdict::Wrong, 410), attempt(2, Verdict::Malformed, 420)],
        messages: vec![
            Message {
                sent_at: None,
                settled: Some((Fate::Failed("no_route".into()), at(2))),
                ..message(1, 0)
            },
            Message {
                settled: Some((Fate::Unknown("timeout".into()), at(405))),
                ..message(2, 400)
            },
        ],
        ..started()
    };
    let first = ["0 code_queued sms -", "2 code_failed sms no_route"];
    let second = [
        "300 code_expired sms -",
        "400 code_queued sms -",
        "401 code_sent sms -",
        "405 code_unknown sms timeout",
        "410 judged sms wrong",
        "420 judged sms malformed",
        "420 checks_used_up sms -",
    ];
    let told_at = |now| told(&facts, now);
    let open = [&BEGIN[..], &first, &second].concat();
    assert_eq!(told_at(899), open);
    // The code that was used up is not told to have expired, too.
    assert_eq!(told_at(900), [&open[..], &["900 expired - -"]].concat());
    let cancelled = Facts { status: Status::Cancelled, ended_at: Some(at(430)), ..facts.clone() };
    assert_eq!(told(&cancelled, 900), [&open[..], &["430 cancelled - -"]].concat());
    let early = Facts { challenges: vec![code(1, 0)], attempts: vec![], ..started() };
    assert_eq!(
        told(&early, 300),
        BEGIN,
        "it is over from this moment on, and something comes next"
    );
}

#[test]
fn a_passkey_is_told_from_the_question_to_the_next_one() {
    let key = Use { channel: Webauthn, ..code(1, 5) };
    let facts = Facts {
        status: Status::Passed,
        ended_at: Some(at(9)),
        offer: "webauthn".parse().unwrap(),
        challenges: vec![Use { consumed_at: Some(at(9)), ..key }],
        attempts: vec![attempt(1, Verdict::Right, 9)],
        ceremonies: vec![
            Asked { kind: Ceremony::Create, at: at(9), answered_at: Some(at(20)) },
            Asked { kind: Ceremony::Get, at: at(5), answered_at: Some(at(9)) },
        ],
        token: Some(Token { issued_at: at(9), expires_at: at(80), redeemed_at: None }),
        ..started()
    };
    let expected = [
        "0 started - -",
        "0 offered webauthn -",
        "5 chosen webauthn -",
        "5 passkey_asked webauthn -",
        "9 passkey_answered webauthn -",
        "9 judged webauthn right",
        "9 passed - -",
        "9 token_issued - -",
        "9 passkey_offered webauthn -",
        "20 passkey_settled webauthn -",
    ];
    assert_eq!(told(&facts, 79), expected);
    assert_eq!(told(&facts, 80).last().unwrap(), "80 token_expired - -");
}

#[test]
fn words_are_one_each_and_sentences_give_reasons() {
    let words: BTreeSet<_> = What::ALL.iter().map(|what| what.as_str()).collect();
    assert_eq!(words.len(), What::ALL.len());
    for what in What::ALL {
        assert_eq!(serde_json::to_value(what).unwrap(), what.as_str());
        let entry = Entry::new(NOW, what);
        assert!(entry.sentence().ends_with('.'), "{what:?}");
        assert!(entry.why("some_word").sentence().ends_with(" (some_word)."), "{what:?}");
    }
    let totp = Entry::new(NOW, What::LeftOut).by(Some(Totp)).why("not_enrolled");
    assert_eq!(totp.sentence(), "The end user has enrolled nothing of this kind.");
}

#[test]
fn each_notice_of_an_action_is_told_in_words_of_its_own() {
    // That everything was removed comes of no action.
    for notice in Notice::ALL.into_iter().filter(|notice| *notice != Notice::FactorsReset) {
        let told = Entry::new(NOW, What::NoticeQueued).why(notice.as_str()).sentence();
        assert!(!told.contains(notice.as_str()), "{told}");
    }
}

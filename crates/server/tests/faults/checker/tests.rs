//! A checker that finds nothing proves nothing: each of its rules is seen to fail here, on a ledger or a database
//! that was forged for it.

use super::*;
use crate::facts::{Action, Challenge, Message, Source, Token};
use crate::ledger::Told;

/// A ledger and a database of two logins that went well: one wrong code, then the right one, redeemed; and another
/// whose only answer was lost.
fn good() -> Evidence {
    let mut evidence = Evidence::default();
    for (name, told) in [("a", true), ("b", false)] {
        let action = || format!("action-{name}");
        let check = |form: &str, right| Ask::Check {
            action: action(),
            challenge: format!("challenge-{name}"),
            form: form.to_owned(),
            right,
        };
        let asked = [
            (Ask::Send { action: action(), sends: 0 }, Answer::Ok(Told::Queued)),
            (check("f1", false), Answer::Ok(Told::Wrong)),
            (check("f2", true), Answer::Unknown),
            (check("f2", true), Answer::Ok(Told::Passed(format!("token-{name}")))),
            (Ask::Redeem { action: action(), token: format!("token-{name}") }, Answer::Unknown),
            (
                Ask::Redeem { action: action(), token: format!("token-{name}") },
                if told { Answer::Ok(Told::Redeemed) } else { refused("not_found") },
            ),
        ];
        for (ask, answer) in asked {
            tell(&mut evidence, ask, answer);
        }
        insert(&mut evidence.facts, name);
        let message = format!("message-{name}");
        for not_now in [true, false] {
            evidence.handed.push(HandOver { message: message.clone(), not_now });
        }
        for status in ["pending", "sending", "pending", "sent"] {
            evidence.seen.push((message.clone(), status.to_owned()));
        }
    }
    evidence
}

fn insert(facts: &mut Facts, name: &str) {
    let (action, challenge) = (format!("action-{name}"), format!("challenge-{name}"));
    let end_user = format!("user-{name}");
    facts.failures.insert(end_user.clone(), 0);
    facts.actions.insert(action.clone(), Action { status: "passed".into(), sends: 1, end_user });
    let row = Challenge { action: action.clone(), attempts: 2, max_attempts: 5, consumed: true };
    facts.challenges.insert(challenge.clone(), row);
    facts.attempts.push((challenge.clone(), "wrong".into()));
    facts.attempts.push((challenge, "right".into()));
    let hash = format!("token-{name}");
    facts.tokens.push(Token { action: action.clone(), hash, consumed: true });
    let row = Message { action, status: "sent".into(), reason: String::new() };
    facts.messages.insert(format!("message-{name}"), row);
}

fn tell(evidence: &mut Evidence, ask: Ask, answer: Answer) {
    let id = evidence.entries.len() as u64;
    evidence.entries.push(Entry::Intent(id, ask));
    evidence.entries.push(Entry::Result(id, answer));
}

fn refused(why: &str) -> Answer {
    Answer::Refused(why.to_owned())
}

/// The forged story is found out, with these words.
fn found(forge: impl FnOnce(&mut Evidence), words: &str) {
    let mut evidence = good();
    forge(&mut evidence);
    let wrong = check(&evidence);
    assert!(wrong.iter().any(|wrong| wrong.contains(words)), "{words:?} is not in {wrong:#?}");
}

fn a_check(form: &str, right: bool) -> Ask {
    let (action, challenge) = ("action-a".to_owned(), "challenge-a".to_owned());
    Ask::Check { action, challenge, form: form.to_owned(), right }
}

fn a_redemption() -> Ask {
    Ask::Redeem { action: "action-a".into(), token: "token-a".into() }
}

fn challenge(evidence: &mut Evidence) -> &mut Challenge {
    evidence.facts.challenges.get_mut("challenge-a").unwrap()
}

fn message(evidence: &mut Evidence) -> &mut Message {
    evidence.facts.messages.get_mut("message-a").unwrap()
}

#[test]
fn what_went_well_is_called_so() {
    assert_eq!(check(&good()), Vec::<String>::new());
    assert_eq!(check(&Evidence::default()), Vec::<String>::new());
}

#[test]
fn a_lost_or_doubled_success_is_found() {
    found(|it| it.facts.tokens.retain(|token| token.hash != "token-a"), "success token is lost");
    found(|it| it.facts.tokens[0].action = "action-b".into(), "another action's success token");
    found(
        |it| it.facts.actions.get_mut("action-a").unwrap().status = "open".into(),
        "acknowledged as passed, and the action is not",
    );
    found(|it| challenge(it).consumed = false, "the code is still good");
    found(
        |it| tell(it, a_check("f3", true), Answer::Ok(Told::Passed("token-a".into()))),
        "passed in two forms",
    );
    found(
        |it| tell(it, a_check("f2", true), Answer::Ok(Told::Passed("token-c".into()))),
        "two success tokens",
    );
    found(|it| it.facts.tokens.push(it.facts.tokens[0].clone()), "1 right, 2 tokens");
}

#[test]
fn a_wrong_verdict_is_found() {
    found(
        |it| tell(it, a_check("f2", false), Answer::Ok(Told::Passed("token-a".into()))),
        "a wrong code passed",
    );
    found(
        |it| tell(it, a_check("f2", true), Answer::Ok(Told::Wrong)),
        "the right code was called wrong",
    );
    found(
        |it| tell(it, a_check("f3", false), Answer::Ok(Told::TriesUsedUp)),
        "all tries were told to be used",
    );
    found(|it| tell(it, a_check("f3", false), Answer::Ok(Told::Queued)), "no answer to a check");
    found(|it| tell(it, a_check("f3", false), Answer::Odd("500".into())), "was answered");
}

#[test]
fn row_5_a_check_that_is_not_counted_is_found() {
    found(|it| tell(it, a_check("f3", false), Answer::Ok(Told::Wrong)), "3 forms were told");
    found(|it| challenge(it).attempts = 1, "1 + 1 checks, counted 1");
    let many = |it: &mut Evidence| {
        challenge(it).attempts = 7;
        challenge(it).max_attempts = 7;
        for n in 0..5 {
            tell(it, a_check(&format!("more-{n}"), false), Answer::Ok(Told::Wrong));
            it.facts.attempts.push(("challenge-a".into(), "wrong".into()));
        }
    };
    found(many, "7 forms were judged");
    found(many, "1 + 6 checks, counted 7");
    found(|it| it.facts.attempts.push(("challenge-a".into(), "right".into())), "with 2 right");
    found(|it| *it.facts.failures.get_mut("user-a").unwrap() = 1, "counted 1");
}

#[test]
fn rows_13_and_15_a_token_that_is_redeemed_twice_or_lost_is_found() {
    found(|it| tell(it, a_redemption(), Answer::Ok(Told::Redeemed)), "redeemed 2 times");
    found(|it| it.facts.tokens[0].consumed = false, "redeemed, and not consumed");
    let only = |it: &mut Evidence, answer: Answer| {
        it.entries.retain(|entry| !matches!(entry, Entry::Intent(_, Ask::Redeem { .. })));
        tell(it, a_redemption(), answer);
    };
    found(|it| only(it, refused("not_found")), "refused, and nobody redeemed it");
    found(|it| only(it, refused("503")), "consumed by a call that was refused");
}

#[test]
fn row_34_a_message_that_is_lost_or_leaves_twice_is_found() {
    let hand = |it: &mut Evidence, message: &str, not_now| {
        it.handed.push(HandOver { message: message.to_owned(), not_now });
    };
    found(|it| hand(it, "message-a", false), "sent again although");
    found(|it| hand(it, "message-a", true), "sent again although");
    found(
        |it| {
            for _ in 0..4 {
                it.handed.insert(0, HandOver { message: "message-a".into(), not_now: true });
            }
        },
        "tried 6 times",
    );
    found(|it| hand(it, "message-c", false), "is in no outbox");
    found(|it| it.handed.retain(|it| it.message != "message-a"), "sent, and never handed over");
    found(
        |it| {
            let sends = Ask::Send { action: "action-a".into(), sends: 1 };
            tell(it, sends, Answer::Ok(Told::Queued));
        },
        "its message 2 is lost",
    );
    let more = |it: &mut Evidence| {
        for n in 0..5 {
            let message = format!("more-{n}");
            hand(it, &message, false);
            let row = it.facts.messages["message-a"].clone();
            it.facts.messages.insert(message, row);
        }
    };
    found(more, "6 messages left");
    found(more, "1 sends, and 6 messages");
}

#[test]
fn row_36_a_status_that_moves_back_or_by_a_forged_receipt_is_found() {
    for (before, after) in [
        ("sent", "pending"),
        ("sent", "unknown"),
        ("unknown", "sending"),
        ("delivered", "failed"),
        ("failed", "delivered"),
    ] {
        let words = format!("message-c: {after} after {before}");
        let see = |it: &mut Evidence| {
            it.seen.push(("message-c".into(), before.into()));
            it.seen.push(("message-c".into(), after.into()));
        };
        found(see, &words);
    }
    let receipt = |genuine| Ask::Receipt { message: "message-a".into(), genuine, delivered: true };
    found(|it| tell(it, receipt(false), Answer::Ok(Told::Noted)), "a forged receipt was taken");
    found(|it| tell(it, receipt(true), Answer::Ok(Told::Noted)), "acknowledged, and is lost");
    found(|it| message(it).status = "delivered".into(), "no provider said so");
    found(|it| message(it).reason = messages::RECEIPT_REASON.into(), "that no provider signed");
}

#[test]
fn damage_is_found() {
    found(|it| it.facts.damage.push("page 3".into()), "the database is damaged: page 3");
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.db");
    let database = rusqlite::Connection::open(&path).unwrap();
    database
        .execute_batch(
            "CREATE TABLE a (b TEXT, c TEXT); CREATE INDEX d ON a (b);
             INSERT INTO a VALUES ('x', 'planted-value'), ('y', 'planted-value');",
        )
        .unwrap();
    drop(database);
    let source = Source::Sqlite(path.clone());
    assert_eq!(source.rows("PRAGMA integrity_check"), [["ok"]]);
    // The index goes its own way: the row's key changes under it.
    let mut bytes = std::fs::read(&path).unwrap();
    let at = bytes.windows(14).position(|window| window == b"xplanted-value").unwrap();
    bytes[at] = b'z';
    std::fs::write(&path, bytes).unwrap();
    assert_ne!(source.rows("PRAGMA integrity_check"), [["ok"]]);
}

use super::*;
use proptest::prelude::*;

fn policy() -> LoginPolicy {
    LoginPolicy {
        codes: CodePolicy {
            digits: 6,
            lifetime: Duration::from_mins(5),
            checks: 5,
            sends_per_action: 5,
            resend_waits: [30, 60, 120, 300].map(Duration::from_secs).to_vec(),
        },
        action_lifetime: Duration::from_mins(15),
        action_extensions: 10,
        failures: FailurePolicy {
            cooldown_after: 10,
            cooldown: Duration::from_mins(15),
            disable_after: 50,
        },
    }
}

pub(super) const fn at(seconds: i64) -> Timestamp {
    Timestamp::from_millis(seconds * 1000)
}

/// An action that began at 0 and got its first message then.
pub(super) fn sent_once() -> Login {
    Login {
        action: Some(Action { status: Status::Open, expires_at: at(900), sends: 1, extensions: 0 }),
        challenge: Some(Challenge {
            channel: Channel::Sms,
            attempts: 0,
            max_attempts: 5,
            expires_at: at(300),
            consumed: false,
        }),
        ways: vec![Way { sends: 1, last_sent_at: Some(at(0)), ..way(Channel::Sms) }],
    }
}

fn way(channel: Channel) -> Way {
    Way { channel, failures: Failures::default(), sends: 0, last_sent_at: None }
}

pub(super) fn with(change: impl FnOnce(&mut Action, &mut Challenge, &mut Way)) -> Login {
    let mut login = sent_once();
    let Login { action, challenge, ways } = &mut login;
    change(action.as_mut().unwrap(), challenge.as_mut().unwrap(), &mut ways[0]);
    login
}

/// The same with a call allowed too, not used yet.
fn with_voice(change: impl FnOnce(&mut Action, &mut Challenge, &mut Way)) -> Login {
    let mut login = with(change);
    login.ways.push(way(Channel::Voice));
    login
}

fn not_started() -> Login {
    Login { action: None, challenge: None, ways: vec![way(Channel::Sms)] }
}

#[test]
fn what_stands() {
    let enter = |tries_left, resend| Standing::Enter { tries_left, expires_at: at(300), resend };
    let locked = Failures { count: 10, last_at: Some(at(0)) };
    for (name, login, now, expected) in [
        ("just sent", sent_once(), at(1), enter(5, Resend::At(at(30)))),
        ("may resend", sent_once(), at(30), enter(5, Resend::Now)),
        ("one try left", with(|_, c, _| c.attempts = 4), at(1), enter(1, Resend::At(at(30)))),
        (
            "no try left",
            with(|_, c, _| c.attempts = 5),
            at(1),
            Standing::TriesUsedUp(Resend::At(at(30))),
        ),
        ("code expired", sent_once(), at(300), Standing::CodeExpired(Resend::Now)),
        ("sends used up", with(|a, _, _| a.sends = 5), at(299), enter(5, Resend::UsedUp)),
        ("action expired", sent_once(), at(900), Standing::Expired),
        (
            "passed stays passed",
            with(|a, _, _| a.status = Status::Passed),
            at(9_999),
            Standing::Passed,
        ),
        ("cancelled", with(|a, _, _| a.status = Status::Cancelled), at(1), Standing::Cancelled),
        ("cool-down", with(|_, _, w| w.failures = locked), at(1), Standing::Locked(Some(at(900)))),
        ("off", with(|_, _, w| w.failures.count = 50), at(1), Standing::Locked(None)),
        ("not started", not_started(), at(1), Standing::Choose),
        ("nothing sent", Login { challenge: None, ..sent_once() }, at(1), Standing::Choose),
    ] {
        assert_eq!(login.standing(&policy(), now), expected, "{name}");
    }
}

#[test]
fn what_a_send_comes_to() {
    let send = |seen_sends| Command::Send { channel: Channel::Sms, seen_sends };
    let locked = Failures { count: 10, last_at: Some(at(0)) };
    for (name, login, command, now, expected) in [
        ("too soon", sent_once(), send(1), at(29), Outcome::Wait),
        ("same code while it lives", sent_once(), send(1), at(30), Outcome::SendSame),
        ("same code before its last minute", sent_once(), send(1), at(239), Outcome::SendSame),
        ("new code in its last minute", sent_once(), send(1), at(240), Outcome::SendNew),
        ("new code after its end", sent_once(), send(1), at(301), Outcome::SendNew),
        (
            "new code after the last try",
            with(|_, c, _| c.attempts = 5),
            send(1),
            at(30),
            Outcome::SendNew,
        ),
        ("form of an older step", sent_once(), send(0), at(30), Outcome::Show),
        ("form of a step to come", sent_once(), send(2), at(30), Outcome::Show),
        ("used up", with(|a, _, _| a.sends = 5), send(5), at(800), Outcome::Show),
        ("locked", with(|_, _, w| w.failures = locked), send(1), at(30), Outcome::Show),
        ("over", sent_once(), send(1), at(900), Outcome::Show),
        ("passed", with(|a, _, _| a.status = Status::Passed), send(1), at(30), Outcome::Show),
        (
            "first",
            Login {
                challenge: None,
                ..with(|a, _, w| {
                    a.sends = 0;
                    *w = way(Channel::Sms);
                })
            },
            send(0),
            at(0),
            Outcome::SendNew,
        ),
    ] {
        assert_eq!(login.decide(command, &policy(), now), expected, "{name}");
    }
}

#[test]
fn waits_grow_and_the_last_one_repeats() {
    for (sends, wait) in [(1, 30), (2, 60), (3, 120), (4, 300)] {
        let login = with(|a, _, w| (a.sends, w.sends) = (sends, sends));
        let resend = |now| login.resend(&login.ways[0], &policy().codes, at(now));
        assert_eq!(resend(wait - 1), Resend::At(at(wait)));
        assert_eq!(resend(wait), Resend::Now);
    }
    let generous = CodePolicy { sends_per_action: 9, ..policy().codes };
    let login = with(|a, _, w| (a.sends, w.sends) = (8, 8));
    assert_eq!(login.resend(&login.ways[0], &generous, at(1)), Resend::At(at(300)));
}

#[test]
fn what_a_check_or_cancel_comes_to() {
    let judge = Outcome::Judge(Band { floor: 0, ceiling: 10 });
    let locked = Failures { count: 10, last_at: Some(at(0)) };
    for (name, login, command, now, expected) in [
        ("check", sent_once(), Command::Check, at(1), judge),
        (
            "check after passing finds the same form",
            with(|a, _, _| a.status = Status::Passed),
            Command::Check,
            at(1),
            judge,
        ),
        (
            "check without a challenge",
            Login { challenge: None, ..sent_once() },
            Command::Check,
            at(1),
            Outcome::Show,
        ),
        (
            "check while locked",
            with(|_, _, w| w.failures = locked),
            Command::Check,
            at(1),
            Outcome::Show,
        ),
        ("check after the end", sent_once(), Command::Check, at(900), Outcome::Show),
        (
            "check after giving up",
            with(|a, _, _| a.status = Status::Cancelled),
            Command::Check,
            at(1),
            Outcome::Show,
        ),
        ("cancel", sent_once(), Command::Cancel, at(1), Outcome::Cancel),
        (
            "cancel after passing",
            with(|a, _, _| a.status = Status::Passed),
            Command::Cancel,
            at(1),
            Outcome::Show,
        ),
        (
            "check before the start",
            Login { action: None, ..sent_once() },
            Command::Check,
            at(1),
            Outcome::Show,
        ),
        (
            "the first send starts",
            not_started(),
            Command::Send { channel: Channel::Sms, seen_sends: 0 },
            at(1),
            Outcome::SendNew,
        ),
        (
            "a later step before the start",
            not_started(),
            Command::Send { channel: Channel::Sms, seen_sends: 1 },
            at(1),
            Outcome::Show,
        ),
    ] {
        assert_eq!(login.decide(command, &policy(), now), expected, "{name}");
    }
}

#[test]
fn another_channel_goes_at_once_and_shares_the_number_of_messages() {
    let send = |channel, seen_sends| Command::Send { channel, seen_sends };
    let locked = Failures { count: 10, last_at: Some(at(0)) };
    for (name, login, command, expected) in [
        ("sms waits", with_voice(|_, _, _| {}), send(Channel::Sms, 1), Outcome::Wait),
        ("a call does not", with_voice(|_, _, _| {}), send(Channel::Voice, 1), Outcome::SendNew),
        (
            "not with the last message gone",
            with_voice(|a, _, _| a.sends = 5),
            send(Channel::Voice, 5),
            Outcome::Show,
        ),
        (
            "row 7: a locked channel leaves the others",
            with_voice(|_, _, w| w.failures = locked),
            send(Channel::Voice, 1),
            Outcome::SendNew,
        ),
        ("not what is not allowed", with(|_, _, _| {}), send(Channel::Voice, 1), Outcome::Show),
    ] {
        assert_eq!(login.decide(command, &policy(), at(1)), expected, "{name}");
    }
}

#[test]
fn the_same_code_goes_by_its_own_channel_only() {
    let mut login = with_voice(|a, c, _| (a.sends, c.channel) = (2, Channel::Voice));
    login.ways[1] = Way { sends: 1, last_sent_at: Some(at(10)), ..way(Channel::Voice) };
    let at_60 = |channel| login.decide(Command::Send { channel, seen_sends: 2 }, &policy(), at(60));
    assert_eq!(at_60(Channel::Voice), Outcome::SendSame);
    assert_eq!(at_60(Channel::Sms), Outcome::SendNew);
}

#[test]
fn row_07_a_lock_is_of_its_channel() {
    let locked = |count, last| Failures { count, last_at: Some(at(last)) };
    let login = with_voice(|_, _, w| w.failures = locked(10, 0));
    assert_eq!(login.standing(&policy(), at(1)), Standing::Locked(Some(at(900))));
    assert_eq!(login.open_ways(&policy(), at(1)), [Channel::Voice]);
    assert_eq!(login.decide(Command::Check, &policy(), at(1)), Outcome::Show);
    // Its challenge is by the other channel now, and is judged.
    let mut switched = login.clone();
    switched.challenge.as_mut().unwrap().channel = Channel::Voice;
    assert!(matches!(switched.standing(&policy(), at(1)), Standing::Enter { .. }));
    assert!(matches!(switched.decide(Command::Check, &policy(), at(1)), Outcome::Judge(_)));
}

#[test]
fn with_every_channel_locked_the_first_end_is_told() {
    let locked = |count, last| Failures { count, last_at: Some(at(last)) };
    let mut login = not_started();
    login.ways = vec![
        Way { failures: locked(20, 0), ..way(Channel::Sms) },
        Way { failures: locked(10, 0), ..way(Channel::Voice) },
        Way { failures: locked(50, 0), ..way(Channel::Whatsapp) },
    ];
    assert_eq!(login.standing(&policy(), at(1)), Standing::Locked(Some(at(900))));
    assert_eq!(login.standing(&policy(), at(900)), Standing::Choose);
    assert_eq!(login.open_ways(&policy(), at(900)), [Channel::Voice]);
    login.ways.truncate(1);
    login.ways[0].failures = locked(50, 0);
    assert_eq!(login.standing(&policy(), at(1)), Standing::Locked(None));
}

#[test]
fn a_channel_that_was_switched_off_is_neither_shown_nor_judged() {
    let login = Login { ways: vec![way(Channel::Voice)], ..sent_once() };
    assert_eq!(login.standing(&policy(), at(1)), Standing::Choose);
    assert_eq!(login.decide(Command::Check, &policy(), at(1)), Outcome::Show);
}

#[test]
fn more_time_is_given_near_the_end_and_not_for_ever() {
    let extend = |login: &Login, now| login.decide(Command::Extend, &policy(), at(now));
    assert_eq!(extend(&sent_once(), 779), Outcome::Show);
    assert_eq!(extend(&sent_once(), 780), Outcome::Extend(at(780 + 900)));
    assert_eq!(extend(&sent_once(), 899), Outcome::Extend(at(899 + 900)));
    assert_eq!(extend(&sent_once(), 900), Outcome::Show);
    assert_eq!(extend(&with(|a, _, _| a.extensions = 10), 899), Outcome::Show);
    assert_eq!(extend(&with(|a, _, _| a.status = Status::Passed), 899), Outcome::Show);
    assert_eq!(extend(&not_started(), 899), Outcome::Show);
}

proptest! {
    #[test]
    fn an_ended_or_locked_login_neither_sends_nor_judges(
        now in 0_i64..2_000, sends in 0_u32..7, count in 0_i64..60, last in 0_i64..2_000, cancelled: bool,
    ) {
        let login = with(|a, _, w| {
            (a.sends, w.sends) = (sends, sends);
            a.status = if cancelled { Status::Cancelled } else { Status::Open };
            w.failures = Failures { count, last_at: Some(at(last)) };
        });
        let closed = matches!(
            login.standing(&policy(), at(now)),
            Standing::Cancelled | Standing::Expired | Standing::Locked(_)
        );
        for command in [Command::Send { channel: Channel::Sms, seen_sends: sends }, Command::Check] {
            let outcome = login.decide(command, &policy(), at(now));
            prop_assert!(!closed || outcome == Outcome::Show);
        }
    }
}

/// The first of two proofs was a code by text message, and these are of another kind.
fn half(ways: &[Channel]) -> Login {
    let ways = ways.iter().map(|channel| way(*channel)).collect();
    Login { ways, ..with(|_, c, _| (c.consumed, c.attempts) = (true, 1)) }
}

#[test]
fn after_the_first_of_two_proofs_another_is_asked_for_and_nothing_is_judged_twice() {
    let prove = Standing::Prove { channel: Channel::Totp, tries_left: 5 };
    let send = |channel| Command::Send { channel, seen_sends: 1 };
    for (ways, standing, command, outcome) in [
        (&[Channel::Totp, Channel::Webauthn][..], prove, send(Channel::Totp), Outcome::Begin),
        (&[Channel::Totp], prove, send(Channel::Sms), Outcome::Show),
        // The phone again, where it has to be proven in another browser.
        (&[Channel::Sms], Standing::Choose, send(Channel::Sms), Outcome::SendNew),
        (&[Channel::Voice], Standing::Choose, send(Channel::Voice), Outcome::SendNew),
        (&[], Standing::Choose, send(Channel::Sms), Outcome::Show),
    ] {
        let login = half(ways);
        assert_eq!(login.standing(&policy(), at(60)), standing, "{ways:?}");
        assert_eq!(login.decide(command, &policy(), at(60)), outcome, "{ways:?}");
        assert_eq!(login.decide(Command::Check, &policy(), at(60)), Outcome::Recall, "{ways:?}");
        assert_eq!(login.decide(Command::Check, &policy(), at(900)), Outcome::Show, "over");
    }
}

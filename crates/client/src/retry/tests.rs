use super::*;

const WAIT: Option<Duration> = Some(Duration::from_millis(100));

fn answered(status: u16) -> Outcome {
    Outcome::Answered { status, overloaded: false, retry_after: None }
}

fn asked(seconds: u64) -> Outcome {
    let retry_after = Some(Duration::from_secs(seconds));
    Outcome::Answered { status: 429, overloaded: false, retry_after }
}

fn first(repeat: Repeat, outcome: Outcome) -> Option<Duration> {
    let first = Circumstances { attempts: 1, elapsed: Duration::ZERO, chance: 0.5 };
    next_wait(&RetryPolicy::default(), repeat, outcome, first)
}

#[test]
fn what_is_tried_again() {
    let overloaded = Outcome::Answered { status: 503, overloaded: true, retry_after: None };
    let not_503 = Outcome::Answered { status: 500, overloaded: true, retry_after: None };
    for (outcome, always, if_nothing_was_done, if_not_sent) in [
        (Outcome::NotSent, true, true, true),
        (Outcome::Broken, true, false, false),
        (Outcome::Final, false, false, false),
        (answered(429), true, true, false),
        (answered(502), true, false, false),
        (answered(503), true, false, false),
        (overloaded, true, true, false),
        (not_503, false, false, false),
        (answered(504), true, false, false),
        (answered(200), false, false, false),
        (answered(302), false, false, false),
        (answered(400), false, false, false),
        (answered(401), false, false, false),
        (answered(404), false, false, false),
        (answered(408), false, false, false),
        (answered(500), false, false, false),
        (answered(501), false, false, false),
        (answered(505), false, false, false),
    ] {
        let wait = |expected: bool| if expected { WAIT } else { None };
        assert_eq!(first(Repeat::Always, outcome), wait(always), "{outcome:?}");
        let found = first(Repeat::IfNothingWasDone, outcome);
        assert_eq!(found, wait(if_nothing_was_done), "{outcome:?}, if nothing was done");
        assert_eq!(
            first(Repeat::IfNotSent, outcome),
            wait(if_not_sent),
            "{outcome:?}, if not sent"
        );
    }
}

#[test]
fn how_long_is_waited() {
    let seconds = Duration::from_secs;
    let millis = Duration::from_millis;
    for (what, outcome, attempts, elapsed, chance, expected) in [
        ("no luck", answered(503), 1, 0, 1.0, Some(millis(200))),
        ("much luck", answered(503), 1, 0, 0.0, Some(millis(0))),
        ("it grows", answered(503), 3, 0, 1.0, Some(millis(800))),
        ("up to a bound", answered(503), 9, 0, 1.0, Some(millis(2_000))),
        ("for any number of attempts", answered(503), u32::MAX, 0, 1.0, Some(millis(2_000))),
        ("chance has bounds", answered(503), 1, 0, 7.0, Some(millis(200))),
        ("as asked, and no sooner", asked(3), 1, 0, 0.0, Some(seconds(3))),
        ("and a little later", asked(3), 1, 0, 1.0, Some(millis(3_200))),
        ("asked for too much", asked(6), 1, 0, 0.0, None),
        ("asked for more than is left", asked(2), 1, 3_001, 0.0, None),
        ("asked for all that is left", asked(2), 1, 3_000, 1.0, Some(seconds(2))),
        ("asked for an eternity", asked(u64::MAX), 1, 0, 0.0, None),
        ("the last moment", answered(503), 9, 4_999, 1.0, Some(millis(1))),
        ("too late", answered(503), 9, 5_000, 0.0, None),
        ("much too late", answered(503), 9, 50_000, 0.0, None),
    ] {
        let circumstances = Circumstances { attempts, elapsed: millis(elapsed), chance };
        let wait = next_wait(&RetryPolicy::default(), Repeat::Always, outcome, circumstances);
        assert_eq!(wait, expected, "{what}");
    }
}

#[test]
fn policies_that_say_no() {
    let first = Circumstances { attempts: 1, elapsed: Duration::ZERO, chance: 0.0 };
    let never = RetryPolicy::never();
    assert_eq!(next_wait(&never, Repeat::Always, Outcome::NotSent, first), None);
    assert_eq!(next_wait(&never, Repeat::Always, answered(503), first), None);
    let answers = RetryPolicy { connection_failures: false, ..RetryPolicy::default() };
    assert_eq!(next_wait(&answers, Repeat::Always, Outcome::NotSent, first), None);
    assert_eq!(next_wait(&answers, Repeat::Always, Outcome::Broken, first), None);
    assert_eq!(next_wait(&answers, Repeat::Always, answered(503), first), Some(Duration::ZERO));
}

#[test]
fn no_policy_is_too_strange() {
    for exponent in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, -3.0, 0.0] {
        let policy = RetryPolicy { exponent, ..RetryPolicy::default() };
        for attempts in [1, 2, 3, u32::MAX] {
            let circumstances =
                Circumstances { attempts, elapsed: Duration::ZERO, chance: f64::NAN };
            let wait = next_wait(&policy, Repeat::Always, Outcome::NotSent, circumstances);
            assert!(wait <= Some(policy.max_interval), "{exponent} {attempts}: {wait:?}");
        }
    }
    let endless = RetryPolicy {
        initial_interval: Duration::MAX,
        max_interval: Duration::MAX,
        max_elapsed: Duration::MAX,
        ..RetryPolicy::default()
    };
    let circumstances = Circumstances { attempts: 5, elapsed: Duration::ZERO, chance: 1.0 };
    assert!(next_wait(&endless, Repeat::Always, Outcome::NotSent, circumstances).is_some());
}

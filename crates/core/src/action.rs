//! One login as a state machine: what stands, what a command may do, when the next message may go.
//!
//! These functions decide on what was read; the store repeats each condition as a guard of the commit, so
//! that two requests which read the same state can't both have it their way.

use std::time::Duration;

use crate::challenge::CodePolicy;
use crate::failures::{Band, FailurePolicy, Failures, Lock};
use crate::time::Timestamp;

/// A code's last minute: from here on a resend makes a new code, since the old one would come too late.
const LAST_MINUTE: Duration = Duration::from_mins(1);

/// Where an action is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Started, not ended.
    Open,
    /// A second factor was proven.
    Passed,
    /// The end user gave up.
    Cancelled,
}

/// An action, as far as decisions need it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Action {
    /// Where it is.
    pub status: Status,
    /// The moment from which it is over.
    pub expires_at: Timestamp,
    /// Messages sent so far; also the number of the next step, which makes sending idempotent.
    pub sends: u32,
    /// When the last one was.
    pub last_sent_at: Option<Timestamp>,
}

/// The action's newest code challenge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Challenge {
    /// Checks so far.
    pub attempts: u32,
    /// Checks allowed.
    pub max_attempts: u32,
    /// The moment from which its code is over.
    pub expires_at: Timestamp,
    /// Whether its code was used.
    pub consumed: bool,
}

impl Challenge {
    /// Checks left.
    pub fn tries_left(&self) -> u32 {
        self.max_attempts.saturating_sub(self.attempts)
    }

    fn open_at(&self, now: Timestamp) -> bool {
        !self.consumed && self.tries_left() > 0 && !now.is_expired(self.expires_at)
    }
}

/// All that a decision about a login looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Login {
    /// The action; None before its start.
    pub action: Option<Action>,
    /// The newest challenge.
    pub challenge: Option<Challenge>,
    /// The end user's failures on the channel.
    pub failures: Failures,
}

/// The rules that a login goes by.
#[derive(Debug, Clone)]
pub struct LoginPolicy {
    /// For codes.
    pub codes: CodePolicy,
    /// For failures in a row.
    pub failures: FailurePolicy,
}

/// What the end user should see.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Nothing sent yet: choose a channel.
    Choose,
    /// A code may be typed.
    Enter {
        /// Checks left.
        tries_left: u32,
        /// Until when.
        expires_at: Timestamp,
        /// When another message may go.
        resend: Resend,
    },
    /// The newest code is past its time.
    CodeExpired(Resend),
    /// The newest code had all its checks.
    TriesUsedUp(Resend),
    /// The channel is locked for this end user; None: until a reset.
    Locked(Option<Timestamp>),
    /// Proven already.
    Passed,
    /// Given up.
    Cancelled,
    /// The action's time is over.
    Expired,
}

/// When another message may go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Resend {
    /// Now.
    Now,
    /// From this moment on.
    At(Timestamp),
    /// Not in this action.
    UsedUp,
}

/// What an end user asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Command {
    /// A message; `seen_sends` is the step that the form was made for.
    Send {
        /// [`Action::sends`] when the form was made.
        seen_sends: u32,
    },
    /// A check of what was typed.
    Check,
    /// To give up.
    Cancel,
}

/// What a command comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Send a message for a new challenge.
    SendNew,
    /// Send the same code again.
    SendSame,
    /// Judge, and count while the failures are in this band.
    Judge(Band),
    /// End the action.
    Cancel,
    /// Change nothing and show where the login stands: the command is a repeat, or its time is over or
    /// not yet come.
    Show,
}

impl Login {
    /// What the end user should see at `now`.
    pub fn standing(&self, policy: &LoginPolicy, now: Timestamp) -> Standing {
        let Some(action) = self.action else {
            return Standing::Choose;
        };
        match action.status {
            Status::Passed => return Standing::Passed,
            Status::Cancelled => return Standing::Cancelled,
            Status::Open if now.is_expired(action.expires_at) => return Standing::Expired,
            Status::Open => {}
        }
        match policy.failures.lock(self.failures, now) {
            Lock::Until(end) => return Standing::Locked(Some(end)),
            Lock::UntilReset => return Standing::Locked(None),
            Lock::Open(_) => {}
        }
        let Some(challenge) = self.challenge else {
            return Standing::Choose;
        };
        let resend = self.resend(&policy.codes, now);
        if challenge.open_at(now) {
            Standing::Enter {
                tries_left: challenge.tries_left(),
                expires_at: challenge.expires_at,
                resend,
            }
        } else if challenge.tries_left() == 0 {
            Standing::TriesUsedUp(resend)
        } else {
            Standing::CodeExpired(resend)
        }
    }

    /// What `command` comes to at `now`.
    pub fn decide(&self, command: Command, policy: &LoginPolicy, now: Timestamp) -> Outcome {
        let Some(action) = self.action else {
            // The first message starts the action; no form for a later step can have been made before that.
            let starts = command == Command::Send { seen_sends: 0 };
            return if starts { Outcome::SendNew } else { Outcome::Show };
        };
        let live = action.status == Status::Open && !now.is_expired(action.expires_at);
        match (command, policy.failures.lock(self.failures, now)) {
            (Command::Cancel, _) if live => Outcome::Cancel,
            (Command::Send { seen_sends }, Lock::Open(_)) if live => {
                self.decide_send(seen_sends, &policy.codes, now)
            }
            // A passed action is judged too: the store knows whether it is the very same form again.
            (Command::Check, Lock::Open(band)) if live || action.status == Status::Passed => {
                self.challenge.map_or(Outcome::Show, |_| Outcome::Judge(band))
            }
            _ => Outcome::Show,
        }
    }

    fn decide_send(&self, seen_sends: u32, codes: &CodePolicy, now: Timestamp) -> Outcome {
        if self.action.is_none_or(|action| action.sends != seen_sends)
            || self.resend(codes, now) != Resend::Now
        {
            return Outcome::Show;
        }
        match self.challenge {
            Some(challenge)
                if challenge.open_at(now) && now.until(challenge.expires_at) > LAST_MINUTE =>
            {
                Outcome::SendSame
            }
            _ => Outcome::SendNew,
        }
    }

    fn resend(&self, codes: &CodePolicy, now: Timestamp) -> Resend {
        let Some(action) = self.action else {
            return Resend::Now;
        };
        if action.sends >= codes.sends_per_action {
            return Resend::UsedUp;
        }
        let Some(last) = action.last_sent_at else {
            return Resend::Now;
        };
        let index = usize::try_from(action.sends.saturating_sub(1)).unwrap_or(usize::MAX);
        let wait = codes.resend_waits.get(index).or(codes.resend_waits.last());
        let next = last.plus(wait.copied().unwrap_or_default());
        if now.is_expired(next) { Resend::Now } else { Resend::At(next) }
    }
}

#[cfg(test)]
mod tests {
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
            failures: FailurePolicy {
                cooldown_after: 10,
                cooldown: Duration::from_mins(15),
                disable_after: 50,
            },
        }
    }

    const fn at(seconds: i64) -> Timestamp {
        Timestamp::from_millis(seconds * 1000)
    }

    /// An action that began at 0 and got its first message then.
    fn sent_once() -> Login {
        Login {
            action: Some(Action {
                status: Status::Open,
                expires_at: at(900),
                sends: 1,
                last_sent_at: Some(at(0)),
            }),
            challenge: Some(Challenge {
                attempts: 0,
                max_attempts: 5,
                expires_at: at(300),
                consumed: false,
            }),
            failures: Failures::default(),
        }
    }

    fn with(change: impl FnOnce(&mut Action, &mut Challenge, &mut Failures)) -> Login {
        let mut login = sent_once();
        change(
            login.action.as_mut().unwrap(),
            login.challenge.as_mut().unwrap(),
            &mut login.failures,
        );
        login
    }

    #[test]
    fn what_stands() {
        let enter =
            |tries_left, resend| Standing::Enter { tries_left, expires_at: at(300), resend };
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
            ("cool-down", with(|_, _, f| *f = locked), at(1), Standing::Locked(Some(at(900)))),
            ("off", with(|_, _, f| f.count = 50), at(1), Standing::Locked(None)),
            (
                "not started",
                Login { action: None, challenge: None, ..sent_once() },
                at(1),
                Standing::Choose,
            ),
            ("nothing sent", Login { challenge: None, ..sent_once() }, at(1), Standing::Choose),
        ] {
            assert_eq!(login.standing(&policy(), now), expected, "{name}");
        }
    }

    #[test]
    fn what_a_send_comes_to() {
        let send = |seen_sends| Command::Send { seen_sends };
        let locked = Failures { count: 10, last_at: Some(at(0)) };
        for (name, login, command, now, expected) in [
            ("too soon", sent_once(), send(1), at(29), Outcome::Show),
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
            ("locked", with(|_, _, f| *f = locked), send(1), at(30), Outcome::Show),
            ("over", sent_once(), send(1), at(900), Outcome::Show),
            ("passed", with(|a, _, _| a.status = Status::Passed), send(1), at(30), Outcome::Show),
            (
                "first",
                Login {
                    challenge: None,
                    ..with(|a, _, _| {
                        a.sends = 0;
                        a.last_sent_at = None;
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
            let login = with(|a, _, _| a.sends = sends);
            assert_eq!(login.resend(&policy().codes, at(wait - 1)), Resend::At(at(wait)));
            assert_eq!(login.resend(&policy().codes, at(wait)), Resend::Now);
        }
        let generous = CodePolicy { sends_per_action: 9, ..policy().codes };
        assert_eq!(with(|a, _, _| a.sends = 8).resend(&generous, at(1)), Resend::At(at(300)));
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
                with(|_, _, f| *f = locked),
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
                Login { action: None, challenge: None, ..sent_once() },
                Command::Send { seen_sends: 0 },
                at(1),
                Outcome::SendNew,
            ),
            (
                "a later step before the start",
                Login { action: None, challenge: None, ..sent_once() },
                Command::Send { seen_sends: 1 },
                at(1),
                Outcome::Show,
            ),
        ] {
            assert_eq!(login.decide(command, &policy(), now), expected, "{name}");
        }
    }

    proptest! {
        #[test]
        fn an_ended_or_locked_login_neither_sends_nor_judges(
            now in 0_i64..2_000, sends in 0_u32..7, count in 0_i64..60, last in 0_i64..2_000, cancelled: bool,
        ) {
            let login = with(|a, _, f| {
                a.sends = sends;
                a.status = if cancelled { Status::Cancelled } else { Status::Open };
                *f = Failures { count, last_at: Some(at(last)) };
            });
            let closed = matches!(
                login.standing(&policy(), at(now)),
                Standing::Cancelled | Standing::Expired | Standing::Locked(_)
            );
            for command in [Command::Send { seen_sends: sends }, Command::Check] {
                let outcome = login.decide(command, &policy(), at(now));
                prop_assert!(!closed || outcome == Outcome::Show);
            }
        }
    }
}

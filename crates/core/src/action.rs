//! One login as a state machine: what stands, what a command may do, when the next message may go.
//!
//! These functions decide on what was read; the store repeats each condition as a guard of the commit, so
//! that two requests which read the same state can't both have it their way.

mod leaving;
#[cfg(test)]
mod tests;

use std::time::Duration;

pub use leaving::{Useless, may_leave};

use crate::challenge::CodePolicy;
use crate::channel::Channel;
use crate::failures::{Band, FailurePolicy, Failures, Lock};
use crate::time::Timestamp;

/// A code's last minute: from here on a resend makes a new code, since the old one would come too late.
const LAST_MINUTE: Duration = Duration::from_mins(1);

/// So long before an action's end the end user is warned (WCAG 2.2, 2.2.1 asks for at least 20 s).
pub const WARNING: Duration = Duration::from_mins(1);

/// More time may be asked for once so little is left.
const EXTENDABLE: Duration = Duration::from_mins(2);

/// What an action is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Purpose {
    /// A login at the customer's site.
    Login,
    /// The end user looks after their factors: what passes in it logs nobody in.
    Factors,
}

impl Purpose {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Login, Self::Factors];

    /// The name in the database and on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Login => "login",
            Self::Factors => "factors",
        }
    }
}

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
    /// How often more time was given.
    pub extensions: u32,
}

impl Action {
    /// Where its end moves to for somebody who needs more time; None where it may not be moved, or not yet.
    pub fn extended(self, policy: &LoginPolicy, now: Timestamp) -> Option<Timestamp> {
        let extendable = !now.is_expired(self.expires_at)
            && self.extensions < policy.action_extensions
            && now.until(self.expires_at) <= EXTENDABLE;
        extendable.then(|| now.plus(policy.action_lifetime))
    }
}

/// The action's newest challenge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Challenge {
    /// How its code travels.
    pub channel: Channel,
    /// Checks so far.
    pub attempts: u32,
    /// Checks allowed.
    pub max_attempts: u32,
    /// The moment from which its code is over.
    pub expires_at: Timestamp,
    /// Whether it was met: it passed the login, or was the first of two proofs.
    pub consumed: bool,
}

impl Challenge {
    /// Checks left.
    pub fn tries_left(&self) -> u32 {
        self.max_attempts.saturating_sub(self.attempts)
    }

    /// Whether its code may still be checked.
    pub fn open_at(&self, now: Timestamp) -> bool {
        !self.consumed && self.tries_left() > 0 && !now.is_expired(self.expires_at)
    }
}

/// A channel that the login may use, and how it fared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Way {
    /// Which.
    pub channel: Channel,
    /// The end user's failures on it, across actions.
    pub failures: Failures,
    /// Messages that this action sent by it.
    pub sends: u32,
    /// When the last of them was.
    pub last_sent_at: Option<Timestamp>,
}

/// All that a decision about a login looks at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Login {
    /// The action; None before its start.
    pub action: Option<Action>,
    /// The newest challenge.
    pub challenge: Option<Challenge>,
    /// The channels that may be used, in the order in which they are offered.
    pub ways: Vec<Way>,
}

/// The rules that a login goes by.
#[derive(Debug, Clone)]
pub struct LoginPolicy {
    /// How long an action lives, and by how much it is extended.
    pub action_lifetime: Duration,
    /// How often it may be extended (WCAG 2.2, 2.2.1 asks for at least ten times).
    pub action_extensions: u32,
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
    /// A code of the factor in use may be typed, or the factor may prove otherwise.
    Prove {
        /// Which kind of factor.
        channel: Channel,
        /// Checks left.
        tries_left: u32,
    },
    /// The factor in use had all its checks in this action.
    ProofsUsedUp,
    /// The newest code is past its time.
    CodeExpired(Resend),
    /// The newest code had all its checks.
    TriesUsedUp(Resend),
    /// The channel in use, or every one there is, is locked for this end user; None: until a reset.
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
    /// A message, or to prove by a factor; `seen_sends` is the step that the form was made for.
    Send {
        /// How.
        channel: Channel,
        /// [`Action::sends`] when the form was made.
        seen_sends: u32,
    },
    /// A check of what was typed.
    Check,
    /// More time.
    Extend,
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
    /// Make the challenge of a factor the newest.
    Begin,
    /// Judge, and count while the failures are in this band.
    Judge(Band),
    /// Move the action's end to this moment.
    Extend(Timestamp),
    /// End the action.
    Cancel,
    /// Judge nothing: the newest challenge was used. The very same form again is told its own answer.
    Recall,
    /// Change nothing and say that the channel's next message has to wait.
    Wait,
    /// Change nothing and show where the login stands: the command is a repeat, or its time is over.
    Show,
}

impl Login {
    /// What the end user should see at `now`.
    pub fn standing(&self, policy: &LoginPolicy, now: Timestamp) -> Standing {
        match self.action {
            None => return self.choose(policy, now),
            Some(Action { status: Status::Passed, .. }) => return Standing::Passed,
            Some(Action { status: Status::Cancelled, .. }) => return Standing::Cancelled,
            Some(action) if now.is_expired(action.expires_at) => return Standing::Expired,
            Some(_) => {}
        }
        let Some((challenge, way)) = self.current() else {
            return self.choose(policy, now);
        };
        match policy.failures.lock(way.failures, now) {
            Lock::Until(end) => return Standing::Locked(Some(end)),
            Lock::UntilReset => return Standing::Locked(None),
            Lock::Open(_) => {}
        }
        if !way.channel.is_phone() {
            return match challenge.tries_left() {
                0 => Standing::ProofsUsedUp,
                tries_left => Standing::Prove { channel: way.channel, tries_left },
            };
        }
        let resend = self.resend(way, &policy.codes, now);
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

    /// The channels by which a message may be asked for, or proven, at `now`, in the order in which they are offered. Those
    /// whose wait is not over are among them: that is said once they are asked for.
    pub fn open_ways(&self, policy: &LoginPolicy, now: Timestamp) -> Vec<Channel> {
        let used_up =
            self.action.is_some_and(|action| action.sends >= policy.codes.sends_per_action);
        let open = |way: &&Way| {
            let used_up = if way.channel.is_phone() { used_up } else { self.is_used_up(way) };
            !used_up && matches!(policy.failures.lock(way.failures, now), Lock::Open(_))
        };
        self.ways.iter().filter(open).map(|way| way.channel).collect()
    }

    /// What `command` comes to at `now`.
    pub fn decide(&self, command: Command, policy: &LoginPolicy, now: Timestamp) -> Outcome {
        let status = self.action.map(|action| action.status);
        let live = self.action.is_some_and(|action| {
            action.status == Status::Open && !now.is_expired(action.expires_at)
        });
        match command {
            // The first message starts the action; no form for a later step can have been made before that.
            Command::Send { channel, seen_sends } if live || status.is_none() => {
                self.decide_send(channel, seen_sends, policy, now)
            }
            // A passed action is judged too: the store knows whether it is the very same form again.
            Command::Check if live || status == Some(Status::Passed) => {
                self.decide_check(policy, now)
            }
            Command::Extend if live => self.decide_extend(policy, now),
            Command::Cancel if live => Outcome::Cancel,
            _ => Outcome::Show,
        }
    }

    fn decide_send(
        &self,
        channel: Channel,
        seen_sends: u32,
        policy: &LoginPolicy,
        now: Timestamp,
    ) -> Outcome {
        let Some(way) = self.way(channel) else { return Outcome::Show };
        let step = self.action.map_or(0, |action| action.sends);
        let open = matches!(policy.failures.lock(way.failures, now), Lock::Open(_));
        if !open || step != seen_sends {
            return Outcome::Show;
        }
        if !channel.is_phone() {
            // Its checks are counted at one challenge for the whole action.
            return if self.is_used_up(way) { Outcome::Show } else { Outcome::Begin };
        }
        match self.resend(way, &policy.codes, now) {
            Resend::Now => {}
            Resend::At(_) => return Outcome::Wait,
            Resend::UsedUp => return Outcome::Show,
        }
        match self.challenge {
            Some(challenge)
                if challenge.channel == channel
                    && challenge.open_at(now)
                    && now.until(challenge.expires_at) > LAST_MINUTE =>
            {
                Outcome::SendSame
            }
            _ => Outcome::SendNew,
        }
    }

    fn decide_check(&self, policy: &LoginPolicy, now: Timestamp) -> Outcome {
        if self.challenge.is_some_and(|challenge| challenge.consumed) {
            return Outcome::Recall;
        }
        let Some((_, way)) = self.current() else { return Outcome::Show };
        match policy.failures.lock(way.failures, now) {
            Lock::Open(band) => Outcome::Judge(band),
            Lock::Until(_) | Lock::UntilReset => Outcome::Show,
        }
    }

    fn decide_extend(&self, policy: &LoginPolicy, now: Timestamp) -> Outcome {
        let end = self.action.and_then(|action| action.extended(policy, now));
        end.map_or(Outcome::Show, Outcome::Extend)
    }

    /// With nothing sent: what is left to choose from.
    fn choose(&self, policy: &LoginPolicy, now: Timestamp) -> Standing {
        let locks = self.ways.iter().map(|way| policy.failures.lock(way.failures, now));
        let mut first_end = None;
        // The first of two proofs, or the second.
        let fresh = self.challenge.is_none_or(|challenge| challenge.consumed);
        for (way, lock) in self.ways.iter().zip(locks) {
            match lock {
                // What is there needs no message: it may be used at once.
                Lock::Open(_) if fresh && !way.channel.is_phone() => {
                    let tries_left = policy.codes.checks;
                    return Standing::Prove { channel: way.channel, tries_left };
                }
                Lock::Open(_) => return Standing::Choose,
                Lock::Until(end) => {
                    first_end = Some(first_end.map_or(end, |first: Timestamp| first.min(end)));
                }
                Lock::UntilReset => {}
            }
        }
        if self.ways.is_empty() { Standing::Choose } else { Standing::Locked(first_end) }
    }

    /// The newest challenge, while its channel may be used at all. One that was the first of two proofs is done with.
    fn current(&self) -> Option<(&Challenge, &Way)> {
        let challenge = self.challenge.as_ref().filter(|challenge| !challenge.consumed)?;
        Some((challenge, self.way(challenge.channel)?))
    }

    /// Whether the factor had all its checks in this action, as far as its challenge is the newest; the store knows in
    /// any case.
    fn is_used_up(&self, way: &Way) -> bool {
        self.challenge.is_some_and(|challenge| {
            challenge.channel == way.channel && challenge.tries_left() == 0
        })
    }

    fn way(&self, channel: Channel) -> Option<&Way> {
        self.ways.iter().find(|way| way.channel == channel)
    }

    /// The wait is the channel's own, so that whom a text message does not reach can be called at once; the
    /// number of messages is the action's.
    fn resend(&self, way: &Way, codes: &CodePolicy, now: Timestamp) -> Resend {
        if self.action.is_some_and(|action| action.sends >= codes.sends_per_action) {
            return Resend::UsedUp;
        }
        let Some(last) = way.last_sent_at else {
            return Resend::Now;
        };
        let index = usize::try_from(way.sends.saturating_sub(1)).unwrap_or(usize::MAX);
        let wait = codes.resend_waits.get(index).or(codes.resend_waits.last());
        let next = last.plus(wait.copied().unwrap_or_default());
        if now.is_expired(next) { Resend::Now } else { Resend::At(next) }
    }
}

//! Whether a message that was asked for is still worth sending when its turn comes.

use super::{Action, Challenge, Status};
use crate::time::Timestamp;

/// Why a message that waits for its turn is of no use any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Useless {
    /// The action ended.
    ActionOver,
    /// A newer message was asked for.
    Superseded,
    /// Its code can't be used any more.
    CodeOver,
}

/// Whether the message of an action's `step` may still leave at `now`: what arrives after all is over, or beside
/// a newer code, only confuses, and typing it costs a try.
///
/// # Errors
/// Why it may not.
pub fn may_leave(
    action: &Action,
    challenge: &Challenge,
    step: u32,
    now: Timestamp,
) -> Result<(), Useless> {
    if action.status != Status::Open || now.is_expired(action.expires_at) {
        Err(Useless::ActionOver)
    } else if step < action.sends {
        Err(Useless::Superseded)
    } else if !challenge.open_at(now) {
        Err(Useless::CodeOver)
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{at, sent_once, with};
    use super::*;

    #[test]
    fn only_the_newest_message_of_an_open_login_may_leave() {
        for (name, login, step, now, expected) in [
            ("in time", sent_once(), 1, 299, Ok(())),
            ("code expired", sent_once(), 1, 300, Err(Useless::CodeOver)),
            ("no try left", with(|_, c, _| c.attempts = 5), 1, 1, Err(Useless::CodeOver)),
            ("code used", with(|_, c, _| c.consumed = true), 1, 1, Err(Useless::CodeOver)),
            ("a newer one", with(|a, _, _| a.sends = 2), 1, 1, Err(Useless::Superseded)),
            ("passed", with(|a, _, _| a.status = Status::Passed), 1, 1, Err(Useless::ActionOver)),
            (
                "given up",
                with(|a, _, _| a.status = Status::Cancelled),
                1,
                1,
                Err(Useless::ActionOver),
            ),
            ("too late", with(|a, _, _| a.expires_at = at(100)), 1, 100, Err(Useless::ActionOver)),
        ] {
            let (action, challenge) = (login.action.unwrap(), login.challenge.unwrap());
            assert_eq!(may_leave(&action, &challenge, step, at(now)), expected, "{name}");
        }
    }
}

//! The shop's sessions: whose login is pending, and what came of it. In memory, and not many.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use data_encoding::HEXLOWER;
use onlyauth_core::time::Timestamp;

use super::choices::Choices;
use super::users::User;

/// The longest that a session lasts.
pub(super) const LIFETIME: Duration = Duration::from_mins(30);

/// Whoever keeps asking for sessions pushes out old ones, and fills no memory.
const MOST: usize = 256;

/// A browser that gave a right password.
#[derive(Debug, Clone)]
pub(super) struct Session {
    /// The value of its cookie.
    pub(super) id: String,
    /// Who it is going to be, and whom the success token must be about.
    pub(super) user: &'static User,
    /// How the login is to look.
    pub(super) choices: Choices,
    /// What the page does with it.
    pub(super) stage: Stage,
    ends_at: Timestamp,
}

/// How far a login came.
#[derive(Debug, Clone)]
pub(super) enum Stage {
    /// The second factor is due; the widget runs on this access token.
    Pending(String),
    /// Both factors passed; what the server said about it, as JSON.
    LoggedIn(String),
}

/// All sessions, oldest first.
#[derive(Debug, Default)]
pub(super) struct Sessions(Mutex<VecDeque<Session>>);

impl Sessions {
    /// Begins a session under an id of 256 random bits.
    pub(super) fn begin(
        &self,
        user: &'static User,
        choices: Choices,
        stage: Stage,
        now: Timestamp,
        random: [u8; 32],
    ) -> String {
        let id = HEXLOWER.encode(&random);
        let session = Session { id: id.clone(), user, choices, stage, ends_at: now.plus(LIFETIME) };
        let mut sessions = self.locked();
        sessions.retain(|session| !now.is_expired(session.ends_at));
        if sessions.len() >= MOST {
            sessions.pop_front();
        }
        sessions.push_back(session);
        id
    }

    /// The session with this id, if it still lasts.
    pub(super) fn find(&self, id: &str, now: Timestamp) -> Option<Session> {
        let sessions = self.locked();
        sessions
            .iter()
            .find(|session| session.id == id && !now.is_expired(session.ends_at))
            .cloned()
    }

    /// Ends a session.
    pub(super) fn end(&self, id: &str) {
        self.locked().retain(|session| session.id != id);
    }

    /// No code can panic while it holds the lock with the list half changed.
    fn locked(&self) -> MutexGuard<'_, VecDeque<Session>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::super::users::ALL;
    use super::*;

    fn begin(sessions: &Sessions, now: Timestamp, number: usize) -> String {
        let mut random = [0; 32];
        random[..8].copy_from_slice(&number.to_be_bytes());
        sessions.begin(&ALL[0], Choices::default(), Stage::Pending(String::new()), now, random)
    }

    #[test]
    fn a_session_ends_by_time_and_by_hand() {
        let (sessions, now) = (Sessions::default(), Timestamp::from_millis(0));
        let (one, two) = (begin(&sessions, now, 1), begin(&sessions, now, 2));
        assert!(sessions.find(&one, now).is_some());
        sessions.end(&one);
        assert!(sessions.find(&one, now).is_none());
        assert!(sessions.find(&two, now).is_some());
        assert!(sessions.find(&two, now.plus(LIFETIME)).is_none());
    }

    #[test]
    fn sessions_are_bounded_and_the_oldest_goes() {
        let (sessions, now) = (Sessions::default(), Timestamp::from_millis(0));
        let ids: Vec<_> = (0..=MOST).map(|number| begin(&sessions, now, number)).collect();
        assert_eq!(sessions.locked().len(), MOST);
        assert!(sessions.find(&ids[0], now).is_none());
        assert!(sessions.find(&ids[MOST], now).is_some());
    }
}

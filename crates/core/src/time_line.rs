//! The time line of a login: what was offered, sent, judged, and why, put in order from what is stored of it.
//!
//! No entry holds a code, a token, a number or a name: whoever may read a time line may show it to anybody.

mod entry;
#[cfg(test)]
mod tests;

pub use entry::{Entry, What};

use crate::action::Status;
use crate::challenge::Verdict;
use crate::channel::Channel;
use crate::factor::webauthn::Ceremony;
use crate::ids::ChallengeId;
use crate::notice::Notice;
use crate::offer::{Offer, Remark};
use crate::time::Timestamp;
use crate::trust::{Decision, Reason};

/// All that is stored of a login, as far as its time line tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// Where it is.
    pub status: Status,
    /// When it started.
    pub started_at: Timestamp,
    /// The moment from which it is over.
    pub expires_at: Timestamp,
    /// When it passed or was cancelled.
    pub ended_at: Option<Timestamp>,
    /// What it could begin with.
    pub offer: Offer,
    /// What was decided about a trusted device; None where the app wants none.
    pub device: Option<Decision>,
    /// Uses of channels.
    pub challenges: Vec<Use>,
    /// Checks that were counted.
    pub attempts: Vec<Attempt>,
    /// Messages, in the order in which they were asked for.
    pub messages: Vec<Message>,
    /// Passkeys that were asked for or offered to be made.
    pub ceremonies: Vec<Asked>,
    /// The success token.
    pub token: Option<Token>,
}

/// A use of a channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Use {
    /// Its challenge.
    pub challenge_id: ChallengeId,
    /// Which channel.
    pub channel: Channel,
    /// When it was made or, for a factor, last chosen.
    pub created_at: Timestamp,
    /// The moment from which its code is over.
    pub expires_at: Timestamp,
    /// When it proved.
    pub consumed_at: Option<Timestamp>,
    /// No check was left.
    pub used_up: bool,
}

/// A check that was counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Attempt {
    /// At this challenge.
    pub challenge_id: ChallengeId,
    /// What was found.
    pub verdict: Verdict,
    /// When.
    pub at: Timestamp,
}

/// A message to the end user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// What is in it.
    pub content: Content,
    /// How it travels.
    pub channel: Channel,
    /// When it was asked for.
    pub queued_at: Timestamp,
    /// When a provider took it.
    pub sent_at: Option<Timestamp>,
    /// What became of it, and when that was known.
    pub settled: Option<(Fate, Timestamp)>,
}

/// What is in a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Content {
    /// The code of this challenge.
    Code(ChallengeId),
    /// That the ways into the account changed.
    Notice(Notice),
}

/// What became of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// The phone has it, or the call was answered.
    Delivered,
    /// It never arrives: why, in a word.
    Failed(String),
    /// Nobody knows whether it left: why, in a word.
    Unknown(String),
}

/// A passkey was asked for, or offered to be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asked {
    /// Which of the two.
    pub kind: Ceremony,
    /// When.
    pub at: Timestamp,
    /// When it was answered, or turned down.
    pub answered_at: Option<Timestamp>,
}

/// The success token of a login that passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// When it was made.
    pub issued_at: Timestamp,
    /// The moment from which it is over.
    pub expires_at: Timestamp,
    /// When the customer's backend redeemed it.
    pub redeemed_at: Option<Timestamp>,
}

impl Facts {
    /// The time line as it stands at `now`, in order.
    pub fn time_line(&self, now: Timestamp) -> Vec<Entry> {
        let mut entries = vec![Entry::new(self.started_at, What::Started)];
        entries
            .extend(self.offer.channels().map(|(channel, remark)| self.offered(channel, remark)));
        entries.extend(self.device.iter().flat_map(|decision| self.judged(decision)));
        self.challenges.iter().for_each(|used| self.tell_use(used, now, &mut entries));
        for (place, message) in self.messages.iter().enumerate() {
            let earlier = self.messages.iter().take(place);
            let again = earlier.into_iter().any(|one| one.content == message.content);
            tell_message(message, again, &mut entries);
        }
        for attempt in &self.attempts {
            let judged = Entry::new(attempt.at, What::Judged).why(attempt.verdict.as_str());
            entries.push(judged.by(self.channel_of(attempt.challenge_id)));
        }
        self.ceremonies.iter().for_each(|asked| tell_ceremony(asked, &mut entries));
        self.tell_end(now, &mut entries);
        // Of one moment, what has to come first does.
        entries.sort_by_key(|entry| (entry.at, entry.what));
        entries
    }

    fn offered(&self, channel: Channel, remark: Option<Remark>) -> Entry {
        let what = match remark {
            Some(Remark::LeftOut(_)) => What::LeftOut,
            _ => What::Offered,
        };
        let entry = Entry::new(self.started_at, what).by(Some(channel));
        match remark {
            Some(remark) => entry.why(remark.as_str()),
            None => entry,
        }
    }

    fn judged(&self, decision: &Decision) -> Vec<Entry> {
        let tell = |what| Entry::new(self.started_at, what);
        match decision {
            Decision::Trusted => vec![tell(What::DeviceStoodIn)],
            Decision::Ask(reasons) => {
                let refused = |reason: &Reason| tell(What::DeviceRefused).why(reason.as_str());
                reasons.iter().map(refused).collect()
            }
        }
    }

    fn channel_of(&self, challenge_id: ChallengeId) -> Option<Channel> {
        let used = self.challenges.iter().find(|used| used.challenge_id == challenge_id);
        used.map(|used| used.channel)
    }

    fn tell_use(&self, used: &Use, now: Timestamp, entries: &mut Vec<Entry>) {
        let channel = Some(used.channel);
        if !used.channel.is_phone() {
            entries.push(Entry::new(used.created_at, What::Chosen).by(channel));
        }
        let at = self.attempts.iter().filter(|one| one.challenge_id == used.challenge_id);
        match at.map(|attempt| attempt.at).max() {
            _ if used.consumed_at.is_some() => {}
            Some(last) if used.used_up => {
                entries.push(Entry::new(last, What::ChecksUsedUp).by(channel));
            }
            // A factor's challenge ends with the action, which is told once.
            _ if used.channel.is_phone() && used.expires_at < self.over_at(now) => {
                entries.push(Entry::new(used.expires_at, What::CodeExpired).by(channel));
            }
            _ => {}
        }
    }

    /// The end of the login, or of what of it is past.
    fn over_at(&self, now: Timestamp) -> Timestamp {
        self.ended_at.unwrap_or(self.expires_at).min(now)
    }

    fn tell_end(&self, now: Timestamp, entries: &mut Vec<Entry>) {
        let ended_at = self.ended_at.unwrap_or(self.expires_at);
        match self.status {
            Status::Passed => entries.push(Entry::new(ended_at, What::Passed)),
            Status::Cancelled => entries.push(Entry::new(ended_at, What::Cancelled)),
            Status::Open if now.is_expired(self.expires_at) => {
                entries.push(Entry::new(self.expires_at, What::Expired));
            }
            Status::Open => {}
        }
        let Some(token) = self.token else { return };
        entries.push(Entry::new(token.issued_at, What::TokenIssued));
        match token.redeemed_at {
            Some(at) => entries.push(Entry::new(at, What::TokenRedeemed)),
            None if now.is_expired(token.expires_at) => {
                entries.push(Entry::new(token.expires_at, What::TokenExpired));
            }
            None => {}
        }
    }
}

fn tell_message(message: &Message, again: bool, entries: &mut Vec<Entry>) {
    let tell = |at, what| Entry::new(at, what).by(Some(message.channel));
    let [queued, sent, delivered, failed, unknown] = match message.content {
        Content::Code(_) => What::OF_CODES,
        Content::Notice(_) => What::OF_NOTICES,
    };
    let queued = tell(message.queued_at, queued);
    entries.push(match message.content {
        Content::Code(_) if again => queued.why("same_code"),
        Content::Code(_) => queued,
        Content::Notice(notice) => queued.why(notice.as_str()),
    });
    entries.extend(message.sent_at.map(|at| tell(at, sent)));
    entries.extend(message.settled.as_ref().map(|(fate, at)| match fate {
        Fate::Delivered => tell(*at, delivered),
        Fate::Failed(why) => tell(*at, failed).why(why),
        Fate::Unknown(why) => tell(*at, unknown).why(why),
    }));
}

fn tell_ceremony(asked: &Asked, entries: &mut Vec<Entry>) {
    let (begun, answered) = match asked.kind {
        Ceremony::Get => (What::PasskeyAsked, What::PasskeyAnswered),
        Ceremony::Create => (What::PasskeyOffered, What::PasskeySettled),
    };
    let tell = |at, what| Entry::new(at, what).by(Some(Channel::Webauthn));
    entries.push(tell(asked.at, begun));
    entries.extend(asked.answered_at.map(|at| tell(at, answered)));
}

//! The checker: what clients were told, what phones and providers saw, and what the database holds must be one story
//! (security.md, 'Fault ledger'). It knows nothing of the fault that came before.

mod codes;
mod messages;
mod tables;
#[cfg(test)]
mod tests;

pub(crate) use messages::RECEIPT_REASON;

use std::collections::BTreeMap;

use crate::facts::Facts;
use crate::gateway::HandOver;
use crate::ledger::{Answer, Ask, Entry};

/// Checks allowed per challenge (L of security.md).
const CHECKS: usize = 5;
/// Messages allowed per action.
const SENDS: usize = 5;
/// Tries of a message that a provider certainly did not take.
const TRIES: usize = 5;

/// All that is known.
#[derive(Debug, Clone, Default)]
pub(crate) struct Evidence {
    pub(crate) entries: Vec<Entry>,
    pub(crate) facts: Facts,
    /// What the provider was handed, in its order.
    pub(crate) handed: Vec<HandOver>,
    /// Statuses that messages were seen in, in the order of looks.
    pub(crate) seen: Vec<(String, String)>,
}

/// Something that was asked, and what was told. An intent without a result is of a client that went away: nobody
/// can say what became of it.
struct Asked<'a> {
    ask: &'a Ask,
    answer: &'a Answer,
}

/// All that is wrong, one sentence each.
pub(crate) fn check(evidence: &Evidence) -> Vec<String> {
    let asked = asked(&evidence.entries);
    let mut wrong = odd_answers(&asked);
    wrong.extend(codes::check(&asked, &evidence.facts));
    wrong.extend(messages::check(&asked, evidence));
    wrong.extend(tables::check(&evidence.facts));
    wrong
}

fn asked(entries: &[Entry]) -> Vec<Asked<'_>> {
    let mut answers = BTreeMap::new();
    for entry in entries {
        if let Entry::Result(id, answer) = entry {
            answers.insert(id, answer);
        }
    }
    let pairs = entries.iter().filter_map(|entry| match entry {
        Entry::Intent(id, ask) => {
            Some(Asked { ask, answer: answers.get(id).copied().unwrap_or(&Answer::Unknown) })
        }
        Entry::Result(..) => None,
    });
    pairs.collect()
}

fn odd_answers(asked: &[Asked<'_>]) -> Vec<String> {
    let odd = asked.iter().filter(|asked| matches!(asked.answer, Answer::Odd(_)));
    odd.map(|asked| format!("{:?} was answered {:?}", asked.ask, asked.answer)).collect()
}

//! Messages: how many left, how often each, and which statuses they were seen in.

use std::collections::{BTreeMap, BTreeSet};

use super::{Asked, Evidence, SENDS, TRIES};
use crate::ledger::{Answer, Ask, Told};

pub(super) fn check(asked: &[Asked<'_>], evidence: &Evidence) -> Vec<String> {
    let mut wrong = acknowledged(asked, evidence);
    wrong.extend(left_once(evidence));
    wrong.extend(capped(evidence));
    wrong.extend(moved_forward(&evidence.seen));
    wrong.extend(receipts(asked, evidence));
    wrong
}

/// A message that was promised is there.
fn acknowledged(asked: &[Asked<'_>], evidence: &Evidence) -> Vec<String> {
    let promised = asked.iter().filter_map(|asked| match asked {
        Asked { ask: Ask::Send { action, sends }, answer: Answer::Ok(_) } => Some((action, *sends)),
        _ => None,
    });
    let lost = promised.filter(|(action, before)| {
        evidence.facts.actions.get(*action).is_none_or(|row| row.sends <= *before)
    });
    lost.map(|(action, before)| format!("{action}: its message {} is lost", before + 1)).collect()
}

/// A message is handed over again only after its provider certainly did not take it (row 34), and never before its
/// commit.
fn left_once(evidence: &Evidence) -> Vec<String> {
    let mut by_message: BTreeMap<&str, Vec<bool>> = BTreeMap::new();
    for handed in &evidence.handed {
        by_message.entry(&handed.message).or_default().push(handed.not_now);
    }
    let mut wrong = Vec::new();
    for (message, times) in &by_message {
        let before_last = &times[..times.len() - 1];
        if before_last.contains(&false) {
            wrong.push(format!("{message}: sent again although it may have been taken"));
        }
        if times.len() > TRIES {
            wrong.push(format!("{message}: tried {} times", times.len()));
        }
        if !evidence.facts.messages.contains_key(*message) {
            wrong.push(format!("{message}: left the building, and is in no outbox"));
        }
    }
    for (message, row) in &evidence.facts.messages {
        let taken = ["sent", "delivered"].contains(&row.status.as_str());
        if taken && !by_message.contains_key(message.as_str()) {
            wrong.push(format!("{message}: {}, and never handed over", row.status));
        }
    }
    wrong
}

/// The cap of an action holds at the provider, not only in the database.
fn capped(evidence: &Evidence) -> Vec<String> {
    let facts = &evidence.facts;
    let mut wrong = Vec::new();
    let mut queued: BTreeMap<&str, usize> = BTreeMap::new();
    for row in facts.messages.values() {
        *queued.entry(&row.action).or_default() += 1;
    }
    for (id, action) in &facts.actions {
        let queued = queued.get(id.as_str()).copied().unwrap_or_default();
        if queued != usize::try_from(action.sends).unwrap() {
            wrong.push(format!("{id}: {} sends, and {queued} messages", action.sends));
        }
    }
    let mut handed: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for one in &evidence.handed {
        if let Some(row) = facts.messages.get(&one.message) {
            handed.entry(&row.action).or_default().insert(&one.message);
        }
    }
    let many = handed.iter().filter(|(_, messages)| messages.len() > SENDS);
    wrong.extend(many.map(|(id, messages)| format!("{id}: {} messages left", messages.len())));
    wrong
}

/// The statuses that may come after one, sooner or later. What is final stays.
fn may_follow(status: &str) -> &'static [&'static str] {
    match status {
        "pending" | "sending" => &["pending", "sending", "sent", "delivered", "failed", "unknown"],
        "sent" | "unknown" => &["delivered", "failed"],
        _ => &[],
    }
}

fn moved_forward(seen: &[(String, String)]) -> Vec<String> {
    let mut now: BTreeMap<&str, &str> = BTreeMap::new();
    let mut wrong = Vec::new();
    for (message, status) in seen {
        if let Some(before) = now.insert(message, status)
            && before != status
            && !may_follow(before).contains(&status.as_str())
        {
            wrong.push(format!("{message}: {status} after {before}"));
        }
    }
    wrong
}

/// Only what the provider has signed counts (row 36), and that does.
fn receipts(asked: &[Asked<'_>], evidence: &Evidence) -> Vec<String> {
    let mut wrong = Vec::new();
    let (mut delivered, mut failed) = (BTreeSet::new(), BTreeSet::new());
    for asked in asked {
        let Ask::Receipt { message, genuine, delivered: good } = asked.ask else { continue };
        let noted = *asked.answer == Answer::Ok(Told::Noted);
        let row = evidence.facts.messages.get(message);
        if !genuine && noted {
            wrong.push(format!("{message}: a forged receipt was taken"));
        }
        if *genuine && *good && noted && !row.is_some_and(|row| is_final(&row.status)) {
            wrong.push(format!("{message}: a receipt was acknowledged, and is lost"));
        }
        if *genuine {
            let told = if *good { &mut delivered } else { &mut failed };
            told.insert(message);
        }
    }
    for (message, row) in &evidence.facts.messages {
        if row.status == "delivered" && !delivered.contains(message) {
            wrong.push(format!("{message}: delivered, and no provider said so"));
        }
        if row.reason == RECEIPT_REASON && !failed.contains(message) {
            wrong.push(format!("{message}: failed by a receipt that no provider signed"));
        }
    }
    wrong
}

/// The reason in the receipts of these tests, genuine or not.
pub(crate) const RECEIPT_REASON: &str = "phone_is_off";

fn is_final(status: &str) -> bool {
    ["delivered", "failed"].contains(&status)
}

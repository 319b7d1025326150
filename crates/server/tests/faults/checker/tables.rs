//! The database by itself: whole, and each commit in it whole, whoever was told what.

use std::collections::BTreeMap;

use super::CHECKS;
use crate::facts::Facts;

#[derive(Default)]
struct Attempts {
    right: usize,
    wrong: usize,
}

pub(super) fn check(facts: &Facts) -> Vec<String> {
    let mut wrong: Vec<String> =
        facts.damage.iter().map(|damage| format!("the database is damaged: {damage}")).collect();
    let mut by_challenge: BTreeMap<&str, Attempts> = BTreeMap::new();
    let mut by_action: BTreeMap<&str, Attempts> = BTreeMap::new();
    for (challenge, verdict) in &facts.attempts {
        let action = facts.challenges.get(challenge).map(|row| row.action.as_str());
        for attempts in [
            by_challenge.entry(challenge).or_default(),
            by_action.entry(action.unwrap_or_default()).or_default(),
        ] {
            match verdict.as_str() {
                "right" => attempts.right += 1,
                _ => attempts.wrong += 1,
            }
        }
    }
    for (id, challenge) in &facts.challenges {
        let none = Attempts::default();
        let Attempts { right, wrong: not } = by_challenge.get(id.as_str()).unwrap_or(&none);
        if right + not != usize::try_from(challenge.attempts).unwrap() || right + not > CHECKS {
            wrong.push(format!("{id}: {right} + {not} checks, counted {}", challenge.attempts));
        }
        if *right != usize::from(challenge.consumed) {
            wrong.push(format!("{id}: consumed is {}, with {right} right", challenge.consumed));
        }
    }
    let mut tokens: BTreeMap<&str, usize> = BTreeMap::new();
    for token in &facts.tokens {
        *tokens.entry(&token.action).or_default() += 1;
    }
    for (id, action) in &facts.actions {
        let none = Attempts::default();
        let Attempts { right, wrong: not } = by_action.get(id.as_str()).unwrap_or(&none);
        let passed = usize::from(action.status == "passed");
        let tokens = tokens.get(id.as_str()).copied().unwrap_or_default();
        if *right != passed || tokens != passed {
            wrong.push(format!("{id}: {}, {right} right, {tokens} tokens", action.status));
        }
        // Success brings them back to none.
        let failures = facts.failures.get(&action.end_user).copied().unwrap_or_default();
        let expected = if passed == 1 { 0 } else { *not };
        if usize::try_from(failures).unwrap() != expected {
            wrong.push(format!("{id}: {expected} failures in a row, counted {failures}"));
        }
    }
    wrong
}

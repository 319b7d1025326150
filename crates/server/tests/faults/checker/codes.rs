//! Codes and success tokens: what was acknowledged, and how often.

use std::collections::{BTreeMap, BTreeSet};

use super::{Asked, CHECKS};
use crate::facts::{Facts, Token};
use crate::ledger::{Answer, Ask, Told};

pub(super) fn check(asked: &[Asked<'_>], facts: &Facts) -> Vec<String> {
    let tokens: BTreeMap<_, _> = facts.tokens.iter().map(|token| (&token.hash, token)).collect();
    let mut wrong = Vec::new();
    for asked in asked {
        wrong.extend(acknowledged_check(asked, facts, &tokens));
    }
    wrong.extend(one_success_per_code(asked));
    wrong.extend(counted(asked, facts));
    wrong.extend(redemptions(asked, &tokens));
    wrong
}

/// A verdict that was told is in the database, and is the right one.
fn acknowledged_check(
    asked: &Asked<'_>,
    facts: &Facts,
    tokens: &BTreeMap<&String, &Token>,
) -> Vec<String> {
    let Asked { ask: Ask::Check { action, challenge, right, .. }, answer: Answer::Ok(told) } =
        asked
    else {
        return Vec::new();
    };
    let mut wrong = Vec::new();
    let mut must = |holds: bool, what: &str| {
        if !holds {
            wrong.push(format!("{action}, {challenge}: {what}"));
        }
    };
    match told {
        Told::Passed(token) => {
            let row = tokens.get(token);
            must(*right, "a wrong code passed");
            must(row.is_some(), "acknowledged as passed, and its success token is lost");
            must(row.is_none_or(|row| row.action == *action), "another action's success token");
            let passed = facts.actions.get(action).is_some_and(|row| row.status == "passed");
            must(passed, "acknowledged as passed, and the action is not");
            let used = facts.challenges.get(challenge).is_some_and(|row| row.consumed);
            must(used, "acknowledged as passed, and the code is still good");
        }
        Told::Wrong => must(!right, "the right code was called wrong"),
        Told::TriesUsedUp => {
            let row = facts.challenges.get(challenge);
            let all = row.is_some_and(|row| row.attempts == row.max_attempts);
            must(all, "all tries were told to be used, and are not");
        }
        _ => must(false, "no answer to a check"),
    }
    wrong
}

/// Of all forms with a code, one passes, however often it is sent; and of all success tokens of an action, one is
/// told.
fn one_success_per_code(asked: &[Asked<'_>]) -> Vec<String> {
    let mut forms: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let mut tokens: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for asked in asked {
        if let Asked {
            ask: Ask::Check { action, form, .. },
            answer: Answer::Ok(Told::Passed(token)),
        } = asked
        {
            forms.entry(action).or_default().insert(form);
            tokens.entry(action).or_default().insert(token);
        }
    }
    let twice = forms.iter().filter(|(_, forms)| forms.len() > 1);
    let twice = twice.map(|(action, _)| format!("{action}: its code passed in two forms"));
    let two = tokens.iter().filter(|(_, tokens)| tokens.len() > 1);
    let two = two.map(|(action, _)| format!("{action}: two success tokens"));
    twice.chain(two).collect()
}

/// What was told as judged was counted, and no more than L were.
fn counted(asked: &[Asked<'_>], facts: &Facts) -> Vec<String> {
    let mut judged: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for asked in asked {
        if let Asked {
            ask: Ask::Check { challenge, form, .. },
            answer: Answer::Ok(Told::Wrong | Told::Passed(_)),
        } = asked
        {
            judged.entry(challenge).or_default().insert(form);
        }
    }
    let mut wrong = Vec::new();
    for (challenge, forms) in judged {
        let counted = facts.challenges.get(challenge).map_or(0, |row| row.attempts);
        if forms.len() > usize::try_from(counted).unwrap() {
            wrong.push(format!(
                "{challenge}: {} forms were told a verdict, {counted} counted",
                forms.len()
            ));
        }
        if forms.len() > CHECKS {
            wrong.push(format!("{challenge}: {} forms were judged", forms.len()));
        }
    }
    wrong
}

/// A token is redeemed once, that stays so, and one that was acknowledged is not lost.
fn redemptions(asked: &[Asked<'_>], tokens: &BTreeMap<&String, &Token>) -> Vec<String> {
    #[derive(Default)]
    struct Calls {
        redeemed: u32,
        unknown: u32,
        not_found: u32,
    }
    let mut by_token: BTreeMap<&String, Calls> = BTreeMap::new();
    for asked in asked {
        let Ask::Redeem { token, .. } = asked.ask else { continue };
        let calls = by_token.entry(token).or_default();
        match asked.answer {
            Answer::Ok(_) => calls.redeemed += 1,
            Answer::Unknown => calls.unknown += 1,
            Answer::Refused(why) if why == "not_found" => calls.not_found += 1,
            Answer::Refused(_) | Answer::Odd(_) => {}
        }
    }
    let mut wrong = Vec::new();
    for (token, calls) in by_token {
        let consumed = tokens.get(token).is_some_and(|row| row.consumed);
        if calls.redeemed > 1 {
            wrong.push(format!("success token {token}: redeemed {} times", calls.redeemed));
        }
        if calls.redeemed > 0 && !consumed {
            wrong.push(format!("success token {token}: redeemed, and not consumed"));
        }
        if calls.not_found > 0 && calls.redeemed + calls.unknown == 0 {
            wrong.push(format!("success token {token}: refused, and nobody redeemed it"));
        }
        if consumed && calls.redeemed + calls.unknown == 0 {
            wrong.push(format!("success token {token}: consumed by a call that was refused"));
        }
    }
    wrong
}

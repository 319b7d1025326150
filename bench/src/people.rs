//! End users who log in: each with a name, a phone and an address of their own.

use std::cell::Cell;
use std::net::Ipv4Addr;

/// Area codes of the United States. All numbers below belong to one country, which lets no limit per country
/// look better than it is.
const AREAS: [u64; 8] = [202, 212, 213, 312, 415, 617, 702, 808];
/// Lines in one exchange.
const LINES: u64 = 10_000;
/// Exchanges from 200 to 999 but for the eight service codes and one more.
const EXCHANGES: u64 = 800 - 8 - 1;
/// 198.18.0.0/15, which RFC 2544 keeps for measurements.
const ADDRESSES: u32 = 1 << 17;

/// Somebody who logs in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Person(pub(crate) u64);

impl Person {
    /// `end_user_uuid`, of equal length for everybody.
    pub(crate) fn name(self) -> String {
        format!("user-{:010}", self.0)
    }

    /// Whose name that is.
    pub(crate) fn of_name(name: &str) -> Option<Self> {
        Some(Self(name.strip_prefix("user-")?.parse().ok()?))
    }

    /// The phone number, E.164, which nobody else has.
    pub(crate) fn phone(self) -> String {
        let (area, rest) = (AREAS[(self.0 % 8) as usize], self.0 / 8);
        let (exchange, line) = (exchange(rest / LINES), rest % LINES);
        format!("+1{area}{exchange}{line:04}")
    }

    /// Where the browser is. Enough of them that the limit of starts per address lets everybody through.
    pub(crate) fn address(self) -> Ipv4Addr {
        let host = u32::try_from(self.0 % u64::from(ADDRESSES)).unwrap_or(0);
        Ipv4Addr::from_bits(Ipv4Addr::new(198, 18, 0, 0).to_bits() + host)
    }
}

/// The n-th exchange that the numbering plan allows: no service codes (N11), and not 555, which holds the
/// sandbox's test numbers.
fn exchange(n: u64) -> u64 {
    let allowed = |code: &u64| code % 100 != 11 && *code != 555;
    let among = usize::try_from(n % EXCHANGES).unwrap_or(0);
    (200..1000).filter(allowed).nth(among).unwrap_or(200)
}

/// Hands out people, each once.
#[derive(Debug)]
pub(crate) struct People {
    next: Cell<u64>,
}

impl People {
    /// Others than those of another process: in a folder that is used again, their old messages are still in the
    /// inbox.
    pub(crate) fn of_this_run() -> Self {
        Self { next: Cell::new(u64::from(std::process::id() % 4096) * 2_000_000) }
    }

    /// Somebody new.
    pub(crate) fn next(&self) -> Person {
        let person = Person(self.next.get());
        self.next.set(person.0 + 1);
        person
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn phones_differ_and_are_numbers_of_the_plan() {
        let people = People::of_this_run();
        let phones: BTreeSet<String> = (0..300_000).map(|_| people.next().phone()).collect();
        assert_eq!(phones.len(), 300_000);
        for phone in phones {
            assert_eq!(phone.len(), 12);
            let exchange = &phone[5..8];
            assert!(exchange != "555" && !exchange.ends_with("11") && exchange >= "200", "{phone}");
        }
    }

    #[test]
    fn names_lead_back_to_their_person() {
        let person = Person(123);
        assert_eq!(person.name(), "user-0000000123");
        assert_eq!(Person::of_name(&person.name()), Some(person));
        assert_eq!(Person::of_name("somebody"), None);
        assert_eq!(Person(131_071).address(), Ipv4Addr::new(198, 19, 255, 255));
    }
}

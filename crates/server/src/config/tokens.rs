//! `[tokens]`: how long access tokens, links, actions and success tokens live.

use std::time::Duration;

use onlyauth_core::time::Timestamp;

use super::duration::{minutes, seconds};
use super::section::section;

section! {
    /// How long access tokens, links, actions and success tokens live.
    Tokens = "tokens";

    /// How long after it was made an access token may start an action.
    start_within: Duration = minutes(5), within seconds(10)..=minutes(60),
        unit "duration",
        why "Time to load a login page, not to pass a link around.";

    /// How long after it was made a link to the page where end users look after their factors may be opened.
    factor_link_lifetime: Duration = minutes(15), within minutes(1)..=minutes(1440),
        unit "duration",
        why "Time to send somebody a link while they are on the phone. It proves nothing by itself and opens once, but who finds an old one should find it over.";

    /// How long a started action lives.
    action_lifetime: Duration = minutes(15), within minutes(1)..=minutes(120),
        unit "duration",
        why "Room for all resends and a slow phone network.";

    /// How often an end user who needs more time may get as much again.
    action_extensions: u32 = 10, within 0..=20,
        unit "times",
        why "WCAG 2.2 (2.2.1) asks for at least ten; messages and tries stay limited all the same.";

    /// How long a success token can be validated.
    success_token_lifetime: Duration = seconds(60), within seconds(1)..=seconds(600),
        unit "duration",
        why "It only has to travel through one redirect; the shorter, the less a leaked one is worth.";
}

impl Tokens {
    /// No access token is older of which anything can be under way at `now`.
    pub fn under_way_since(&self, now: Timestamp) -> Timestamp {
        now.minus(self.longest_life())
    }

    /// How long after its id was made an action may start: by a link that is opened at its last moment, with the token for
    /// its pages, which names the same action, at its own. Logins begin without a link, and that much earlier.
    pub fn begins_within(&self) -> Duration {
        self.factor_link_lifetime + self.start_within
    }

    /// How long an access token and what comes of it can live: its start at the last moment, an action that is extended as
    /// often as it may be, and a success token that is redeemed at the last moment.
    pub fn longest_life(&self) -> Duration {
        let lives = self.action_extensions.saturating_add(1);
        self.begins_within()
            + self.action_lifetime.saturating_mul(lives)
            + self.success_token_lifetime
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_life_is_that_of_a_link_which_everybody_uses_at_the_last_moment() {
        let tokens = Tokens {
            factor_link_lifetime: minutes(24 * 60),
            start_within: minutes(60),
            action_lifetime: minutes(15),
            action_extensions: 3,
            success_token_lifetime: minutes(10),
        };
        assert_eq!(tokens.longest_life(), minutes(24 * 60 + 60 + 4 * 15 + 10));
        let now = Timestamp::from_millis(1_767_268_800_000);
        assert_eq!(tokens.under_way_since(now), now.minus(tokens.longest_life()));
    }
}

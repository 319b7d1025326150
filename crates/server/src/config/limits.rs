//! `[limits]`: how much may be sent and started.

use super::section::{Section, section};
use super::source::Values;

section! {
    /// How much may be sent and started. A limit lets its whole number through at once and then refills evenly
    /// over the hour. Sandbox messages are not counted against phones.
    Limits = "limits";

    /// Messages that one client may send to one phone.
    sends_per_client_and_phone_per_hour: u32 = 5, within 1..=1_000_000,
        unit "messages per hour",
        why "One action's worth: enough for a person, too few to be a nuisance.";

    /// Messages to one phone over all clients.
    sends_per_phone_per_hour: u32 = 20, within 1..=1_000_000,
        unit "messages per hour",
        why "Looser than the limit per client, so that one client can't use up another's.";

    /// Notices of changes to an end user's ways in that one client may send to one phone; what is beyond them is written into the
    /// audit only.
    notices_per_client_and_phone_per_hour: u32 = 5, within 1..=1_000_000,
        unit "messages per hour",
        why "Apart from codes, so that neither uses up the other; enough for who sets up everything at once, too few to be paid for.";

    /// Actions that one IP address (IPv6: one /64) may start, per app.
    starts_per_ip_per_hour: u32 = 60, within 1..=1_000_000,
        unit "actions per hour",
        why "An office behind one address logs in; a script that walks through numbers is stopped.";

    /// Messages that one app may send.
    sends_per_app_per_hour: u32 = 1_000, within 1..=1_000_000_000,
        unit "messages per hour",
        why "Bounds the bill of an app under attack.";

    /// Messages that one app may send to one country.
    sends_per_app_and_country_per_hour: u32 = 1_000, within 1..=1_000_000_000,
        unit "messages per hour",
        why "Traffic pumping goes to few countries: lower it for an app whose users live elsewhere.";
}

impl Limits {
    pub(super) fn check(&self, values: &mut Values) {
        if self.sends_per_phone_per_hour <= self.sends_per_client_and_phone_per_hour {
            let message = format!(
                "one client alone ({}) can use up what a phone may receive from all ({})",
                self.sends_per_client_and_phone_per_hour, self.sends_per_phone_per_hour
            );
            values.warn_key(Self::NAME, "sends_per_phone_per_hour", message);
        }
    }
}

//! `[retention]`: how long things are kept once they are over.

use std::time::Duration;

use super::duration::{days, minutes};
use super::section::section;

section! {
    /// How long things are kept once they are over. Failures in a row, locks, and the phone with which an end user last
    /// passed are no history and stay.
    Retention = "retention";

    /// Actions, finished or not, from when they were over, with their challenges, attempts and messages. After that they
    /// are only counted by the hour. Success tokens go an hour after their time, or with this if it is shorter.
    actions: Duration = days(30), within minutes(15)..=days(3650),
        unit "duration",
        why "Long enough to look into a complaint, no longer than that; under 15 minutes receipts and success tokens are still to come.";

    /// Messages in the sandbox's inbox, from when they arrived.
    sandbox_messages: Duration = days(30), within minutes(15)..=days(3650),
        unit "duration",
        why "The same as for other messages; lower it where tests send many.";

    /// The audit: what was done to end users' ways in, and by whom. It holds nothing personal.
    audit: Duration = days(365), within days(1)..=days(3650),
        unit "duration",
        why "A year, as auditors ask for; what is older answers no complaint any more.";

    /// How many logins and messages there were in an hour and what became of them: numbers only, nobody's name.
    hours: Duration = days(400), within days(1)..=days(3650),
        unit "duration",
        why "A year and a month, so that a chart can compare with last year.";
}

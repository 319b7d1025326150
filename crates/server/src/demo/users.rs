//! The people who have an account at the shop. Their phones are numbers that no real phone can have.

use onlyauth_core::sandbox::{FAILING_NUMBER, FIXED_CODE_NUMBER, SILENT_NUMBER};

/// The password of all of them: it stands on the login page.
pub(super) const PASSWORD: &str = "green-tea";

/// An account at the shop.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct User {
    /// What is typed.
    pub(super) login: &'static str,
    /// What the shop calls them.
    pub(super) name: &'static str,
    /// The shop's name for them towards the server: never changes, tells nothing.
    pub(super) uuid: &'static str,
    /// E.164.
    pub(super) phone: &'static str,
    /// What is special about their phone.
    pub(super) about: &'static str,
}

/// All of them; the first is the one that the login page begins with.
pub(super) static ALL: [User; 4] = [
    User {
        login: "ada",
        name: "Ada",
        uuid: "shop-user-1",
        phone: "+12025550101",
        about: "gets a code",
    },
    User {
        login: "fred",
        name: "Fred",
        uuid: "shop-user-2",
        phone: FIXED_CODE_NUMBER,
        about: "always gets 424242",
    },
    User {
        login: "fay",
        name: "Fay",
        uuid: "shop-user-3",
        phone: FAILING_NUMBER,
        about: "delivery fails",
    },
    User {
        login: "sid",
        name: "Sid",
        uuid: "shop-user-4",
        phone: SILENT_NUMBER,
        about: "nothing arrives",
    },
];

/// The account with this name.
pub(super) fn find(user_name: &str) -> Option<&'static User> {
    ALL.iter().find(|user| user.login.eq_ignore_ascii_case(user_name.trim()))
}

/// The account, if name and password belong together.
pub(super) fn log_in(user_name: &str, password: &str) -> Option<&'static User> {
    find(user_name).filter(|_| password == PASSWORD)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_password_counts() {
        assert_eq!(log_in(" Ada", PASSWORD).map(|user| user.uuid), Some("shop-user-1"));
        assert_eq!(log_in("ada", "wrong"), None);
        assert_eq!(log_in("nobody", PASSWORD), None);
    }
}

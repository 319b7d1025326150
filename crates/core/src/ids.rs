//! Identifiers: a prefix that says what is named, and a UUIDv7 (RFC 9562), so that new rows go to the
//! end of an index.

use std::fmt;
use std::ops::Deref;
use std::str::FromStr;

use uuid::Uuid;

use crate::audit::Deed;
use crate::channel::Channel;
use crate::notice::Notice;
use crate::time::Timestamp;

/// Random bits that an identifier needs; the caller brings them.
pub type IdRandom = [u8; 10];

/// Random bits with which identifiers of one moment sort by `number`, which begins anew after 2^26: a counter in their leading
/// bits (RFC 9562 section 6.2, method 1). Many rows that are made at once so go to the end of an index as well.
pub fn counted(number: u32, random: IdRandom) -> IdRandom {
    let byte = |shift: u32| (number >> shift).to_be_bytes()[3];
    let mut bits = random;
    // The version takes half of the first byte's place, and the variant two bits of the third's.
    bits[..4].copy_from_slice(&[byte(22) & 0x0f, byte(14), byte(8) & 0x3f, byte(0)]);
    bits
}

/// The text is not an identifier of the wanted kind in its one canonical form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("expected {prefix}-<uuid>, in lower case")]
pub struct IdError {
    /// The prefix that was expected.
    pub prefix: &'static str,
}

/// What an identifier's text is long, in bytes: prefix, hyphen, UUID.
const TEXT: usize = 4 + 1 + 36;

/// The text of an identifier, made without an allocation: every statement and every token has some.
#[derive(Clone, Copy)]
pub struct IdText([u8; TEXT]);

impl IdText {
    fn new(prefix: &str, uuid: Uuid) -> Self {
        let mut text = [b'-'; TEXT];
        let (before, after) = text.split_at_mut(5);
        before[..4].copy_from_slice(prefix.as_bytes());
        uuid.hyphenated().encode_lower(after);
        Self(text)
    }
}

impl Deref for IdText {
    type Target = str;

    fn deref(&self) -> &str {
        // ASCII by construction.
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident, $prefix:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Uuid);

        impl $name {
            /// What the text form begins with.
            pub const PREFIX: &'static str = $prefix;

            /// A new identifier, ordered by `now`.
            pub fn new(now: Timestamp, random: IdRandom) -> Self {
                let millis = u64::try_from(now.as_millis()).unwrap_or(0);
                Self(uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid())
            }

            /// The canonical text, as Display writes it.
            pub fn text(&self) -> IdText {
                IdText::new($prefix, self.0)
            }

            /// The least identifier of `moment`: those of earlier moments sort before it, and no other does.
            pub fn first_at(moment: Timestamp) -> Self {
                Self::new(moment, IdRandom::default())
            }

            /// The bare UUID.
            pub fn uuid(&self) -> Uuid {
                self.0
            }

            /// An identifier of this kind around an existing UUID.
            pub fn from_uuid(uuid: Uuid) -> Self {
                Self(uuid)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.text())
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }

        impl FromStr for $name {
            type Err = IdError;

            /// Accepts the canonical form only: one spelling, one row, one limiter key.
            fn from_str(text: &str) -> Result<Self, IdError> {
                let error = IdError { prefix: $prefix };
                let rest = text.strip_prefix(concat!($prefix, "-")).ok_or(error)?;
                let uuid = Uuid::try_parse(rest).map_err(|_| error)?;
                let canonical = uuid.hyphenated().encode_lower(&mut Uuid::encode_buffer()) == rest;
                canonical.then_some(Self(uuid)).ok_or(error)
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
                s.serialize_str(&self.text())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                let text = <std::borrow::Cow<'de, str>>::deserialize(d)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    };
}

id!(
    /// A customer account.
    ClientId,
    "CLNT"
);
id!(
    /// A container of settings for one site.
    AppId,
    "APPX"
);
id!(
    /// One login, from access token to success token.
    ActionId,
    "ACTN"
);
id!(
    /// One use of one channel inside an action.
    ChallengeId,
    "CHLG"
);
id!(
    /// One message on its way to an end user.
    MessageId,
    "MESG"
);
id!(
    /// One API secret of a client; names it without revealing it.
    SecretId,
    "SCRT"
);
id!(
    /// An end user, under a name of ours: no URL holds the customer's own.
    UserId,
    "USER"
);
id!(
    /// Something that an end user enrolled.
    FactorId,
    "FCTR"
);
id!(
    /// One entry of the audit.
    AuditId,
    "AUDT"
);
id!(
    /// A browser that an end user trusts.
    DeviceId,
    "DEVC"
);
id!(
    /// One key of the ring.
    KeyId,
    "RKEY"
);

impl ChallengeId {
    /// The challenge at which an action's checks of a factor are counted: the same each time it is asked for, so that
    /// choosing the factor anew gives no further tries. It is a UUIDv8 (RFC 9562 section 5.8) with the action's time.
    pub fn of_action(action: ActionId, channel: Channel) -> Self {
        Self(named(action, channel.as_str()))
    }
}

impl AuditId {
    /// The entry of this deed in an action: the same each time, so that it is made once.
    pub fn of_action(action: ActionId, deed: Deed) -> Self {
        Self(named(action, deed.as_str()))
    }
}

impl MessageId {
    /// The message that tells of this in an action: the same each time, so that it is told once.
    pub fn of_notice(action: ActionId, notice: Notice) -> Self {
        Self(named(action, notice.as_str()))
    }
}

/// A UUIDv8 with the action's time, of an action and a word.
fn named(action: ActionId, word: &str) -> Uuid {
    let mut named = action.uuid().as_bytes().to_vec();
    named.extend_from_slice(word.as_bytes());
    let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, &named);
    let mut bytes = *action.uuid().as_bytes();
    // The first six are the time.
    bytes[6..].copy_from_slice(&digest.as_ref()[..10]);
    uuid::Builder::from_custom_bytes(bytes).into_uuid()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_canonical_form_parses() {
        let good = "CLNT-01920000-0000-7000-8000-000000000001";
        assert_eq!(good.parse::<ClientId>().unwrap().to_string(), good);
        for bad in [
            "",
            "CLNT-",
            "clnt-01920000-0000-7000-8000-000000000001",
            "APPX-01920000-0000-7000-8000-000000000001",
            "CLNT-01920000000070008000000000000001",
            "CLNT-01920000-0000-7000-8000-00000000000A",
            "CLNT-{01920000-0000-7000-8000-000000000001}",
            " CLNT-01920000-0000-7000-8000-000000000001",
            "CLNT-01920000-0000-7000-8000-000000000001\n",
        ] {
            assert!(bad.parse::<ClientId>().is_err(), "{bad:?}");
        }
    }

    #[test]
    fn a_factors_challenge_is_the_same_each_time_and_of_its_action_and_channel() {
        let action = |mark| ActionId::new(Timestamp::from_millis(1_000), [mark; 10]);
        let id = ChallengeId::of_action(action(1), Channel::Totp);
        assert_eq!(id, ChallengeId::of_action(action(1), Channel::Totp));
        assert_ne!(id, ChallengeId::of_action(action(1), Channel::Webauthn));
        assert_ne!(id, ChallengeId::of_action(action(2), Channel::Totp));
        assert_eq!(id.to_string().parse(), Ok(id));
    }

    #[test]
    fn ids_sort_by_time() {
        let early = ActionId::new(Timestamp::from_millis(1_000), [0xff; 10]);
        let late = ActionId::new(Timestamp::from_millis(1_001), [0; 10]);
        assert!(early < late && early.to_string() < late.to_string());
        assert_eq!(early.uuid().get_version_num(), 7);
    }

    #[test]
    fn counted_ids_of_a_moment_sort_by_their_numbers() {
        let moment = Timestamp::from_millis(1_767_268_800_000);
        let id = |number, random| ActionId::new(moment, counted(number, [random; 10])).to_string();
        let numbers = [0, 1, 255, 256, 257, 16_383, 16_384, 4_194_303, 4_194_304, (1 << 26) - 1];
        for pair in numbers.windows(2) {
            assert!(id(pair[0], 0xff) < id(pair[1], 0), "{pair:?}");
        }
        assert_eq!(id(1 << 26, 7), id(0, 7));
        assert_ne!(id(1, 7), id(1, 8));
        let after = Timestamp::from_millis(moment.as_millis() + 1);
        assert!(id(numbers[9], 0xff) < ActionId::first_at(after).to_string());
    }

    #[test]
    fn a_moment_begins_with_its_least_id() {
        let moment = Timestamp::from_millis(1_767_268_800_000);
        let first = ActionId::first_at(moment).to_string();
        let before = Timestamp::from_millis(moment.as_millis() - 1);
        for random in [[0; 10], [0xff; 10], [0x0f; 10], [0x80; 10]] {
            assert!(ActionId::new(before, random).to_string() < first, "{random:?}");
            assert!(ActionId::new(moment, random).to_string() >= first, "{random:?}");
        }
    }
}

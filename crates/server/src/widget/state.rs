//! The states of the widget: a closed list, so that every one has a sample in the catalogue and a picture in the
//! tests.

macro_rules! states {
    ($($(#[doc = $doc:literal])+ $state:ident $name:literal,)+) => {
        /// What a page of the widget shows.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(super) enum State {
            $($(#[doc = $doc])+ $state,)+
        }

        impl State {
            /// Every state there is.
            pub(super) const ALL: &[Self] = &[$(Self::$state),+];

            /// The name in `data-state`, in events and in the catalogue.
            pub(super) const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$state => $name,)+
                }
            }
        }
    };
}

states! {
    /// A trusted device stands in, once this is confirmed: by itself, where there is a script.
    TrustedDevice "trusted_device",
    /// Nothing sent yet, or another way is looked for.
    Choose "choose",
    /// The first of two proofs was given: the second is looked for.
    SecondStep "second_step",
    /// A message is about to leave; its code may be typed.
    Sending "sending",
    /// A provider took the message.
    CodeSent "code_sent",
    /// The end user is being called.
    VoiceRinging "voice_ringing",
    /// The message did not arrive, and will not.
    DeliveryFailed "delivery_failed",
    /// Another code was typed.
    WrongCode "wrong_code",
    /// What was typed has not the shape of a code.
    MalformedCode "malformed_code",
    /// A code of an authenticator app may be typed.
    Totp "totp",
    /// Another code than the app's was typed.
    TotpWrong "totp_wrong",
    /// What was typed has not the shape of an authenticator app's code.
    TotpMalformed "totp_malformed",
    /// The app's code passed before.
    TotpUsed "totp_used",
    /// The app's code is of a moment that is far from now.
    TotpClockOff "totp_clock_off",
    /// A backup code may be typed.
    BackupCode "backup_code",
    /// Another code than those handed out was typed.
    BackupCodeWrong "backup_code_wrong",
    /// What was typed has not the shape of a backup code.
    BackupCodeMalformed "backup_code_malformed",
    /// The backup code passed before.
    BackupCodeUsed "backup_code_used",
    /// It is too early for another message.
    ResendWait "resend_wait",
    /// A code may be typed, and no further one can be had.
    ResendsUsedUp "resends_used_up",
    /// The code is past its time.
    CodeExpired "code_expired",
    /// The code had all its checks.
    TriesUsedUp "tries_used_up",
    /// A passkey is asked for.
    Passkey "passkey",
    /// The answer for a passkey proves nothing.
    PasskeyWrong "passkey_wrong",
    /// The passkey's counter went back: there may be a copy of it.
    PasskeyCopied "passkey_copied",
    /// The browser can't use passkeys.
    PasskeyNone "passkey_none",
    /// The end user changed their mind, or has no passkey here.
    PasskeyCancelled "passkey_cancelled",
    /// The page around lets no passkeys be used in the frame.
    PasskeyBlocked "passkey_blocked",
    /// A passkey can be made.
    PasskeyCreate "passkey_create",
    /// There is nothing to prove by yet: something is to be set up.
    SetUp "set_up",
    /// A passkey is to be made as the one proof of a login.
    PasskeyFirst "passkey_first",
    /// A passkey is to be made as the second of two proofs.
    PasskeySecond "passkey_second",
    /// The authenticator has one already.
    PasskeyKnown "passkey_known",
    /// What was made is no passkey.
    PasskeyNotCreated "passkey_not_created",
    /// A passkey was made: home.
    PasskeyCreated "passkey_created",
    /// An authenticator app is set up.
    TotpSetup "totp_setup",
    /// Another code than the app's was typed, or none.
    TotpSetupWrong "totp_setup_wrong",
    /// An authenticator app was set up.
    TotpEnrolled "totp_enrolled",
    /// Backup codes, once.
    BackupCodes "backup_codes",
    /// Proven by a backup code, and few are left.
    BackupCodesFew "backup_codes_few",
    /// Where a one-time link leads, before it is opened.
    FactorLink "factor_link",
    /// A one-time link that was opened before.
    FactorLinkUsed "factor_link_used",
    /// All that the end user has.
    Factors "factors",
    /// One factor, which can be named and removed.
    Factor "factor",
    /// One factor, without which the end user could not log in.
    FactorLast "factor_last",
    /// What was typed is no name.
    FactorNameWrong "factor_name_wrong",
    /// A device that the end user trusts.
    Device "device",
    /// The small window for passkeys.
    PasskeyWindow "passkey_window",
    /// The login ends within a minute.
    AboutToExpire "about_to_expire",
    /// A limit was met.
    Limited "limited",
    /// Too many failures: wait.
    Locked "locked",
    /// Too many failures: somebody has to unlock.
    LockedUntilReset "locked_until_reset",
    /// The login's time is over.
    Expired "expired",
    /// Proven: home.
    Passed "passed",
    /// Proven before, as a reload or the back button finds.
    AlreadyDone "already_done",
    /// Given up.
    Cancelled "cancelled",
    /// The app allows nothing that would work.
    NoChannelAllowed "no_channel_allowed",
    /// The end user has nothing of what the app allows.
    NoChannelEnrolled "no_channel_enrolled",
    /// Two kinds must pass, and the end user has one of them only.
    OneKindOnly "one_kind_only",
    /// Nothing carries messages at the moment.
    ProviderDown "provider_down",
    /// No access token of ours.
    BadToken "bad_token",
    /// The access token came too late to start a login.
    TokenExpired "token_expired",
    /// The app was switched off.
    AppDisabled "app_disabled",
    /// The app went from sandbox to live, or back.
    ModeChanged "mode_changed",
    /// The app no longer allows where the login would return to.
    RedirectRefused "redirect_refused",
    /// The number is no longer one.
    PhoneRefused "phone_refused",
    /// Trouble on our side.
    Fault "fault",
    /// No token in the address: the browser's history may have it.
    Resume "resume",
    /// The network is gone; what was typed waits.
    Offline "offline",
    /// The browser knows no modules.
    UnsupportedBrowser "unsupported_browser",
    /// The page around does not let the frame show itself.
    FrameBlocked "frame_blocked",
}

impl State {
    /// The state of this name.
    pub(super) fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|state| state.as_str() == name)
    }
}

//! Settings that are fine one by one and wrong together.

use super::{AppSettings, FirstEnrollment};
use crate::channel::Channel;

/// The settings that can contradict each other. A contradiction is only told when all of them could
/// be read: it might be the misread value's.
pub(super) const INTERLOCKED: [&str; 10] = [
    "allow_sms_channel",
    "allow_voice_channel",
    "allow_whatsapp_channel",
    "allow_totp_channel",
    "webauthn_enabled",
    "webauth_enabled",
    "push_enabled",
    "backup_codes_enrollment",
    "mfa_enabled",
    "first_enrollment",
];

impl AppSettings {
    /// What the settings, each fine by itself, get wrong together.
    pub(super) fn contradictions(&self) -> Vec<String> {
        let channels = self.channels();
        let phone = channels.iter().any(|channel| channel.is_phone());
        let app_or_key = |channel: &&Channel| matches!(channel, Channel::Totp | Channel::Webauthn);
        let others = channels.iter().filter(app_or_key).count();
        // Backup codes stand in for another channel; alone they would run out and lock everybody out.
        if channels.iter().all(|channel| *channel == Channel::BackupCode) {
            return vec![
                "No channel is left: allow at least one of sms, voice, whatsapp, totp, webauthn and \
                 push."
                    .to_owned(),
            ];
        }
        let mut problems = Vec::new();
        if !phone && self.first_enrollment == FirstEnrollment::AfterPhone {
            problems.push(
                "'first_enrollment' can't be after_phone while sms, voice and whatsapp are off: set \
                 it to on_first_use or allow one of them."
                    .to_owned(),
            );
        }
        // What can only be set up after a login in which two kinds passed is nobody's second kind.
        if self.mfa_enabled && usize::from(phone) + others < 2 {
            problems.push(
                "'mfa_enabled' needs two kinds out of phone (sms, voice, whatsapp), totp and \
                 webauthn: with what is allowed nobody could log in."
                    .to_owned(),
            );
        }
        problems
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Pair = (&'static str, &'static str);

    #[test]
    fn contradictions() {
        let no_phone = ("allow_sms_channel", "0");
        let on_first_use = ("first_enrollment", "on_first_use");
        let no_totp = ("allow_totp_channel", "0");
        let no_webauthn = ("webauthn_enabled", "0");
        let two = ("mfa_enabled", "1");
        let cases: [(&[Pair], &[&str]); 14] = [
            (&[no_phone, on_first_use], &[]),
            (&[no_phone], &["'first_enrollment' can't be after_phone"]),
            (&[no_phone, ("allow_voice_channel", "1")], &[]),
            (&[no_phone, no_totp, no_webauthn], &["No channel is left"]),
            (&[no_phone, no_totp, no_webauthn, ("push_enabled", "1"), on_first_use], &[]),
            (&[two], &[]),
            (&[no_totp, two], &[]),
            (&[no_webauthn, two], &[]),
            // Whoever was brought along from another system may have both.
            (&[no_phone, on_first_use, two], &[]),
            // Backup codes are handed out after a login, and devices for push are enrolled after one.
            (&[no_totp, no_webauthn, two], &["'mfa_enabled' needs two kinds"]),
            (
                &[no_totp, no_webauthn, ("allow_voice_channel", "1"), ("push_enabled", "1"), two],
                &["'mfa_enabled' needs two kinds"],
            ),
            (&[no_phone, on_first_use, no_totp, two], &["'mfa_enabled' needs two kinds"]),
            // The misread value could have been the one that is left.
            (&[("allow_sms_channel", "x"), no_totp, no_webauthn], &["'allow_sms_channel' must be"]),
            (
                &[no_phone, no_totp, no_webauthn, ("colour", "red")],
                &["'colour' is not a setting", "No channel is left"],
            ),
        ];
        for (pairs, expected) in cases {
            let fields: Vec<_> =
                pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
            let problems = AppSettings::default().apply(&fields).err().unwrap_or_default();
            assert_eq!(problems.len(), expected.len(), "{pairs:?}: {problems:?}");
            for (problem, start) in problems.iter().zip(expected) {
                assert!(problem.starts_with(start), "{problem}");
            }
        }
    }
}

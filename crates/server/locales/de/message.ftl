code-message = { $code } ist Ihr Code für { $app }. Geben Sie ihn niemals weiter.
voice-message = Hier ist Ihr Code für { $app }. { $code } ist der Code. Noch einmal: { $code } ist der Code. Auf Wiederhören.
# What is told by a text message when the ways into an account change; one line, short enough for one message.
notice-passkey-created = Zu Ihrem Konto bei { $app } kam ein Passkey hinzu. Waren Sie das nicht? Melden Sie es { $app }.
notice-app-set-up = Für Ihr Konto bei { $app } wurde eine Authenticator-App eingerichtet. Waren Sie das nicht? Melden Sie es { $app }.
notice-backup-codes-made = Für Ihr Konto bei { $app } gibt es neue Backup-Codes. Waren Sie das nicht? Melden Sie es { $app }.
notice-factor-removed = Von Ihrem Konto bei { $app } wurde eine Bestätigungsart entfernt. Waren Sie das nicht? Melden Sie es { $app }.
notice-factors-reset = Von Ihrem Konto bei { $app } wurden alle Bestätigungsarten entfernt. Waren Sie das nicht? Melden Sie es { $app }.
notice-phone-changed = Ihr Konto bei { $app } nutzt nun eine andere Telefonnummer. Waren Sie das nicht? Melden Sie es { $app }.

# The text message. The code comes first, since phones show the beginning only; one line, no isolation marks.
code-message = { $code } is your { $app } code. Never share it.
# Read out by a call. $code is the code's digits with commas between them.
voice-message = Your { $app } code is { $code }. Once more: { $code }. Goodbye.
# What is told by a text message when the ways into an account change; one line, short enough for one message.
notice-passkey-created = A passkey was added to your { $app } account. Wasn't that you? Tell { $app }.
notice-app-set-up = An authenticator app was set up for your { $app } account. Wasn't that you? Tell { $app }.
notice-backup-codes-made = New backup codes were made for your { $app } account. Wasn't that you? Tell { $app }.
notice-factor-removed = A way to confirm logins was removed from your { $app } account. Wasn't that you? Tell { $app }.
notice-factors-reset = All ways to confirm logins were removed from your { $app } account. Wasn't that you? Tell { $app }.
notice-phone-changed = Your { $app } account now confirms logins by another phone number. Wasn't that you? Tell { $app }.

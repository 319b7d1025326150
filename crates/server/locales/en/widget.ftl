# The widget's texts in English, from which the others are made.
#
# $app is the name of the site, $phone a masked number, $wait one of the wait-... texts, and $digits how many
# digits a code has. Each text is set into HTML as it is: no < > & or straight double quotes.

sandbox-badge = Sandbox
sandbox-note = Sandbox: nothing is sent to a real phone. Messages land in the sandbox inbox.
# In place of $app where the app has neither a name nor a domain.
unnamed-app = this site

choose-title = Confirm that it's you
choose-text-sms = We'll text a code to { $phone }.
choose-text-voice = We'll call { $phone } and read out a code.
choose-text-whatsapp = We'll send a code to { $phone } by WhatsApp.
choose-text-several = We'll send a code to { $phone }. How would you like to get it?
choose-sms = Text me a code
choose-voice = Call me with a code
choose-whatsapp = Send a code by WhatsApp
choose-rates = Message and data rates may apply.
# Back from the list of ways to the input.
choose-back = I have a code already
another-way = Try another way

enter-title = Enter the code
enter-text = We sent a { $digits }-digit code to { $phone }. It may take a minute.
enter-text-whatsapp = We sent a { $digits }-digit code to { $phone } by WhatsApp. It may take a minute.
sending-text = We're sending a { $digits }-digit code to { $phone }.
voice-title = Answer the call
voice-text = We're calling { $phone }. Type the { $digits }-digit code that you hear.
enter-label = Code
enter-too-soon = It's a little early for another code. The one on its way is still good.
check-title = Check the code
code-malformed = The code has { $digits } digits. Type all of them, as they stand in the message.
code-malformed-voice = The code has { $digits } digits. Type all of them, in the order that you hear.
code-wrong = That code isn't right. Check it or get a new one.
tries-left =
    { $count ->
        [one] 1 try left.
       *[other] { $count } tries left.
    }
undelivered-title = Message not delivered
undelivered-title-voice = The call failed
undelivered-text-sms = The text message to { $phone } could not be delivered.
undelivered-text-voice = The call to { $phone } did not get through.
undelivered-text-whatsapp = The WhatsApp message to { $phone } could not be delivered.
undelivered-advice = Try it again or another way. If nothing helps, ask { $app } to check the number.
undelivered-after-all = It came after all?

continue = Continue
cancel = Cancel
send-again = Send the code again
send-new = Send a new code
call-again = Call me again
try-again = Try again
resend-wait = You can get another code { $wait }.
resend-now = You can get another code now.
resend-used-up = No further codes can be sent in this login. If none arrived, start again at the site.

# Codes of an authenticator app.
totp-title = Enter the code from your app
totp-text = Open your authenticator app and type the { $digits }-digit code for { $app }.
totp-malformed = The code has { $digits } digits. Type all of them, as your app shows them.
totp-wrong = That code isn't right. Type the one that your app shows now.
totp-used = That code was used already. Wait until your app shows the next one.
totp-clock-off = Your device's clock is off. Set its time to automatic, then type the code that your app shows.
totp-used-up-text = The codes of your app were wrong too often in this login. Try another way, or start again at { $app }.
choose-totp = Use my authenticator app
choose-text-mixed = How would you like to confirm that it's you?

passed-title = Confirmed
passed-text = Thank you. You can go back to { $app }.

code-expired-title = That code has expired
code-expired-text = Codes are good for a few minutes only.
tries-used-up-title = Too many tries
tries-used-up-text = That code was tried too often and is of no use any more.
locked-title = Codes are locked for now
locked-text = There were too many wrong codes in a row. You can try again { $wait }.
locked-until-reset-title = Codes are locked
locked-until-reset-text = There were too many wrong codes in a row. Ask { $app } to unlock your account.
already-done-title = Already confirmed
already-done-text = This login is confirmed. Continue at { $app }, or start again there.
cancelled-title = Login cancelled
cancelled-text = Start again at { $app } if you like.
expired-title = This login took too long
expired-text = Start again at { $app }.
no-channel-title = No way to confirm
no-channel-allowed-text = { $app } allows no way of confirming that works here. Ask them for help.
no-channel-enrolled-text = { $app } asks for a way of confirming that is not set up for you yet. Ask them for help.
provider-down-text = Codes can't be sent at the moment. Try again later, or ask { $app } for help.
limited-title = Too many codes
limited-text = Too many codes were asked for. You can try again { $wait }.
start-again-title = Start again
resume-text = This login can't be continued from here. Go back to the site and log in again.
bad-token-text = This login can't be continued. Go back to the site and log in again.
ended-text = This login can't be continued. Start again at { $app }.
redirect-refused-text = { $app } no longer accepts the address that this login would return to. Go back and log in again.
fault-title = That didn't work
fault-text = Something is wrong on our side. Try again in a moment.
for-the-developer = For the developer: { $code }

offline-text = You're offline. What you typed is kept, and sent as soon as you're connected again.
expiring-title = Still there?
# $wait as in: in 60 seconds.
expiring-text = This login ends { $wait }.
expiring-extend = I need more time
unsupported-text = This browser is too old for some parts of this page. If you can't go on, open { $app } in a newer one.
frame-blocked-text = This login can't be shown inside this page.
frame-blocked-open = Open it on a page of its own
close = Close

# How long to wait, as a part of other texts.
wait-seconds =
    { $count ->
        [one] in 1 second
       *[other] in { $count } seconds
    }
wait-minutes =
    { $count ->
        [one] in 1 minute
       *[other] in { $count } minutes
    }
wait-hours =
    { $count ->
        [one] in 1 hour
       *[other] in { $count } hours
    }

# Passkeys.
choose-webauthn = Use a passkey
passkey-title = Use your passkey
passkey-text = Your device will ask for your fingerprint, face, PIN or security key.
passkey-use = Use passkey
passkey-wrong = That passkey didn't work. Try it again or another way.
passkey-used-up-text = Passkeys were tried too often in this login. Try another way, or start again at { $app }.
passkey-copied = That passkey can't be used any more: there seems to be a copy of it. Try another way, and tell { $app }.
passkey-none = This browser can't use passkeys. Try another way.
passkey-cancelled = Nothing was confirmed. Try again, or another way if you have no passkey on this device.
passkey-blocked = Passkeys can't be used inside this page. Open a window of its own for them.
passkey-blocked-here = Passkeys can't be used inside this page. Try another way.
passkey-open = Open a small window
passkey-apart = Open on a page of its own
passkey-create-title = Create a passkey
passkey-create-text = Next time, confirm with your fingerprint, face, PIN or security key instead of a code.
passkey-create = Create passkey
passkey-known = This device has your passkey already.
passkey-not-created = No passkey was created. You can try again.
passkey-created-title = Passkey created
passkey-created-text = Next time you can confirm with it at { $app }.
passkey-later = Not now
passkey-stray = This window belongs to a login that isn't open any more. Close it and start again at the site.
passkey-scripts = Passkeys need JavaScript, which is switched off here. Try another way.
passkey-offer = Then create a passkey for next time

# Setting up an authenticator app, after a pass.
totp-offer = Then set up an authenticator app for next time
totp-setup-title = Set up your authenticator app
totp-setup-text = Scan this picture with your authenticator app, or open the app on this device.
totp-setup-picture = QR code for your authenticator app
totp-setup-open = Open my authenticator app
totp-setup-key = Can't scan it? Type this key into the app:
totp-setup-confirm = Then type the { $digits }-digit code that the app shows.
totp-setup-instead = Use an authenticator app instead
totp-enrolled-title = Authenticator app set up
totp-enrolled-text = Next time you can confirm with its codes at { $app }.

# Backup codes: handed out after a pass, and used when a device is lost.
backup-codes-offer = With backup codes you get in even when you have lost your device. Each works once.
backup-codes-get = Get backup codes
backup-codes-new = Get new backup codes
backup-codes-title = Your backup codes
backup-codes-text = Keep them where you can find them without this device. Each works once. They are shown only now, and earlier ones no longer work.
backup-codes-copy = Copy
backup-codes-copied = Copied
backup-codes-download = Download
backup-codes-print = Print
backup-codes-saved = I've saved them
backup-codes-left =
    { $count ->
        [one] You have one backup code left.
       *[other] You have { $count } backup codes left.
    }
backup-codes-none = You have no backup codes left.
choose-backup-code = Use a backup code
backup-code-title = Enter a backup code
backup-code-text = Type one of the backup codes that you saved for { $app }.
backup-code-label = Backup code
backup-code-malformed = A backup code has 10 letters and digits. Type all of them.
backup-code-wrong = That backup code isn't right. Check it, or type another one.
backup-code-used = That backup code was used already. Type another one.
backup-code-used-up-text = Backup codes were wrong too often in this login. Try another way, or start again at { $app }.

# Trusted devices.
trust-offer =
    { $count ->
        [one] Trust this device for 1 day
       *[other] Trust this device for { $count } days
    }
trust-title = This device is trusted
trust-text = No code is needed here. Continue to { $app }.

# Two proofs, and what is set up in place of one.
step-first = Step 1 of 2
step-second = Step 2 of 2. One more way of confirming is needed.
one-kind-only-text = { $app } asks for two different ways of confirming, and only one is set up for you. Ask them for help.
choose-set-up = Set up a passkey or an app instead
set-up-title = Set up a way to confirm
set-up-first-text = Choose how you confirm that it's you, now and whenever you log in to { $app }.
set-up-second-text = { $app } asks for two ways of confirming, and you have only one so far. Set up the second one now.
first-passkey-text = Confirm with your fingerprint, face, PIN or security key, now and whenever you log in to { $app }.
second-passkey-text = { $app } asks for two ways of confirming, and you have only one so far. A passkey will be the second one.
needed-passkey-none = This browser can't use passkeys, and { $app } lets you in with one only. Start again in another browser or on another device.
needed-passkey-blocked = Passkeys can't be created inside this page, and { $app } lets you in with one only. Ask them for help.
needed-passkey-scripts = { $app } lets you in with a passkey only. Passkeys need JavaScript, which is switched off here. Switch it on and start again.

# Where end users look after the ways by which they confirm logins. $date is a day, as in: 3 May 2026.
factor-link-text = See how you confirm logins at { $app }, and add, name or remove ways to do so. First confirm that it's you.
factor-link-used-title = This link was used already
factor-link-used-text = It works once. Get a new one at { $app }.
factors-title = How you confirm logins
factors-phone = Codes go to { $phone }.
factors-totp = Authenticator app
factors-passkey = Passkey
factors-add = Add a way to confirm
factors-view-only = To change anything here, start again at { $app } and confirm with one of these instead of your phone.
factors-moved = That has changed meanwhile. This is how it is now.
factors-back = Back
factors-done = Done
factor-added = Added on { $date }
factor-used = Last used on { $date }
factor-name-label = Name
factor-name-save = Save name
factor-name-problem = A name has at most 64 letters, all of them visible. Shorten it.
factor-saved = The name is saved.
factor-remove = Remove
factor-remove-text = You can no longer confirm with it then, and devices that you trust ask for a code again.
factor-removed = Removed.
factor-last-text = This is your only way to confirm, so it can't be removed. Add another one first.
devices-title = Devices you trust
device-here = This device
device-other = Another device
device-trusted = Trusted since { $date }
device-forget = Stop trusting it
device-forget-text = It asks for a code again at your next login.

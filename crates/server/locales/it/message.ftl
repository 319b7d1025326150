code-message = { $code } è il tuo codice { $app }. Non condividerlo mai.
voice-message = Il tuo codice per { $app } è { $code }. Ripeto: { $code }. Arrivederci.
# What is told by a text message when the ways into an account change; one line, short enough for one message.
notice-passkey-created = Una passkey è stata aggiunta al tuo account { $app }. Non eri tu? Avvisa { $app }.
notice-app-set-up = Un'app di autenticazione è stata aggiunta al tuo account { $app }. Non eri tu? Avvisa { $app }.
notice-backup-codes-made = Nuovi codici di riserva per il tuo account { $app }. Non eri tu? Avvisa { $app }.
notice-factor-removed = Un modo per confermare è stato tolto dal tuo account { $app }. Non eri tu? Avvisa { $app }.
notice-factors-reset = Tutti i modi per confermare sono stati tolti dal tuo account { $app }. Non eri tu? Avvisa { $app }.
notice-phone-changed = Il tuo account { $app } usa ora un altro numero di telefono. Non eri tu? Avvisa { $app }.

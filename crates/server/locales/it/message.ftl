code-message = { $code } è il tuo codice { $app }. Non condividerlo mai.
voice-message = Il tuo codice per { $app } è { $code }. Ripeto: { $code }. Arrivederci.

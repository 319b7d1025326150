code-message = { $code } is uw code voor { $app }. Deel deze nooit.
voice-message = Uw code voor { $app } is { $code }. Nogmaals: { $code }. Tot ziens.
# What is told by a text message when the ways into an account change; one line, short enough for one message.
notice-passkey-created = Er is een passkey toegevoegd aan uw account bij { $app }. Was u dat niet? Meld het aan { $app }.
notice-app-set-up = Er is een authenticator-app ingesteld voor uw account bij { $app }. Was u dat niet? Meld het aan { $app }.
notice-backup-codes-made = Er zijn nieuwe back-upcodes voor uw account bij { $app }. Was u dat niet? Meld het aan { $app }.
notice-factor-removed = Een manier om te bevestigen is verwijderd bij uw account van { $app }. Was u dat niet? Meld het aan { $app }.
notice-factors-reset = Alle manieren om te bevestigen zijn verwijderd bij uw account van { $app }. Was u dat niet? Meld het aan { $app }.
notice-phone-changed = Uw account bij { $app } gebruikt nu een ander telefoonnummer. Was u dat niet? Meld het aan { $app }.

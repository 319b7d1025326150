code-message = { $code } è il tuo codice { $app }. Non condividerlo mai.

code-message = { $code } is uw code voor { $app }. Deel deze nooit.
voice-message = Uw code voor { $app } is { $code }. Nogmaals: { $code }. Tot ziens.

code-message = { $code } is uw code voor { $app }. Deel deze nooit.

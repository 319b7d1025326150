code-message = { $code } ist Ihr Code für { $app }. Geben Sie ihn niemals weiter.

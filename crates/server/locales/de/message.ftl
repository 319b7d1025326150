code-message = { $code } ist Ihr Code für { $app }. Geben Sie ihn niemals weiter.
voice-message = Hier ist Ihr Code für { $app }. { $code } ist der Code. Noch einmal: { $code } ist der Code. Auf Wiederhören.

code-message = { $code } to Twój kod do { $app }. Nikomu go nie podawaj.

code-message = { $code } est votre code { $app }. Ne le communiquez jamais.

code-message = { $code } est votre code { $app }. Ne le communiquez jamais.
voice-message = Voici votre code pour { $app } : { $code }. Je répète : { $code }. Au revoir.

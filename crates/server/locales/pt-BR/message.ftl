code-message = { $code } é seu código { $app }. Nunca o compartilhe.
voice-message = Seu código para { $app } é { $code }. Repetindo: { $code }. Até logo.

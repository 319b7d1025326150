code-message = { $code } é seu código { $app }. Nunca o compartilhe.

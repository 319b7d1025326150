# 'clave', not 'código': ó would cost a second segment.
code-message = { $code } es su clave de { $app }. No la comparta nunca.
voice-message = Su código de { $app } es { $code }. Una vez más: { $code }. Adiós.

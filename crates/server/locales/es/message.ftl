# 'clave', not 'código': ó would cost a second segment.
code-message = { $code } es su clave de { $app }. No la comparta nunca.

# 'clave', not 'código': ó would cost a second segment.
code-message = { $code } es su clave de { $app }. No la comparta nunca.
voice-message = Su código de { $app } es { $code }. Una vez más: { $code }. Adiós.
# What is told by a text message when the ways into an account change; one line, short enough for one message.
notice-passkey-created = Se ha añadido una llave de acceso a su cuenta de { $app }. ¿No ha sido usted? Avise a { $app }.
notice-app-set-up = Se ha añadido una app autenticadora a su cuenta de { $app }. ¿No ha sido usted? Avise a { $app }.
notice-backup-codes-made = Su cuenta de { $app } tiene nuevas claves de respaldo. ¿No ha sido usted? Avise a { $app }.
notice-factor-removed = Se ha quitado una forma de confirmar de su cuenta de { $app }. ¿No ha sido usted? Avise a { $app }.
notice-factors-reset = Se han quitado todas las formas de confirmar de su cuenta de { $app }. ¿No ha sido usted? Avise a { $app }.
notice-phone-changed = Su cuenta de { $app } usa ahora otro teléfono. ¿No ha sido usted? Avise a { $app }.

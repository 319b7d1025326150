code-message = { $code } é seu código { $app }. Nunca o compartilhe.
voice-message = Seu código para { $app } é { $code }. Repetindo: { $code }. Até logo.
# What is told by a text message when the ways into an account change; one line, short enough for one message.
notice-passkey-created = Uma chave de acesso foi adicionada à sua conta { $app }. Não foi você? Avise { $app }.
notice-app-set-up = Um app autenticador foi configurado na sua conta { $app }. Não foi você? Avise { $app }.
notice-backup-codes-made = Novos códigos de backup para sua conta { $app }. Não foi você? Avise { $app }.
notice-factor-removed = Uma forma de confirmar foi removida da sua conta { $app }. Não foi você? Avise { $app }.
notice-factors-reset = Todas as formas de confirmar foram removidas da sua conta { $app }. Não foi você? Avise { $app }.
notice-phone-changed = Sua conta { $app } agora usa outro número de telefone. Não foi você? Avise { $app }.

code-message = { $code } est votre code { $app }. Ne le communiquez jamais.
voice-message = Voici votre code pour { $app } : { $code }. Je répète : { $code }. Au revoir.
# What is told by a text message when the ways into an account change; one line, short enough for one message.
notice-passkey-created = Une clé d'accès a été ajoutée à votre compte { $app }. Ce n'était pas vous ? Prévenez { $app }.
notice-app-set-up = Une application d'authentification a été ajoutée à votre compte { $app }. Pas vous ? Prévenez { $app }.
notice-backup-codes-made = De nouveaux codes de secours existent pour votre compte { $app }. Ce n'était pas vous ? Prévenez { $app }.
notice-factor-removed = Un moyen de confirmer a été retiré de votre compte { $app }. Ce n'était pas vous ? Prévenez { $app }.
notice-factors-reset = Tous les moyens de confirmer ont été retirés de votre compte { $app }. Pas vous ? Prévenez { $app }.
notice-phone-changed = Votre compte { $app } utilise un autre numéro de téléphone. Ce n'était pas vous ? Prévenez { $app }.

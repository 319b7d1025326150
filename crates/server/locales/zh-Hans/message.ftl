code-message = { $code } 是您的 { $app } 验证码，请勿告诉任何人。
voice-message = 您的 { $app } 验证码是 { $code }。重复一遍：{ $code }。再见。
# What is told by a text message when the ways into an account change; one line, short enough for one message.
notice-passkey-created = 您的 { $app } 账户添加了通行密钥。如非本人操作，请告知 { $app }。
notice-app-set-up = 您的 { $app } 账户设置了身份验证器应用。如非本人操作，请告知 { $app }。
notice-backup-codes-made = 您的 { $app } 账户生成了新的备用码。如非本人操作，请告知 { $app }。
notice-factor-removed = 您的 { $app } 账户移除了一种确认方式。如非本人操作，请告知 { $app }。
notice-factors-reset = 您的 { $app } 账户移除了所有确认方式。如非本人操作，请告知 { $app }。
notice-phone-changed = 您的 { $app } 账户现使用另一个手机号码。如非本人操作，请告知 { $app }。

code-message = { $code } — ваш код { $app }. Нікому його не повідомляйте.
voice-message = Ваш код для сайту { $app }: { $code }. Повторюю: { $code }. До побачення.
# What is told by a text message when the ways into an account change; one line, short enough for one message.
notice-passkey-created = До акаунта { $app } додано ключ доступу. Це не ви? Повідомте { $app }.
notice-app-set-up = Для акаунта { $app } налаштовано застосунок-автентифікатор. Це не ви? Повідомте { $app }.
notice-backup-codes-made = Для акаунта { $app } створено нові резервні коди. Це не ви? Повідомте { $app }.
notice-factor-removed = З акаунта { $app } видалено спосіб підтвердження. Це не ви? Повідомте { $app }.
notice-factors-reset = З акаунта { $app } видалено всі способи підтвердження. Це не ви? Повідомте { $app }.
notice-phone-changed = Акаунт { $app } тепер використовує інший номер. Це не ви? Повідомте { $app }.

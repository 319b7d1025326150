code-message = { $code } — ваш код { $app }. Никому его не сообщайте.
voice-message = Ваш код для сайта { $app }: { $code }. Повторяю: { $code }. До свидания.
# What is told by a text message when the ways into an account change; one line, short enough for one message.
notice-passkey-created = К аккаунту { $app } добавлен ключ доступа. Это не вы? Сообщите в { $app }.
notice-app-set-up = Для аккаунта { $app } настроено приложение-аутентификатор. Это не вы? Сообщите в { $app }.
notice-backup-codes-made = Для аккаунта { $app } созданы новые резервные коды. Это не вы? Сообщите в { $app }.
notice-factor-removed = Из аккаунта { $app } удалён способ подтверждения. Это не вы? Сообщите в { $app }.
notice-factors-reset = Из аккаунта { $app } удалены все способы подтверждения. Это не вы? Сообщите в { $app }.
notice-phone-changed = Аккаунт { $app } теперь использует другой номер. Это не вы? Сообщите в { $app }.

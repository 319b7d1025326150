code-message = { $code } — ваш код { $app }. Никому его не сообщайте.

code-message = { $code } — ваш код { $app }. Никому его не сообщайте.
voice-message = Ваш код для сайта { $app }: { $code }. Повторяю: { $code }. До свидания.

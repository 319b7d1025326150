code-message = { $code } — ваш код { $app }. Нікому його не повідомляйте.
voice-message = Ваш код для сайту { $app }: { $code }. Повторюю: { $code }. До побачення.

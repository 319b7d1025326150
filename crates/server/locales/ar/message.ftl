code-message = { $code } هو رمزك في { $app }. لا تشاركه مع أحد أبدًا.
voice-message = رمزك في { $app } هو { $code }. مرة أخرى: { $code }. مع السلامة.

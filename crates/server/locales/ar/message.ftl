code-message = { $code } هو رمزك في { $app }. لا تشاركه مع أحد أبدًا.

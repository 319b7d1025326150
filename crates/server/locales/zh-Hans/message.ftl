code-message = { $code } 是您的 { $app } 验证码，请勿告诉任何人。
voice-message = 您的 { $app } 验证码是 { $code }。重复一遍：{ $code }。再见。

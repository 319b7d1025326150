code-message = { $code } 是您的 { $app } 验证码，请勿告诉任何人。

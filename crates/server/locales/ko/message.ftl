code-message = { $code }: { $app } 인증 코드입니다. 누구에게도 알려 주지 마세요.
voice-message = { $app } 인증 코드는 { $code }입니다. 다시 한번 말씀드립니다. { $code }입니다. 감사합니다.

code-message = { $code }: { $app } 인증 코드입니다. 누구에게도 알려 주지 마세요.

code-message = { $code }: { $app } 인증 코드입니다. 누구에게도 알려 주지 마세요.
voice-message = { $app } 인증 코드는 { $code }입니다. 다시 한번 말씀드립니다. { $code }입니다. 감사합니다.
# What is told by a text message when the ways into an account change; one line, short enough for one message.
notice-passkey-created = { $app } 계정에 패스키가 추가되었습니다. 본인이 아니면 { $app }에 알려 주세요.
notice-app-set-up = { $app } 계정에 인증 앱이 설정되었습니다. 본인이 아니면 { $app }에 알려 주세요.
notice-backup-codes-made = { $app } 계정의 새 백업 코드가 만들어졌습니다. 본인이 아니면 { $app }에 알려 주세요.
notice-factor-removed = { $app } 계정에서 확인 방법 하나가 삭제되었습니다. 본인이 아니면 { $app }에 알려 주세요.
notice-factors-reset = { $app } 계정에서 확인 방법이 모두 삭제되었습니다. 본인이 아니면 { $app }에 알려 주세요.
notice-phone-changed = { $app } 계정이 이제 다른 전화번호를 사용합니다. 본인이 아니면 { $app }에 알려 주세요.

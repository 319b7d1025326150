sandbox-badge = 테스트
sandbox-note = 테스트 모드: 실제 전화로는 아무것도 전송되지 않습니다. 메시지는 테스트 수신함에 도착합니다.
unnamed-app = 이 사이트

choose-title = 본인 확인
choose-text-sms = { $phone } 번호로 인증 코드를 문자로 보내 드립니다.
choose-text-voice = { $phone } 번호로 전화를 걸어 인증 코드를 읽어 드립니다.
choose-text-whatsapp = { $phone } 번호로 인증 코드를 WhatsApp으로 보내 드립니다.
choose-text-several = { $phone } 번호로 인증 코드를 보내 드립니다. 어떤 방법으로 받으시겠습니까?
choose-sms = 문자로 코드 받기
choose-voice = 전화로 코드 받기
choose-whatsapp = WhatsApp으로 코드 받기
choose-rates = 메시지 및 데이터 요금이 부과될 수 있습니다.
choose-back = 받은 코드 입력하기
another-way = 다른 방법 선택하기

enter-title = 코드를 입력해 주세요
enter-text = { $phone } 번호로 { $digits }자리 코드를 보냈습니다. 도착까지 1분 정도 걸릴 수 있습니다.
enter-text-whatsapp = { $phone } 번호로 { $digits }자리 코드를 WhatsApp으로 보냈습니다. 도착까지 1분 정도 걸릴 수 있습니다.
sending-text = { $phone } 번호로 { $digits }자리 코드를 보내고 있습니다.
voice-title = 전화를 받아 주세요
voice-text = { $phone } 번호로 전화를 걸고 있습니다. 들리는 { $digits }자리 코드를 입력해 주세요.
enter-label = 코드
enter-too-soon = 다른 코드를 요청하기에는 아직 이릅니다. 이미 보낸 코드를 계속 사용하실 수 있습니다.
check-title = 코드를 확인해 주세요
code-malformed = 코드는 { $digits }자리입니다. 메시지에 있는 그대로 모두 입력해 주세요.
code-malformed-voice = 코드는 { $digits }자리입니다. 들리는 순서대로 모두 입력해 주세요.
code-wrong = 코드가 올바르지 않습니다. 다시 확인하거나 새 코드를 받아 주세요.
tries-left = { $count }번 더 입력할 수 있습니다.
undelivered-title = 메시지가 전달되지 않았습니다
undelivered-title-voice = 전화가 연결되지 않았습니다
undelivered-text-sms = { $phone } 번호로 보낸 문자가 전달되지 않았습니다.
undelivered-text-voice = { $phone } 번호로 건 전화가 연결되지 않았습니다.
undelivered-text-whatsapp = { $phone } 번호로 보낸 WhatsApp 메시지가 전달되지 않았습니다.
undelivered-advice = 다시 시도하거나 다른 방법을 사용해 주세요. 그래도 안 되면 { $app }에 번호 확인을 요청해 주세요.
undelivered-after-all = 코드가 뒤늦게 도착했나요?

continue = 계속
cancel = 취소
send-again = 코드 다시 보내기
send-new = 새 코드 보내기
call-again = 전화 다시 받기
try-again = 다시 시도
resend-wait = { $wait }에 다른 코드를 받을 수 있습니다.
resend-now = 이제 다른 코드를 받을 수 있습니다.
resend-used-up = 이번 로그인에서는 코드를 더 보낼 수 없습니다. 코드를 받지 못했다면 사이트에서 다시 시작해 주세요.

totp-title = 앱의 코드를 입력하세요
totp-text = 인증 앱을 열고 { $app }의 { $digits }자리 코드를 입력하세요.
totp-malformed = 코드는 { $digits }자리입니다. 앱에 표시된 대로 모두 입력하세요.
totp-wrong = 코드가 맞지 않습니다. 지금 앱에 표시된 코드를 입력하세요.
totp-used = 이미 사용한 코드입니다. 앱에 다음 코드가 표시될 때까지 기다리세요.
totp-clock-off = 기기의 시계가 맞지 않습니다. 시간을 자동으로 설정한 다음 앱에 표시된 코드를 입력하세요.
totp-used-up-text = 이번 로그인에서 앱의 코드를 너무 여러 번 틀렸습니다. 다른 방법을 시도하거나 { $app }에서 다시 시작하세요.
choose-totp = 내 인증 앱 사용
choose-text-mixed = 어떻게 본인임을 확인하시겠습니까?

passed-title = 확인되었습니다
passed-text = 감사합니다. 이제 { $app }에서 계속하실 수 있습니다.

code-expired-title = 코드가 만료되었습니다
code-expired-text = 코드는 몇 분 동안만 사용할 수 있습니다.
tries-used-up-title = 입력 횟수를 초과했습니다
tries-used-up-text = 이 코드는 너무 여러 번 입력되어 더 이상 사용할 수 없습니다.
locked-title = 코드가 일시적으로 잠겼습니다
locked-text = 잘못된 코드가 여러 번 연속으로 입력되었습니다. { $wait }에 다시 시도하실 수 있습니다.
locked-until-reset-title = 코드가 잠겼습니다
locked-until-reset-text = 잘못된 코드가 여러 번 연속으로 입력되었습니다. { $app }에 계정 잠금 해제를 요청해 주세요.
already-done-title = 이미 확인되었습니다
already-done-text = 이 로그인은 이미 확인되었습니다. { $app }에서 계속하거나 처음부터 다시 시작해 주세요.
cancelled-title = 로그인이 취소되었습니다
cancelled-text = 원하시면 { $app }에서 다시 시작해 주세요.
expired-title = 로그인 시간이 초과되었습니다
expired-text = { $app }에서 다시 시작해 주세요.
no-channel-title = 확인할 방법이 없습니다
no-channel-allowed-text = { $app }에서 허용하는 확인 방법 중 여기에서 사용할 수 있는 것이 없습니다. { $app }에 문의해 주세요.
no-channel-enrolled-text = { $app }에서 요구하는 확인 방법이 아직 설정되어 있지 않습니다. { $app }에 문의해 주세요.
provider-down-text = 지금은 코드를 보낼 수 없습니다. 나중에 다시 시도하거나 { $app }에 문의해 주세요.
limited-title = 코드를 너무 많이 요청했습니다
limited-text = 코드 요청이 너무 많았습니다. { $wait }에 다시 시도하실 수 있습니다.
start-again-title = 다시 시작해 주세요
resume-text = 여기에서는 로그인을 계속할 수 없습니다. 사이트로 돌아가 다시 로그인해 주세요.
bad-token-text = 로그인을 계속할 수 없습니다. 사이트로 돌아가 다시 로그인해 주세요.
ended-text = 로그인을 계속할 수 없습니다. { $app }에서 다시 시작해 주세요.
redirect-refused-text = 로그인 후 돌아갈 주소를 { $app }에서 더 이상 허용하지 않습니다. 이전 화면으로 돌아가 다시 로그인해 주세요.
fault-title = 처리하지 못했습니다
fault-text = 저희 쪽에 문제가 생겼습니다. 잠시 후 다시 시도해 주세요.
for-the-developer = 개발자용: { $code }

offline-text = 오프라인 상태입니다. 입력한 내용은 그대로 유지되며, 다시 연결되면 바로 전송됩니다.
expiring-title = 아직 계신가요?
expiring-text = 이 로그인은 { $wait }에 만료됩니다.
expiring-extend = 시간이 더 필요합니다
unsupported-text = 브라우저가 오래되어 이 페이지의 일부가 제대로 작동하지 않을 수 있습니다. 계속할 수 없으면 최신 브라우저에서 { $app }에 접속해 주세요.
frame-blocked-text = 이 페이지 안에는 로그인을 표시할 수 없습니다.
frame-blocked-open = 별도 페이지에서 열기
close = 닫기

wait-seconds = { $count }초 후
wait-minutes = { $count }분 후
wait-hours = { $count }시간 후

# Passkeys.
choose-webauthn = 패스키 사용
passkey-title = 패스키를 사용하세요
passkey-text = 기기에서 지문, 얼굴, PIN 또는 보안 키를 요청합니다.
passkey-use = 패스키 사용
passkey-wrong = 이 패스키로 확인하지 못했습니다. 다시 시도하거나 다른 방법을 사용하세요.
passkey-used-up-text = 이 로그인에서 패스키를 너무 여러 번 시도했습니다. 다른 방법을 사용하거나 { $app }에서 다시 시작하세요.
passkey-copied = 이 패스키는 복사본이 있는 것으로 보여 더 이상 사용할 수 없습니다. 다른 방법을 사용하고 { $app }에 알려 주세요.
passkey-none = 이 브라우저에서는 패스키를 사용할 수 없습니다. 다른 방법을 사용하세요.
passkey-cancelled = 확인되지 않았습니다. 다시 시도하거나, 이 기기에 패스키가 없으면 다른 방법을 사용하세요.
passkey-blocked = 이 페이지 안에서는 패스키를 사용할 수 없습니다. 별도의 창을 여세요.
passkey-blocked-here = 이 페이지 안에서는 패스키를 사용할 수 없습니다. 다른 방법을 사용하세요.
passkey-open = 작은 창 열기
passkey-apart = 별도의 페이지에서 열기
passkey-create-title = 패스키 만들기
passkey-create-text = 다음에는 코드 대신 지문, 얼굴, PIN 또는 보안 키로 확인하세요.
passkey-create = 패스키 만들기
passkey-known = 이 기기에 이미 패스키가 있습니다.
passkey-not-created = 패스키가 만들어지지 않았습니다. 다시 시도할 수 있습니다.
passkey-created-title = 패스키를 만들었습니다
passkey-created-text = 다음에는 { $app }에서 패스키로 확인할 수 있습니다.
passkey-later = 나중에
passkey-stray = 이 창은 더 이상 열려 있지 않은 로그인의 창입니다. 닫고 사이트에서 다시 시작하세요.
passkey-scripts = 패스키에는 JavaScript가 필요하지만 여기서는 꺼져 있습니다. 다른 방법을 사용하세요.
passkey-offer = 이어서 다음을 위한 패스키 만들기

# Setting up an authenticator app, after a pass.
totp-offer = 이어서 다음을 위한 인증 앱 설정하기
totp-setup-title = 인증 앱을 설정하세요
totp-setup-text = 인증 앱으로 이 이미지를 스캔하거나 이 기기에서 앱을 여세요.
totp-setup-picture = 인증 앱용 QR 코드
totp-setup-open = 내 인증 앱 열기
totp-setup-key = 스캔할 수 없나요? 앱에 이 키를 입력하세요:
totp-setup-confirm = 그런 다음 앱에 표시된 { $digits }자리 코드를 입력하세요.
totp-setup-instead = 대신 인증 앱 사용
totp-enrolled-title = 인증 앱을 설정했습니다
totp-enrolled-text = 다음에는 { $app }에서 앱의 코드로 확인할 수 있습니다.

# Backup codes: handed out after a pass, and used when a device is lost.
backup-codes-offer = 백업 코드가 있으면 기기를 잃어버려도 로그인할 수 있습니다. 각 코드는 한 번만 사용할 수 있습니다.
backup-codes-get = 백업 코드 받기
backup-codes-new = 새 백업 코드 받기
backup-codes-title = 백업 코드
backup-codes-text = 이 기기 없이도 찾을 수 있는 곳에 보관하세요. 각 코드는 한 번만 사용할 수 있습니다. 코드는 지금만 표시되며, 이전 코드는 더 이상 사용할 수 없습니다.
backup-codes-copy = 복사
backup-codes-copied = 복사됨
backup-codes-download = 다운로드
backup-codes-print = 인쇄
backup-codes-saved = 저장했습니다
backup-codes-left = 백업 코드가 { $count }개 남았습니다.
backup-codes-none = 남은 백업 코드가 없습니다.
choose-backup-code = 백업 코드 사용
backup-code-title = 백업 코드를 입력하세요
backup-code-text = { $app }용으로 저장한 백업 코드 중 하나를 입력하세요.
backup-code-label = 백업 코드
backup-code-malformed = 백업 코드는 영문자와 숫자 10자리입니다. 모두 입력하세요.
backup-code-wrong = 백업 코드가 맞지 않습니다. 확인하거나 다른 코드를 입력하세요.
backup-code-used = 이미 사용한 백업 코드입니다. 다른 코드를 입력하세요.
backup-code-used-up-text = 이번 로그인에서 백업 코드를 너무 여러 번 틀렸습니다. 다른 방법을 시도하거나 { $app }에서 다시 시작하세요.

# Trusted devices.
trust-offer = 이 기기를 { $count }일 동안 신뢰하기
trust-title = 신뢰하는 기기입니다
trust-text = 여기서는 코드가 필요하지 않습니다. { $app }(으)로 계속하세요.

# Two proofs, and what is set up in place of one.
step-first = 2단계 중 1단계
step-second = 2단계 중 2단계. 다른 방법으로 한 번 더 확인해야 합니다.
one-kind-only-text = { $app }에서는 서로 다른 두 가지 확인 방법이 필요하지만 한 가지만 설정되어 있습니다. { $app }에 문의해 주세요.
choose-set-up = 대신 패스키나 앱 설정하기
set-up-title = 확인 방법 설정
set-up-first-text = 지금과 앞으로 { $app }에 로그인할 때 본인임을 확인할 방법을 선택하세요.
set-up-second-text = { $app }에서는 두 가지 확인 방법이 필요하지만 아직 한 가지만 있습니다. 지금 두 번째 방법을 설정하세요.
first-passkey-text = 지금과 앞으로 { $app }에 로그인할 때 지문, 얼굴, PIN 또는 보안 키로 확인하세요.
second-passkey-text = { $app }에서는 두 가지 확인 방법이 필요하지만 아직 한 가지만 있습니다. 패스키가 두 번째 방법이 됩니다.
needed-passkey-none = 이 브라우저에서는 패스키를 사용할 수 없지만 { $app }에 들어가려면 패스키가 필요합니다. 다른 브라우저나 다른 기기에서 다시 시작하세요.
needed-passkey-blocked = 이 페이지 안에서는 패스키를 만들 수 없지만 { $app }에 들어가려면 패스키가 필요합니다. { $app }에 문의해 주세요.
needed-passkey-scripts = { $app }에 들어가려면 패스키가 필요합니다. 패스키에는 JavaScript가 필요하지만 여기서는 꺼져 있습니다. 켠 다음 다시 시작하세요.

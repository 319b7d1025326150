sandbox-badge = 테스트
sandbox-note = 테스트 모드: 실제 전화로는 아무것도 전송되지 않습니다. 메시지는 테스트 수신함에 도착합니다.
unnamed-app = 이 사이트

choose-title = 본인 확인
choose-text = { $phone } 번호로 인증 코드를 문자로 보내 드립니다.
choose-send = 문자로 코드 받기
choose-rates = 메시지 및 데이터 요금이 부과될 수 있습니다.

enter-title = 코드를 입력해 주세요
enter-text = { $phone } 번호로 { $digits }자리 코드를 보냈습니다. 도착까지 1분 정도 걸릴 수 있습니다.
enter-label = 코드
enter-too-soon = 다른 코드를 요청하기에는 아직 이릅니다. 이미 보낸 코드를 계속 사용하실 수 있습니다.
check-title = 코드를 확인해 주세요
code-malformed = 코드는 { $digits }자리입니다. 메시지에 있는 그대로 모두 입력해 주세요.
code-wrong = 코드가 올바르지 않습니다. 다시 확인하거나 새 코드를 받아 주세요.
tries-left = { $count }번 더 입력할 수 있습니다.
undelivered-title = 메시지가 전달되지 않았습니다
undelivered-text = { $phone } 번호로 보낸 문자가 전달되지 않았습니다. 다시 보내거나 { $app }에 번호 확인을 요청해 주세요.
undelivered-after-all = 코드가 뒤늦게 도착했나요?

continue = 계속
cancel = 취소
send-again = 코드 다시 보내기
send-new = 새 코드 보내기
resend-wait = { $wait }에 다른 코드를 받을 수 있습니다.
resend-used-up = 이번 로그인에서는 코드를 더 보낼 수 없습니다. 코드를 받지 못했다면 사이트에서 다시 시작해 주세요.

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
no-channel-text = { $app }에서 허용하는 확인 방법 중 여기에서 사용할 수 있는 것이 없습니다. { $app }에 문의해 주세요.
limited-title = 코드를 너무 많이 요청했습니다
limited-text = 코드 요청이 너무 많았습니다. { $wait }에 다시 시도하실 수 있습니다.
start-again-title = 다시 시작해 주세요
resume-text = 여기에서는 로그인을 계속할 수 없습니다. 사이트로 돌아가 다시 로그인해 주세요.
bad-token-text = 로그인을 계속할 수 없습니다. 사이트로 돌아가 다시 로그인해 주세요.
ended-text = 로그인을 계속할 수 없습니다. { $app }에서 다시 시작해 주세요.
fault-title = 처리하지 못했습니다
fault-text = 저희 쪽에 문제가 생겼습니다. 잠시 후 다시 시도해 주세요.
for-the-developer = 개발자용: { $code }

wait-seconds = { $count }초 후
wait-minutes = { $count }분 후
wait-hours = { $count }시간 후

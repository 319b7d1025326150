sandbox-badge = テスト
sandbox-note = テストモードです。実際の電話には何も送信されません。メッセージはテスト用の受信箱に届きます。
unnamed-app = このサイト

choose-title = ご本人確認
choose-text-sms = { $phone } にSMSで確認コードをお送りします。
choose-text-voice = { $phone } に電話をかけ、音声で確認コードをお伝えします。
choose-text-whatsapp = { $phone } にWhatsAppで確認コードをお送りします。
choose-text-several = { $phone } に確認コードをお送りします。受け取り方法をお選びください。
choose-sms = SMSでコードを受け取る
choose-voice = 電話でコードを受け取る
choose-whatsapp = WhatsAppでコードを受け取る
choose-rates = メッセージ料金やデータ通信料がかかる場合があります。
choose-back = 受け取ったコードを入力する
another-way = 別の方法を試す

enter-title = コードを入力してください
enter-text = { $phone } に{ $digits }桁のコードを送信しました。届くまで1分ほどかかることがあります。
enter-text-whatsapp = { $phone } にWhatsAppで{ $digits }桁のコードを送信しました。届くまで1分ほどかかることがあります。
sending-text = { $phone } に{ $digits }桁のコードを送信しています。
voice-title = 電話に出てください
voice-text = { $phone } に電話をかけています。音声でお伝えする{ $digits }桁のコードを入力してください。
enter-label = コード
enter-too-soon = 次のコードを送るにはまだ少し早いようです。送信済みのコードは引き続きご利用いただけます。
check-title = コードをご確認ください
code-malformed = コードは{ $digits }桁です。メッセージのとおりにすべて入力してください。
code-malformed-voice = コードは{ $digits }桁です。聞こえた順にすべて入力してください。
code-wrong = コードが正しくありません。もう一度確認するか、新しいコードを取得してください。
tries-left = あと{ $count }回入力できます。
undelivered-title = メッセージを届けられませんでした
undelivered-title-voice = 電話がつながりませんでした
undelivered-text-sms = { $phone } 宛てのSMSを届けられませんでした。
undelivered-text-voice = { $phone } への電話がつながりませんでした。
undelivered-text-whatsapp = { $phone } 宛てのWhatsAppメッセージを届けられませんでした。
undelivered-advice = もう一度試すか、別の方法をお試しください。それでも解決しない場合は、番号の確認を { $app } に依頼してください。
undelivered-after-all = あとから届いた場合はこちら

continue = 続ける
cancel = キャンセル
send-again = コードを再送信する
send-new = 新しいコードを送信する
call-again = もう一度電話を受ける
try-again = もう一度試す
resend-wait = { $wait }に次のコードを取得できます。
resend-now = 次のコードを取得できるようになりました。
resend-used-up = このログインでは、これ以上コードを送信できません。届いていない場合は、サイトからやり直してください。

totp-title = アプリのコードを入力
totp-text = 認証アプリを開き、{ $app }の{ $digits }桁のコードを入力してください。
totp-malformed = コードは{ $digits }桁です。アプリに表示されているとおり、すべて入力してください。
totp-wrong = コードが正しくありません。アプリに今表示されているコードを入力してください。
totp-used = そのコードはすでに使われています。アプリに次のコードが表示されるまでお待ちください。
totp-clock-off = 端末の時計がずれています。時刻を自動設定にしてから、アプリに表示されるコードを入力してください。
totp-used-up-text = このログインではアプリのコードを何度も間違えました。別の方法を試すか、{ $app }でやり直してください。
choose-totp = 認証アプリを使う
choose-text-mixed = どの方法で本人確認をしますか？

passed-title = 確認できました
passed-text = ありがとうございます。{ $app } にお戻りいただけます。

code-expired-title = コードの有効期限が切れました
code-expired-text = コードの有効期間は数分間です。
tries-used-up-title = 入力回数の上限に達しました
tries-used-up-text = このコードは入力回数の上限に達したため、もう使えません。
locked-title = コードは一時的にロックされています
locked-text = 誤ったコードが続けて入力されました。{ $wait }にもう一度お試しください。
locked-until-reset-title = コードはロックされています
locked-until-reset-text = 誤ったコードが続けて入力されました。アカウントのロック解除を { $app } に依頼してください。
already-done-title = 確認済みです
already-done-text = このログインは確認済みです。{ $app } で続けるか、最初からやり直してください。
cancelled-title = ログインをキャンセルしました
cancelled-text = 必要な場合は { $app } からやり直してください。
expired-title = ログインの制限時間を過ぎました
expired-text = { $app } からやり直してください。
no-channel-title = 確認する方法がありません
no-channel-allowed-text = { $app } では、ここで使える確認方法が許可されていません。{ $app } にお問い合わせください。
no-channel-enrolled-text = { $app } で必要な確認方法が、まだ設定されていません。{ $app } にお問い合わせください。
provider-down-text = 現在、コードを送信できません。しばらくしてからもう一度お試しいただくか、{ $app } にお問い合わせください。
limited-title = コードの送信回数が多すぎます
limited-text = コードが何度も請求されました。{ $wait }にもう一度お試しください。
start-again-title = やり直してください
resume-text = ここからログインを続けることはできません。サイトに戻って、もう一度ログインしてください。
bad-token-text = ログインを続けることはできません。サイトに戻って、もう一度ログインしてください。
ended-text = ログインを続けることはできません。{ $app } からやり直してください。
redirect-refused-text = このログインの戻り先のアドレスは、{ $app } で受け付けられなくなりました。前の画面に戻って、もう一度ログインしてください。
fault-title = 処理できませんでした
fault-text = こちら側で問題が発生しています。しばらくしてからもう一度お試しください。
for-the-developer = 開発者向け: { $code }

offline-text = オフラインです。入力内容は保持され、接続が回復すると送信されます。
expiring-title = まだご利用中ですか？
expiring-text = このログインの有効期限は{ $wait }に切れます。
expiring-extend = 時間を延長する
unsupported-text = お使いのブラウザーは古いため、このページの一部に対応していません。続けられない場合は、新しいブラウザーで { $app } を開いてください。
frame-blocked-text = このページの中にログイン画面を表示することはできません。
frame-blocked-open = 別のページで開く
close = 閉じる

wait-seconds = { $count }秒後
wait-minutes = { $count }分後
wait-hours = { $count }時間後

# Passkeys.
choose-webauthn = パスキーを使う
passkey-title = パスキーを使ってください
passkey-text = 指紋、顔、PIN、またはセキュリティキーの確認を端末が求めます。
passkey-use = パスキーを使う
passkey-wrong = そのパスキーでは確認できませんでした。もう一度試すか、別の方法を選んでください。
passkey-used-up-text = このログインではパスキーの試行回数が多すぎました。別の方法を選ぶか、{ $app } でもう一度始めてください。
passkey-copied = そのパスキーは複製されている可能性があるため、もう使えません。別の方法を選び、{ $app } に知らせてください。
passkey-none = このブラウザではパスキーを使えません。別の方法を選んでください。
passkey-cancelled = 確認されませんでした。もう一度試すか、この端末にパスキーがなければ別の方法を選んでください。
passkey-blocked = このページの中ではパスキーを使えません。別のウィンドウを開いてください。
passkey-blocked-here = このページの中ではパスキーを使えません。別の方法を選んでください。
passkey-open = 小さなウィンドウを開く
passkey-apart = 独立したページで開く
passkey-create-title = パスキーを作成
passkey-create-text = 次回からは、コードの代わりに指紋、顔、PIN、またはセキュリティキーで確認できます。
passkey-create = パスキーを作成する
passkey-known = この端末にはすでにパスキーがあります。
passkey-not-created = パスキーは作成されませんでした。もう一度試せます。
passkey-created-title = パスキーを作成しました
passkey-created-text = 次回からは { $app } での確認に使えます。
passkey-later = 今はしない
passkey-stray = このウィンドウは、すでに閉じられたログインのものです。閉じて、サイトでもう一度始めてください。
passkey-scripts = パスキーには JavaScript が必要ですが、ここでは無効になっています。別の方法を選んでください。
passkey-offer = 続けて、次回のためにパスキーを作成する

# Setting up an authenticator app, after a pass.
totp-offer = 続けて、次回のために認証アプリを設定する
totp-setup-title = 認証アプリを設定
totp-setup-text = この画像を認証アプリで読み取るか、この端末で認証アプリを開いてください。
totp-setup-picture = 認証アプリ用のQRコード
totp-setup-open = 認証アプリを開く
totp-setup-key = 読み取れない場合は、次のキーをアプリに入力してください。
totp-setup-confirm = 続けて、アプリに表示される{ $digits }桁のコードを入力してください。
totp-setup-instead = 代わりに認証アプリを使う
totp-enrolled-title = 認証アプリを設定しました
totp-enrolled-text = 次回からは { $app } での確認にアプリのコードを使えます。

# Backup codes: handed out after a pass, and used when a device is lost.
backup-codes-offer = バックアップコードがあれば、端末をなくしてもログインできます。各コードは1回だけ使えます。
backup-codes-get = バックアップコードを取得
backup-codes-new = 新しいバックアップコードを取得
backup-codes-title = バックアップコード
backup-codes-text = この端末がなくても見られる場所に保管してください。各コードは1回だけ使えます。表示されるのは今だけで、以前のコードはもう使えません。
backup-codes-copy = コピー
backup-codes-copied = コピーしました
backup-codes-download = ダウンロード
backup-codes-print = 印刷
backup-codes-saved = 保存しました
backup-codes-left = バックアップコードは残り{ $count }個です。
backup-codes-none = バックアップコードは残っていません。
choose-backup-code = バックアップコードを使う
backup-code-title = バックアップコードを入力
backup-code-text = { $app } 用に保存したバックアップコードを1つ入力してください。
backup-code-label = バックアップコード
backup-code-malformed = バックアップコードは10文字の英数字です。すべて入力してください。
backup-code-wrong = バックアップコードが正しくありません。確認するか、別のコードを入力してください。
backup-code-used = そのバックアップコードはすでに使われています。別のコードを入力してください。
backup-code-used-up-text = このログインではバックアップコードを何度も間違えました。別の方法を試すか、{ $app } でやり直してください。

# Trusted devices.
trust-offer = このデバイスを{ $count }日間信頼する
trust-title = このデバイスは信頼されています
trust-text = ここではコードは不要です。{ $app } に進んでください。

# Two proofs, and what is set up in place of one.
step-first = ステップ 1/2
step-second = ステップ 2/2。もう一つ別の方法での確認が必要です。
one-kind-only-text = { $app } では異なる二つの確認方法が必要ですが、一つしか設定されていません。{ $app } にお問い合わせください。
choose-set-up = 代わりにパスキーまたはアプリを設定する
set-up-title = 確認方法を設定してください
set-up-first-text = 今回と今後 { $app } にログインするときの本人確認の方法を選んでください。
set-up-second-text = { $app } では二つの確認方法が必要ですが、まだ一つしかありません。二つ目を今設定してください。
first-passkey-text = 今回と今後 { $app } にログインするときに、指紋、顔、PIN、またはセキュリティキーで確認します。
second-passkey-text = { $app } では二つの確認方法が必要ですが、まだ一つしかありません。パスキーが二つ目になります。
needed-passkey-none = このブラウザではパスキーを使えませんが、{ $app } に入るにはパスキーが必要です。別のブラウザまたは別のデバイスで最初からやり直してください。
needed-passkey-blocked = このページの中ではパスキーを作成できませんが、{ $app } に入るにはパスキーが必要です。{ $app } にお問い合わせください。
needed-passkey-scripts = { $app } に入るにはパスキーが必要です。パスキーには JavaScript が必要ですが、ここでは無効になっています。有効にして最初からやり直してください。

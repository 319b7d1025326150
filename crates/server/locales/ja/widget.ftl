sandbox-badge = テスト
sandbox-note = テストモードです。実際の電話には何も送信されません。メッセージはテスト用の受信箱に届きます。
unnamed-app = このサイト

choose-title = ご本人確認
choose-text = { $phone } にSMSで確認コードをお送りします。
choose-send = SMSでコードを受け取る
choose-rates = メッセージ料金やデータ通信料がかかる場合があります。

enter-title = コードを入力してください
enter-text = { $phone } に{ $digits }桁のコードを送信しました。届くまで1分ほどかかることがあります。
enter-label = コード
enter-too-soon = 次のコードを送るにはまだ少し早いようです。送信済みのコードは引き続きご利用いただけます。
check-title = コードをご確認ください
code-malformed = コードは{ $digits }桁です。メッセージのとおりにすべて入力してください。
code-wrong = コードが正しくありません。もう一度確認するか、新しいコードを取得してください。
tries-left = あと{ $count }回入力できます。
undelivered-title = メッセージを届けられませんでした
undelivered-text = { $phone } 宛てのSMSを届けられませんでした。もう一度送信するか、番号の確認を { $app } に依頼してください。
undelivered-after-all = あとから届いた場合はこちら

continue = 続ける
cancel = キャンセル
send-again = コードを再送信する
send-new = 新しいコードを送信する
resend-wait = { $wait }に次のコードを取得できます。
resend-used-up = このログインでは、これ以上コードを送信できません。届いていない場合は、サイトからやり直してください。

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
no-channel-text = { $app } では、ここで使える確認方法が許可されていません。{ $app } にお問い合わせください。
limited-title = コードの送信回数が多すぎます
limited-text = コードが何度も請求されました。{ $wait }にもう一度お試しください。
start-again-title = やり直してください
resume-text = ここからログインを続けることはできません。サイトに戻って、もう一度ログインしてください。
bad-token-text = ログインを続けることはできません。サイトに戻って、もう一度ログインしてください。
ended-text = ログインを続けることはできません。{ $app } からやり直してください。
fault-title = 処理できませんでした
fault-text = こちら側で問題が発生しています。しばらくしてからもう一度お試しください。
for-the-developer = 開発者向け: { $code }

wait-seconds = { $count }秒後
wait-minutes = { $count }分後
wait-hours = { $count }時間後

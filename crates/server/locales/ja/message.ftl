code-message = { $code } は { $app } の確認コードです。誰にも教えないでください。
voice-message = { $app } の確認コードは、{ $code } です。もう一度お伝えします。{ $code } です。失礼いたします。
# What is told by a text message when the ways into an account change; one line, short enough for one message.
notice-passkey-created = { $app } のアカウントにパスキーが追加されました。心当たりがない場合は { $app } にお知らせください。
notice-app-set-up = { $app } のアカウントに認証アプリが設定されました。心当たりがない場合は { $app } にお知らせください。
notice-backup-codes-made = { $app } のアカウントに新しいバックアップコードが発行されました。心当たりがない場合は { $app } にお知らせください。
notice-factor-removed = { $app } のアカウントから確認方法が 1 つ削除されました。心当たりがない場合は { $app } にお知らせください。
notice-factors-reset = { $app } のアカウントから確認方法がすべて削除されました。心当たりがない場合は { $app } にお知らせください。
notice-phone-changed = { $app } のアカウントの電話番号が変わりました。心当たりがない場合は { $app } にお知らせください。

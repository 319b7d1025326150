code-message = { $code } は { $app } の確認コードです。誰にも教えないでください。
voice-message = { $app } の確認コードは、{ $code } です。もう一度お伝えします。{ $code } です。失礼いたします。

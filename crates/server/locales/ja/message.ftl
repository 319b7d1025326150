code-message = { $code } は { $app } の確認コードです。誰にも教えないでください。

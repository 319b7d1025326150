code-message = { $code } adalah kode { $app } Anda. Jangan berikan kepada siapa pun.
voice-message = Kode { $app } Anda adalah { $code }. Sekali lagi: { $code }. Terima kasih.

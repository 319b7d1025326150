code-message = { $code } adalah kode { $app } Anda. Jangan berikan kepada siapa pun.
voice-message = Kode { $app } Anda adalah { $code }. Sekali lagi: { $code }. Terima kasih.
# What is told by a text message when the ways into an account change; one line, short enough for one message.
notice-passkey-created = Passkey ditambahkan ke akun { $app } Anda. Bukan Anda? Beri tahu { $app }.
notice-app-set-up = Aplikasi autentikator disiapkan untuk akun { $app } Anda. Bukan Anda? Beri tahu { $app }.
notice-backup-codes-made = Kode cadangan baru dibuat untuk akun { $app } Anda. Bukan Anda? Beri tahu { $app }.
notice-factor-removed = Satu cara konfirmasi dihapus dari akun { $app } Anda. Bukan Anda? Beri tahu { $app }.
notice-factors-reset = Semua cara konfirmasi dihapus dari akun { $app } Anda. Bukan Anda? Beri tahu { $app }.
notice-phone-changed = Akun { $app } Anda kini memakai nomor telepon lain. Bukan Anda? Beri tahu { $app }.

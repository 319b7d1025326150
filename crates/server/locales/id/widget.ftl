sandbox-badge = Uji coba
sandbox-note = Mode uji coba: tidak ada yang dikirim ke telepon sungguhan. Pesan masuk ke kotak masuk uji coba.
unnamed-app = situs ini

choose-title = Konfirmasikan bahwa ini Anda
choose-text = Kami akan mengirim kode lewat SMS ke { $phone }.
choose-send = Kirimi saya kode
choose-rates = Tarif pesan dan data mungkin berlaku.

enter-title = Masukkan kode
enter-text = Kami telah mengirim kode { $digits } digit ke { $phone }. Mungkin perlu satu menit.
enter-label = Kode
enter-too-soon = Masih terlalu dini untuk meminta kode lain. Kode yang sedang dikirim masih berlaku.
check-title = Periksa kode
code-malformed = Kode terdiri dari { $digits } digit. Ketik semuanya seperti yang tertera di pesan.
code-wrong = Kode itu tidak tepat. Periksa lagi atau minta kode baru.
tries-left = Sisa { $count } kali percobaan.
undelivered-title = Pesan tidak terkirim
undelivered-text = SMS ke { $phone } tidak dapat dikirim. Kirim ulang, atau minta { $app } memeriksa nomornya.
undelivered-after-all = Ternyata kodenya sampai?

continue = Lanjutkan
cancel = Batal
send-again = Kirim ulang kode
send-new = Kirim kode baru
resend-wait = Anda dapat meminta kode lain { $wait }.
resend-used-up = Tidak ada lagi kode yang dapat dikirim untuk login ini. Jika tidak ada kode yang sampai, mulai lagi dari situs.

passed-title = Terkonfirmasi
passed-text = Terima kasih. Anda dapat kembali ke { $app }.

code-expired-title = Kode itu sudah kedaluwarsa
code-expired-text = Kode hanya berlaku beberapa menit.
tries-used-up-title = Terlalu banyak percobaan
tries-used-up-text = Kode itu sudah terlalu sering dicoba dan tidak dapat dipakai lagi.
locked-title = Kode dikunci untuk sementara
locked-text = Terlalu banyak kode salah berturut-turut. Anda dapat mencoba lagi { $wait }.
locked-until-reset-title = Kode dikunci
locked-until-reset-text = Terlalu banyak kode salah berturut-turut. Minta { $app } membuka kunci akun Anda.
already-done-title = Sudah dikonfirmasi
already-done-text = Login ini sudah dikonfirmasi. Lanjutkan di { $app }, atau mulai lagi dari sana.
cancelled-title = Login dibatalkan
cancelled-text = Jika Anda mau, mulai lagi di { $app }.
expired-title = Login ini terlalu lama
expired-text = Mulai lagi di { $app }.
no-channel-title = Tidak ada cara untuk konfirmasi
no-channel-text = { $app } tidak mengizinkan cara konfirmasi yang dapat dipakai di sini. Mintalah bantuan mereka.
limited-title = Terlalu banyak kode
limited-text = Terlalu banyak kode diminta. Anda dapat mencoba lagi { $wait }.
start-again-title = Mulai lagi
resume-text = Login ini tidak dapat dilanjutkan dari sini. Kembali ke situs dan login lagi.
bad-token-text = Login ini tidak dapat dilanjutkan. Kembali ke situs dan login lagi.
ended-text = Login ini tidak dapat dilanjutkan. Mulai lagi di { $app }.
fault-title = Belum berhasil
fault-text = Ada gangguan di pihak kami. Coba lagi sebentar lagi.
for-the-developer = Untuk pengembang: { $code }

wait-seconds = dalam { $count } detik
wait-minutes = dalam { $count } menit
wait-hours = dalam { $count } jam

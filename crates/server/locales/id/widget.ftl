sandbox-badge = Uji coba
sandbox-note = Mode uji coba: tidak ada yang dikirim ke telepon sungguhan. Pesan masuk ke kotak masuk uji coba.
unnamed-app = situs ini

choose-title = Konfirmasikan bahwa ini Anda
choose-text-sms = Kami akan mengirim kode lewat SMS ke { $phone }.
choose-text-voice = Kami akan menelepon { $phone } dan membacakan kode.
choose-text-whatsapp = Kami akan mengirim kode lewat WhatsApp ke { $phone }.
choose-text-several = Kami akan mengirim kode ke { $phone }. Bagaimana Anda ingin menerimanya?
choose-sms = Kirim kode lewat SMS
choose-voice = Bacakan kode lewat telepon
choose-whatsapp = Kirim kode lewat WhatsApp
choose-rates = Tarif pesan dan data mungkin berlaku.
choose-back = Saya sudah punya kode
another-way = Coba cara lain

enter-title = Masukkan kode
enter-text = Kami telah mengirim kode { $digits } digit ke { $phone }. Mungkin perlu satu menit.
enter-text-whatsapp = Kami telah mengirim kode { $digits } digit lewat WhatsApp ke { $phone }. Mungkin perlu satu menit.
sending-text = Kami sedang mengirim kode { $digits } digit ke { $phone }.
voice-title = Jawab panggilan
voice-text = Kami sedang menelepon { $phone }. Ketik kode { $digits } digit yang Anda dengar.
enter-label = Kode
enter-too-soon = Masih terlalu dini untuk meminta kode lain. Kode yang sedang dikirim masih berlaku.
check-title = Periksa kode
code-malformed = Kode terdiri dari { $digits } digit. Ketik semuanya seperti yang tertera di pesan.
code-malformed-voice = Kode terdiri dari { $digits } digit. Ketik semuanya sesuai urutan yang Anda dengar.
code-wrong = Kode itu tidak tepat. Periksa lagi atau minta kode baru.
tries-left = Sisa { $count } kali percobaan.
undelivered-title = Pesan tidak terkirim
undelivered-title-voice = Panggilan gagal
undelivered-text-sms = SMS ke { $phone } tidak dapat dikirim.
undelivered-text-voice = Panggilan ke { $phone } tidak tersambung.
undelivered-text-whatsapp = Pesan WhatsApp ke { $phone } tidak dapat dikirim.
undelivered-advice = Coba lagi atau gunakan cara lain. Jika tetap tidak berhasil, minta { $app } memeriksa nomornya.
undelivered-after-all = Ternyata kodenya sampai?

continue = Lanjutkan
cancel = Batal
send-again = Kirim ulang kode
send-new = Kirim kode baru
call-again = Telepon saya lagi
try-again = Coba lagi
resend-wait = Anda dapat meminta kode lain { $wait }.
resend-now = Anda dapat meminta kode lain sekarang.
resend-used-up = Tidak ada lagi kode yang dapat dikirim untuk login ini. Jika tidak ada kode yang sampai, mulai lagi dari situs.

totp-title = Masukkan kode dari aplikasi Anda
totp-text = Buka aplikasi autentikator Anda dan ketik kode { $digits } digit untuk { $app }.
totp-malformed = Kode terdiri dari { $digits } digit. Ketik semuanya seperti yang ditampilkan aplikasi Anda.
totp-wrong = Kode itu tidak benar. Ketik kode yang ditampilkan aplikasi Anda sekarang.
totp-used = Kode itu sudah dipakai. Tunggu sampai aplikasi Anda menampilkan kode berikutnya.
totp-clock-off = Jam perangkat Anda tidak tepat. Setel waktu ke otomatis, lalu ketik kode yang ditampilkan aplikasi Anda.
totp-used-up-text = Kode dari aplikasi Anda terlalu sering salah dalam login ini. Coba cara lain, atau mulai lagi di { $app }.
choose-totp = Gunakan aplikasi autentikator saya
choose-text-mixed = Bagaimana Anda ingin mengonfirmasi bahwa ini Anda?

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
no-channel-allowed-text = { $app } tidak mengizinkan cara konfirmasi yang dapat dipakai di sini. Mintalah bantuan mereka.
no-channel-enrolled-text = { $app } meminta cara konfirmasi yang belum disiapkan untuk Anda. Mintalah bantuan mereka.
provider-down-text = Kode tidak dapat dikirim saat ini. Coba lagi nanti, atau mintalah bantuan { $app }.
limited-title = Terlalu banyak kode
limited-text = Terlalu banyak kode diminta. Anda dapat mencoba lagi { $wait }.
start-again-title = Mulai lagi
resume-text = Login ini tidak dapat dilanjutkan dari sini. Kembali ke situs dan login lagi.
bad-token-text = Login ini tidak dapat dilanjutkan. Kembali ke situs dan login lagi.
ended-text = Login ini tidak dapat dilanjutkan. Mulai lagi di { $app }.
redirect-refused-text = { $app } tidak lagi menerima alamat tujuan setelah login ini. Kembali dan login lagi.
fault-title = Belum berhasil
fault-text = Ada gangguan di pihak kami. Coba lagi sebentar lagi.
for-the-developer = Untuk pengembang: { $code }

offline-text = Anda sedang offline. Yang Anda ketik tetap tersimpan dan akan dikirim begitu Anda tersambung lagi.
expiring-title = Masih di sana?
expiring-text = Login ini akan berakhir { $wait }.
expiring-extend = Saya perlu waktu lagi
unsupported-text = Browser ini terlalu usang untuk beberapa bagian halaman ini. Jika Anda tidak dapat melanjutkan, buka { $app } di browser yang lebih baru.
frame-blocked-text = Login ini tidak dapat ditampilkan di dalam halaman ini.
frame-blocked-open = Buka di halaman tersendiri
close = Tutup

wait-seconds = dalam { $count } detik
wait-minutes = dalam { $count } menit
wait-hours = dalam { $count } jam

# Passkeys.
choose-webauthn = Gunakan kunci sandi
passkey-title = Gunakan kunci sandi Anda
passkey-text = Perangkat akan meminta sidik jari, wajah, PIN, atau kunci keamanan Anda.
passkey-use = Gunakan kunci sandi
passkey-wrong = Kunci sandi itu tidak berhasil. Coba lagi atau dengan cara lain.
passkey-used-up-text = Kunci sandi terlalu sering dicoba dalam proses masuk ini. Coba cara lain, atau mulai lagi di { $app }.
passkey-copied = Kunci sandi itu tidak dapat digunakan lagi: tampaknya ada salinannya. Coba cara lain, dan beri tahu { $app }.
passkey-none = Browser ini tidak dapat menggunakan kunci sandi. Coba cara lain.
passkey-cancelled = Tidak ada yang dikonfirmasi. Coba lagi, atau dengan cara lain jika Anda tidak punya kunci sandi di perangkat ini.
passkey-blocked = Kunci sandi tidak dapat digunakan di dalam halaman ini. Buka jendela tersendiri untuk itu.
passkey-blocked-here = Kunci sandi tidak dapat digunakan di dalam halaman ini. Coba cara lain.
passkey-open = Buka jendela kecil
passkey-apart = Buka di halaman tersendiri
passkey-create-title = Buat kunci sandi
passkey-create-text = Lain kali, konfirmasi dengan sidik jari, wajah, PIN, atau kunci keamanan, bukan dengan kode.
passkey-create = Buat kunci sandi
passkey-known = Perangkat ini sudah memiliki kunci sandi Anda.
passkey-not-created = Kunci sandi tidak dibuat. Anda dapat mencoba lagi.
passkey-created-title = Kunci sandi dibuat
passkey-created-text = Lain kali Anda dapat menggunakannya untuk mengonfirmasi di { $app }.
passkey-later = Nanti saja
passkey-stray = Jendela ini milik proses masuk yang sudah tidak terbuka. Tutup dan mulai lagi di situsnya.
passkey-scripts = Kunci sandi memerlukan JavaScript, yang dimatikan di sini. Coba cara lain.
passkey-offer = Lalu buat kunci sandi untuk lain kali

# Setting up an authenticator app, after a pass.
totp-offer = Lalu siapkan aplikasi autentikator untuk lain kali
totp-setup-title = Siapkan aplikasi autentikator Anda
totp-setup-text = Pindai gambar ini dengan aplikasi autentikator Anda, atau buka aplikasinya di perangkat ini.
totp-setup-picture = Kode QR untuk aplikasi autentikator Anda
totp-setup-open = Buka aplikasi autentikator saya
totp-setup-key = Tidak dapat memindai? Ketik kunci ini di aplikasi:
totp-setup-confirm = Lalu ketik kode { $digits } digit yang ditampilkan aplikasi.
totp-setup-instead = Gunakan aplikasi autentikator sebagai gantinya
totp-enrolled-title = Aplikasi autentikator sudah siap
totp-enrolled-text = Lain kali Anda dapat mengonfirmasi dengan kode dari aplikasi itu di { $app }.

# Backup codes: handed out after a pass, and used when a device is lost.
backup-codes-offer = Dengan kode cadangan, Anda tetap dapat masuk meskipun perangkat Anda hilang. Setiap kode hanya berlaku sekali.
backup-codes-get = Dapatkan kode cadangan
backup-codes-new = Dapatkan kode cadangan baru
backup-codes-title = Kode cadangan Anda
backup-codes-text = Simpan di tempat yang dapat Anda temukan tanpa perangkat ini. Setiap kode hanya berlaku sekali. Kode hanya ditampilkan sekarang, dan kode sebelumnya tidak berlaku lagi.
backup-codes-copy = Salin
backup-codes-copied = Tersalin
backup-codes-download = Unduh
backup-codes-print = Cetak
backup-codes-saved = Sudah saya simpan
backup-codes-left = Sisa { $count } kode cadangan.
backup-codes-none = Kode cadangan Anda sudah habis.
choose-backup-code = Gunakan kode cadangan
backup-code-title = Masukkan kode cadangan
backup-code-text = Ketik salah satu kode cadangan yang Anda simpan untuk { $app }.
backup-code-label = Kode cadangan
backup-code-malformed = Kode cadangan terdiri dari 10 huruf dan angka. Ketik semuanya.
backup-code-wrong = Kode cadangan itu tidak benar. Periksa lagi, atau ketik kode lain.
backup-code-used = Kode cadangan itu sudah dipakai. Ketik kode lain.
backup-code-used-up-text = Kode cadangan terlalu sering salah dalam login ini. Coba cara lain, atau mulai lagi di { $app }.

# Trusted devices.
trust-offer = Percayai perangkat ini selama { $count } hari
trust-title = Perangkat ini tepercaya
trust-text = Tidak perlu kode di sini. Lanjutkan ke { $app }.

# Two proofs, and what is set up in place of one.
step-first = Langkah 1 dari 2
step-second = Langkah 2 dari 2. Masih perlu satu cara konfirmasi lagi.
one-kind-only-text = { $app } meminta dua cara konfirmasi yang berbeda, dan baru satu yang disiapkan untuk Anda. Mintalah bantuan mereka.
choose-set-up = Siapkan kunci sandi atau aplikasi saja
set-up-title = Siapkan cara konfirmasi
set-up-first-text = Pilih cara Anda mengonfirmasi bahwa ini Anda, sekarang dan setiap kali masuk ke { $app }.
set-up-second-text = { $app } meminta dua cara konfirmasi, dan Anda baru punya satu. Siapkan yang kedua sekarang.
first-passkey-text = Konfirmasi dengan sidik jari, wajah, PIN, atau kunci keamanan, sekarang dan setiap kali masuk ke { $app }.
second-passkey-text = { $app } meminta dua cara konfirmasi, dan Anda baru punya satu. Kunci sandi akan menjadi yang kedua.
needed-passkey-none = Browser ini tidak dapat menggunakan kunci sandi, dan { $app } hanya mengizinkan Anda masuk dengan itu. Mulai lagi di browser atau perangkat lain.
needed-passkey-blocked = Kunci sandi tidak dapat dibuat di dalam halaman ini, dan { $app } hanya mengizinkan Anda masuk dengan itu. Mintalah bantuan mereka.
needed-passkey-scripts = { $app } hanya mengizinkan Anda masuk dengan kunci sandi. Kunci sandi memerlukan JavaScript, yang dimatikan di sini. Aktifkan lalu mulai lagi.

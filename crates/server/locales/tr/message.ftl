code-message = { $code } { $app } kodunuzdur. Kimseyle paylaşmayın.
voice-message = { $app } sitesi için kodunuzu okuyorum. { $code } kodunu girin. Tekrar ediyorum: { $code } kodunu girin. İyi günler.
# What is told by a text message when the ways into an account change; one line, short enough for one message.
notice-passkey-created = { $app } hesabınıza bir geçiş anahtarı eklendi. Siz değil miydiniz? { $app } ile görüşün.
notice-app-set-up = { $app } hesabınız için kimlik doğrulama uygulaması kuruldu. Siz değil miydiniz? { $app } ile görüşün.
notice-backup-codes-made = { $app } hesabınız için yeni yedek kodlar oluşturuldu. Siz değil miydiniz? { $app } ile görüşün.
notice-factor-removed = { $app } hesabınızdan bir onay yolu kaldırıldı. Siz değil miydiniz? { $app } ile görüşün.
notice-factors-reset = { $app } hesabınızdan tüm onay yolları kaldırıldı. Siz değil miydiniz? { $app } ile görüşün.
notice-phone-changed = { $app } hesabınız artık başka bir telefon numarası kullanıyor. Siz değil miydiniz? { $app } ile görüşün.

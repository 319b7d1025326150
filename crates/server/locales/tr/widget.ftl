sandbox-badge = Test
sandbox-note = Test modu: Gerçek bir telefona hiçbir şey gönderilmez. Mesajlar test gelen kutusuna düşer.
unnamed-app = web

choose-title = Siz olduğunuzu doğrulayın
choose-text-sms = { $phone } numarasına SMS ile bir kod göndereceğiz.
choose-text-voice = { $phone } numarasını arayıp size bir kod okuyacağız.
choose-text-whatsapp = { $phone } numarasına WhatsApp ile bir kod göndereceğiz.
choose-text-several = { $phone } numarasına bir kod göndereceğiz. Kodu nasıl almak istersiniz?
choose-sms = SMS ile kod al
choose-voice = Telefonla kod al
choose-whatsapp = WhatsApp ile kod al
choose-rates = Operatörünüz mesaj ve veri ücreti alabilir.
choose-back = Zaten bir kodum var
another-way = Başka bir yol dene

enter-title = Kodu girin
enter-text = { $phone } numarasına { $digits } haneli bir kod gönderdik. Ulaşması bir dakika sürebilir.
enter-text-whatsapp = { $phone } numarasına WhatsApp ile { $digits } haneli bir kod gönderdik. Ulaşması bir dakika sürebilir.
sending-text = { $phone } numarasına { $digits } haneli bir kod gönderiyoruz.
voice-title = Aramayı yanıtlayın
voice-text = { $phone } numarasını arıyoruz. Duyduğunuz { $digits } haneli kodu girin.
enter-label = Kod
enter-too-soon = Yeni bir kod için henüz biraz erken. Gönderilmiş olan kod hâlâ geçerli.
check-title = Kodu kontrol edin
code-malformed = Kod { $digits } hanelidir. Tamamını mesajda yazdığı gibi girin.
code-malformed-voice = Kod { $digits } hanelidir. Tamamını duyduğunuz sırayla girin.
code-wrong = Bu kod doğru değil. Kontrol edin veya yeni bir kod isteyin.
tries-left =
    { $count ->
        [one] { $count } deneme hakkınız kaldı.
       *[other] { $count } deneme hakkınız kaldı.
    }
undelivered-title = Mesaj iletilemedi
undelivered-title-voice = Arama başarısız oldu
undelivered-text-sms = { $phone } numarasına gönderilen SMS iletilemedi.
undelivered-text-voice = { $phone } numarasına ulaşılamadı.
undelivered-text-whatsapp = { $phone } numarasına gönderilen WhatsApp mesajı iletilemedi.
undelivered-advice = Yeniden deneyin veya başka bir yol seçin. Hiçbiri işe yaramazsa { $app } destek ekibinden numarayı kontrol etmesini isteyin.
undelivered-after-all = Kod yine de geldi mi?

continue = Devam et
cancel = İptal
send-again = Kodu yeniden gönder
send-new = Yeni kod gönder
call-again = Beni yeniden ara
try-again = Yeniden dene
resend-wait = { $wait } yeni bir kod isteyebilirsiniz.
resend-now = Şimdi yeni bir kod isteyebilirsiniz.
resend-used-up = Bu girişte başka kod gönderilemez. Hiç kod gelmediyse siteden yeniden başlayın.

totp-title = Uygulamanızdaki kodu girin
totp-text = Kimlik doğrulama uygulamanızı açın ve { $app } için { $digits } haneli kodu yazın.
totp-malformed = Kod { $digits } hanelidir. Hepsini uygulamanızın gösterdiği gibi yazın.
totp-wrong = Bu kod doğru değil. Uygulamanızın şimdi gösterdiğini yazın.
totp-used = Bu kod zaten kullanıldı. Uygulamanız sonrakini gösterene kadar bekleyin.
totp-clock-off = Cihazınızın saati yanlış. Saati otomatiğe alın, sonra uygulamanızın gösterdiği kodu yazın.
totp-used-up-text = Uygulamanızın kodları bu girişte çok kez yanlıştı. Başka bir yol deneyin veya { $app } üzerinden yeniden başlayın.
choose-totp = Kimlik doğrulama uygulamamı kullan
choose-text-mixed = Siz olduğunuzu nasıl doğrulamak istersiniz?

passed-title = Doğrulandı
passed-text = Teşekkür ederiz. { $app } sitesine dönebilirsiniz.

code-expired-title = Bu kodun süresi doldu
code-expired-text = Kodlar yalnızca birkaç dakika geçerlidir.
tries-used-up-title = Çok fazla deneme
tries-used-up-text = Bu kod çok fazla denendi ve artık kullanılamaz.
locked-title = Kodlar şimdilik kilitli
locked-text = Art arda çok fazla yanlış kod girildi. { $wait } yeniden deneyebilirsiniz.
locked-until-reset-title = Kodlar kilitli
locked-until-reset-text = Art arda çok fazla yanlış kod girildi. { $app } destek ekibinden hesabınızın kilidini açmasını isteyin.
already-done-title = Zaten doğrulandı
already-done-text = Bu giriş doğrulandı. { $app } sitesinde devam edin veya oradan yeniden başlayın.
cancelled-title = Giriş iptal edildi
cancelled-text = Dilerseniz { $app } sitesinden yeniden başlayabilirsiniz.
expired-title = Bu giriş çok uzun sürdü
expired-text = { $app } sitesinden yeniden başlayın.
no-channel-title = Doğrulama yapılamıyor
no-channel-allowed-text = { $app } sitesi burada çalışan hiçbir doğrulama yöntemine izin vermiyor. Destek ekibinden yardım isteyin.
no-channel-enrolled-text = { $app } sitesi sizin için henüz ayarlanmamış bir doğrulama yöntemi istiyor. Destek ekibinden yardım isteyin.
provider-down-text = Şu anda kod gönderilemiyor. Daha sonra yeniden deneyin veya { $app } destek ekibinden yardım isteyin.
limited-title = Çok fazla kod
limited-text = Çok fazla kod istendi. { $wait } yeniden deneyebilirsiniz.
start-again-title = Yeniden başlayın
resume-text = Bu girişe buradan devam edilemez. Siteye dönüp yeniden giriş yapın.
bad-token-text = Bu girişe devam edilemez. Siteye dönüp yeniden giriş yapın.
ended-text = Bu girişe devam edilemez. { $app } sitesinden yeniden başlayın.
redirect-refused-text = { $app } sitesi, bu girişin döneceği adresi artık kabul etmiyor. Geri dönüp yeniden giriş yapın.
fault-title = İşlem tamamlanamadı
fault-text = Bizden kaynaklanan bir sorun var. Birazdan yeniden deneyin.
for-the-developer = Geliştirici için: { $code }

offline-text = Çevrimdışısınız. Yazdıklarınız korunuyor ve yeniden bağlandığınızda hemen gönderilecek.
expiring-title = Hâlâ orada mısınız?
expiring-text = Bu girişin süresi { $wait } dolacak.
expiring-extend = Daha fazla süreye ihtiyacım var
unsupported-text = Bu tarayıcı, bu sayfanın bazı bölümleri için çok eski. Devam edemiyorsanız { $app } sitesini daha yeni bir tarayıcıda açın.
frame-blocked-text = Bu giriş, bu sayfanın içinde gösterilemiyor.
frame-blocked-open = Ayrı bir sayfada aç
close = Kapat

wait-seconds =
    { $count ->
        [one] { $count } saniye sonra
       *[other] { $count } saniye sonra
    }
wait-minutes =
    { $count ->
        [one] { $count } dakika sonra
       *[other] { $count } dakika sonra
    }
wait-hours =
    { $count ->
        [one] { $count } saat sonra
       *[other] { $count } saat sonra
    }

# Passkeys.
choose-webauthn = Geçiş anahtarı kullan
passkey-title = Geçiş anahtarınızı kullanın
passkey-text = Cihazınız parmak izinizi, yüzünüzü, PIN'inizi veya güvenlik anahtarınızı isteyecek.
passkey-use = Geçiş anahtarını kullan
passkey-wrong = Bu geçiş anahtarı işe yaramadı. Yeniden veya başka bir yolla deneyin.
passkey-used-up-text = Bu girişte geçiş anahtarları çok fazla denendi. Başka bir yol deneyin veya { $app } sitesinde yeniden başlayın.
passkey-copied = Bu geçiş anahtarı artık kullanılamaz: bir kopyası var gibi görünüyor. Başka bir yol deneyin ve { $app } sitesine haber verin.
passkey-none = Bu tarayıcı geçiş anahtarlarını kullanamıyor. Başka bir yol deneyin.
passkey-cancelled = Hiçbir şey onaylanmadı. Yeniden deneyin veya bu cihazda geçiş anahtarınız yoksa başka bir yol deneyin.
passkey-blocked = Geçiş anahtarları bu sayfanın içinde kullanılamaz. Bunun için ayrı bir pencere açın.
passkey-blocked-here = Geçiş anahtarları bu sayfanın içinde kullanılamaz. Başka bir yol deneyin.
passkey-open = Küçük bir pencere aç
passkey-apart = Ayrı bir sayfada aç
passkey-create-title = Geçiş anahtarı oluşturun
passkey-create-text = Bir dahaki sefere kod yerine parmak izinizle, yüzünüzle, PIN'inizle veya güvenlik anahtarınızla onaylayın.
passkey-create = Geçiş anahtarı oluştur
passkey-known = Geçiş anahtarınız bu cihazda zaten var.
passkey-not-created = Geçiş anahtarı oluşturulmadı. Yeniden deneyebilirsiniz.
passkey-created-title = Geçiş anahtarı oluşturuldu
passkey-created-text = Bir dahaki sefere { $app } sitesinde onunla onaylayabilirsiniz.
passkey-later = Şimdi değil
passkey-stray = Bu pencere artık açık olmayan bir girişe ait. Kapatın ve sitede yeniden başlayın.
passkey-scripts = Geçiş anahtarları JavaScript gerektirir; burada kapalı. Başka bir yol deneyin.
passkey-offer = Ardından bir dahaki sefer için geçiş anahtarı oluştur

# Setting up an authenticator app, after a pass.
totp-offer = Ardından bir dahaki sefer için kimlik doğrulama uygulaması kur
totp-setup-title = Kimlik doğrulama uygulamanızı kurun
totp-setup-text = Bu görseli kimlik doğrulama uygulamanızla tarayın veya uygulamayı bu cihazda açın.
totp-setup-picture = Kimlik doğrulama uygulamanız için QR kodu
totp-setup-open = Kimlik doğrulama uygulamamı aç
totp-setup-key = Tarayamıyor musunuz? Bu anahtarı uygulamaya yazın:
totp-setup-confirm = Sonra uygulamanın gösterdiği { $digits } haneli kodu yazın.
totp-setup-instead = Bunun yerine kimlik doğrulama uygulaması kullan
totp-enrolled-title = Kimlik doğrulama uygulaması kuruldu
totp-enrolled-text = Bir dahaki sefere { $app } sitesinde bu uygulamanın kodlarıyla onaylayabilirsiniz.

# Backup codes: handed out after a pass, and used when a device is lost.
backup-codes-offer = Yedek kodlarla, cihazınızı kaybetseniz bile giriş yapabilirsiniz. Her kod bir kez kullanılabilir.
backup-codes-get = Yedek kod al
backup-codes-new = Yeni yedek kod al
backup-codes-title = Yedek kodlarınız
backup-codes-text = Bu cihaz olmadan da bulabileceğiniz bir yerde saklayın. Her kod bir kez kullanılabilir. Kodlar yalnızca şimdi gösterilir ve öncekiler artık geçerli değildir.
backup-codes-copy = Kopyala
backup-codes-copied = Kopyalandı
backup-codes-download = İndir
backup-codes-print = Yazdır
backup-codes-saved = Kaydettim
backup-codes-left =
    { $count ->
        [one] { $count } yedek kodunuz kaldı.
       *[other] { $count } yedek kodunuz kaldı.
    }
backup-codes-none = Yedek kodunuz kalmadı.
choose-backup-code = Yedek kod kullan
backup-code-title = Yedek kod girin
backup-code-text = { $app } için kaydettiğiniz yedek kodlardan birini yazın.
backup-code-label = Yedek kod
backup-code-malformed = Yedek kod 10 harf ve rakamdan oluşur. Hepsini yazın.
backup-code-wrong = Bu yedek kod doğru değil. Kontrol edin veya başka bir kod yazın.
backup-code-used = Bu yedek kod zaten kullanıldı. Başka bir kod yazın.
backup-code-used-up-text = Bu girişte yedek kodlar çok kez yanlış girildi. Başka bir yol deneyin veya { $app } sitesinde yeniden başlayın.

# Trusted devices.
trust-offer =
    { $count ->
        [one] Bu cihaza { $count } gün güven
       *[other] Bu cihaza { $count } gün güven
    }
trust-title = Bu cihaz güvenilir
trust-text = Burada kod gerekmiyor. { $app } sitesine devam edin.

# Two proofs, and what is set up in place of one.
step-first = Adım 1 / 2
step-second = Adım 2 / 2. Bir doğrulama yöntemi daha gerekiyor.
one-kind-only-text = { $app } sitesi iki farklı doğrulama yöntemi istiyor, sizin için yalnızca biri ayarlı. Destek ekibinden yardım isteyin.
choose-set-up = Bunun yerine geçiş anahtarı veya uygulama kurun
set-up-title = Bir doğrulama yöntemi kurun
set-up-first-text = Şimdi ve { $app } sitesine her girişinizde kimliğinizi nasıl doğrulayacağınızı seçin.
set-up-second-text = { $app } sitesi iki doğrulama yöntemi istiyor, sizde şimdilik yalnızca bir tane var. İkincisini şimdi kurun.
first-passkey-text = Şimdi ve { $app } sitesine her girişinizde parmak izinizle, yüzünüzle, PIN'inizle veya güvenlik anahtarınızla onaylayın.
second-passkey-text = { $app } sitesi iki doğrulama yöntemi istiyor, sizde şimdilik yalnızca bir tane var. İkincisi bir geçiş anahtarı olacak.
needed-passkey-none = Bu tarayıcı geçiş anahtarlarını kullanamıyor, { $app } sitesi ise sizi yalnızca onunla içeri alıyor. Başka bir tarayıcıda veya cihazda yeniden başlayın.
needed-passkey-blocked = Geçiş anahtarları bu sayfanın içinde oluşturulamaz, { $app } sitesi ise sizi yalnızca onunla içeri alıyor. Destek ekibinden yardım isteyin.
needed-passkey-scripts = { $app } sitesi sizi yalnızca bir geçiş anahtarıyla içeri alıyor. Geçiş anahtarları JavaScript gerektirir; burada kapalı. Açın ve yeniden başlayın.

# Where end users look after the ways by which they confirm logins. $date is a day, as in: 3 May 2026.
factor-link-text = { $app } sitesine girişlerinizi nasıl doğruladığınızı görün; doğrulama yöntemleri ekleyin, adlandırın veya kaldırın. Önce siz olduğunuzu doğrulayın.
factor-link-used-title = Bu bağlantı zaten kullanıldı
factor-link-used-text = Bağlantı bir kez kullanılabilir. { $app } sitesinden yenisini alın.
factors-title = Giriş doğrulama yöntemleriniz
factors-phone = Kodlar { $phone } numarasına gönderilir.
factors-totp = Kimlik doğrulama uygulaması
factors-passkey = Geçiş anahtarı
factors-add = Bir doğrulama yöntemi ekleyin
factors-view-only = Burada bir şey değiştirmek için { $app } sitesinden yeniden başlayın ve telefonunuz yerine bunlardan biriyle onaylayın.
factors-moved = Bu arada bir şeyler değişti. Şimdiki durum böyle.
factors-back = Geri
factors-done = Bitti
factor-added = { $date } tarihinde eklendi
factor-used = En son { $date } tarihinde kullanıldı
factor-name-label = Ad
factor-name-save = Adı kaydet
factor-name-problem = Ad en fazla 64 karakter olabilir ve karakterlerin hepsi görünür olmalıdır. Adı kısaltın.
factor-saved = Ad kaydedildi.
factor-remove = Kaldır
factor-remove-text = Artık bununla onaylayamazsınız ve güvendiğiniz cihazlar yeniden kod ister.
factor-removed = Kaldırıldı.
factor-last-text = Bu sizin tek doğrulama yönteminiz, bu yüzden kaldırılamaz. Önce başka bir yöntem ekleyin.
devices-title = Güvendiğiniz cihazlar
device-here = Bu cihaz
device-other = Başka bir cihaz
device-trusted = { $date } tarihinden beri güvenilir
device-forget = Artık güvenme
device-forget-text = Cihaz, bir sonraki girişinizde yeniden kod ister.

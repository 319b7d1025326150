sandbox-badge = Test
sandbox-note = Test modu: Gerçek bir telefona hiçbir şey gönderilmez. Mesajlar test gelen kutusuna düşer.
unnamed-app = web

choose-title = Siz olduğunuzu doğrulayın
choose-text = { $phone } numarasına SMS ile bir kod göndereceğiz.
choose-send = SMS ile kod gönder
choose-rates = Operatörünüz mesaj ve veri ücreti alabilir.

enter-title = Kodu girin
enter-text = { $phone } numarasına { $digits } haneli bir kod gönderdik. Ulaşması bir dakika sürebilir.
enter-label = Kod
enter-too-soon = Yeni bir kod için henüz biraz erken. Gönderilmiş olan kod hâlâ geçerli.
check-title = Kodu kontrol edin
code-malformed = Kod { $digits } hanelidir. Tamamını mesajda yazdığı gibi girin.
code-wrong = Bu kod doğru değil. Kontrol edin veya yeni bir kod isteyin.
tries-left =
    { $count ->
        [one] { $count } deneme hakkınız kaldı.
       *[other] { $count } deneme hakkınız kaldı.
    }
undelivered-title = Mesaj iletilemedi
undelivered-text = { $phone } numarasına gönderilen SMS iletilemedi. Yeniden gönderin veya { $app } destek ekibinden numarayı kontrol etmesini isteyin.
undelivered-after-all = Yine de geldi mi?

continue = Devam et
cancel = İptal
send-again = Kodu yeniden gönder
send-new = Yeni kod gönder
resend-wait = { $wait } yeni bir kod isteyebilirsiniz.
resend-used-up = Bu girişte başka kod gönderilemez. Hiç kod gelmediyse siteden yeniden başlayın.

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
no-channel-text = { $app } burada çalışan bir doğrulama yöntemine izin vermiyor. Destek ekibinden yardım isteyin.
limited-title = Çok fazla kod
limited-text = Çok fazla kod istendi. { $wait } yeniden deneyebilirsiniz.
start-again-title = Yeniden başlayın
resume-text = Bu girişe buradan devam edilemez. Siteye dönüp yeniden giriş yapın.
bad-token-text = Bu girişe devam edilemez. Siteye dönüp yeniden giriş yapın.
ended-text = Bu girişe devam edilemez. { $app } sitesinden yeniden başlayın.
fault-title = İşlem tamamlanamadı
fault-text = Bizden kaynaklanan bir sorun var. Birazdan yeniden deneyin.
for-the-developer = Geliştirici için: { $code }

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

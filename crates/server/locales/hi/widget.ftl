sandbox-badge = परीक्षण
sandbox-note = परीक्षण मोड: किसी असली फ़ोन पर कुछ नहीं भेजा जाता। संदेश परीक्षण इनबॉक्स में आते हैं।
unnamed-app = साइट

choose-title = पुष्टि करें कि यह आप ही हैं
choose-text-sms = हम { $phone } पर SMS से एक कोड भेजेंगे।
choose-text-voice = हम { $phone } पर कॉल करके एक कोड बताएँगे।
choose-text-whatsapp = हम { $phone } पर WhatsApp से एक कोड भेजेंगे।
choose-text-several = हम { $phone } पर एक कोड भेजेंगे। आप इसे कैसे पाना चाहेंगे?
choose-sms = मुझे SMS से कोड भेजें
choose-voice = मुझे कॉल पर कोड बताएँ
choose-whatsapp = मुझे WhatsApp से कोड भेजें
choose-rates = संदेश और डेटा का शुल्क लग सकता है।
choose-back = मेरे पास पहले से कोड है
another-way = दूसरा तरीका आज़माएँ

enter-title = कोड डालें
enter-text = हमने { $phone } पर { $digits } अंकों का कोड भेजा है। इसमें एक मिनट लग सकता है।
enter-text-whatsapp = हमने { $phone } पर WhatsApp से { $digits } अंकों का कोड भेजा है। इसमें एक मिनट लग सकता है।
sending-text = हम { $phone } पर { $digits } अंकों का कोड भेज रहे हैं।
voice-title = कॉल का जवाब दें
voice-text = हम { $phone } पर कॉल कर रहे हैं। { $digits } अंकों का जो कोड सुनाई दे, उसे लिखें।
enter-label = कोड
enter-too-soon = दूसरे कोड के लिए अभी थोड़ा जल्दी है। पहले भेजा गया कोड अब भी काम करेगा।
check-title = कोड जाँचें
code-malformed = कोड में { $digits } अंक होते हैं। सभी अंक वैसे ही लिखें जैसे संदेश में हैं।
code-malformed-voice = कोड में { $digits } अंक होते हैं। सभी अंक उसी क्रम में लिखें जिसमें वे सुनाई दें।
code-wrong = यह कोड सही नहीं है। इसे जाँचें या नया कोड मँगवाएँ।
tries-left =
    { $count ->
        [one] { $count } प्रयास बाकी है।
       *[other] { $count } प्रयास बाकी हैं।
    }
undelivered-title = संदेश नहीं पहुँचा
undelivered-title-voice = कॉल नहीं हो सकी
undelivered-text-sms = { $phone } पर SMS नहीं पहुँचाया जा सका।
undelivered-text-voice = { $phone } पर कॉल नहीं लग सकी।
undelivered-text-whatsapp = { $phone } पर WhatsApp संदेश नहीं पहुँचाया जा सका।
undelivered-advice = फिर से कोशिश करें या दूसरा तरीका आज़माएँ। अगर कुछ काम न करे, तो { $app } से नंबर जाँचने को कहें।
undelivered-after-all = क्या कोड आखिरकार मिल गया?

continue = आगे बढ़ें
cancel = रद्द करें
send-again = कोड फिर से भेजें
send-new = नया कोड भेजें
call-again = मुझे फिर से कॉल करें
try-again = फिर से कोशिश करें
resend-wait = आप { $wait } दूसरा कोड मँगवा सकते हैं।
resend-now = अब आप दूसरा कोड मँगवा सकते हैं।
resend-used-up = इस लॉगिन में और कोड नहीं भेजे जा सकते। अगर कोई कोड नहीं मिला, तो साइट पर फिर से शुरू करें।

totp-title = अपने ऐप का कोड डालें
totp-text = अपना प्रमाणक ऐप खोलें और { $app } का { $digits } अंकों का कोड लिखें।
totp-malformed = कोड में { $digits } अंक होते हैं। सभी अंक वैसे ही लिखें जैसे आपका ऐप दिखाता है।
totp-wrong = यह कोड सही नहीं है। वह कोड लिखें जो आपका ऐप अभी दिखा रहा है।
totp-used = यह कोड पहले ही इस्तेमाल हो चुका है। ऐप में अगला कोड दिखने तक रुकें।
totp-clock-off = आपके डिवाइस की घड़ी सही नहीं है। समय को स्वचालित पर सेट करें, फिर वह कोड लिखें जो आपका ऐप दिखाता है।
totp-used-up-text = इस लॉगिन में आपके ऐप के कोड बहुत बार गलत थे। कोई दूसरा तरीका आज़माएँ, या { $app } पर फिर से शुरू करें।
choose-totp = मेरा प्रमाणक ऐप इस्तेमाल करें
choose-text-mixed = आप कैसे पुष्टि करना चाहेंगे कि यह आप हैं?

passed-title = पुष्टि हो गई
passed-text = धन्यवाद। अब आप { $app } पर वापस जा सकते हैं।

code-expired-title = इस कोड का समय समाप्त हो गया
code-expired-text = कोड केवल कुछ मिनट तक काम करते हैं।
tries-used-up-title = बहुत अधिक प्रयास
tries-used-up-text = यह कोड बहुत बार आज़माया गया और अब काम नहीं करेगा।
locked-title = कोड फ़िलहाल बंद हैं
locked-text = लगातार बहुत से गलत कोड डाले गए। आप { $wait } फिर से कोशिश कर सकते हैं।
locked-until-reset-title = कोड बंद हैं
locked-until-reset-text = लगातार बहुत से गलत कोड डाले गए। { $app } से अपना खाता अनलॉक करने को कहें।
already-done-title = पहले ही पुष्टि हो चुकी है
already-done-text = इस लॉगिन की पुष्टि हो चुकी है। { $app } पर आगे बढ़ें, या वहाँ फिर से शुरू करें।
cancelled-title = लॉगिन रद्द किया गया
cancelled-text = चाहें तो { $app } पर फिर से शुरू करें।
expired-title = इस लॉगिन में बहुत समय लगा
expired-text = { $app } पर फिर से शुरू करें।
no-channel-title = पुष्टि का कोई तरीका नहीं है
no-channel-allowed-text = { $app } पर पुष्टि के ऐसे किसी तरीके की अनुमति नहीं है जो यहाँ काम करे। उनसे सहायता माँगें।
no-channel-enrolled-text = { $app } पर पुष्टि का ऐसा तरीका ज़रूरी है जो अभी तक आपके लिए सेट नहीं किया गया है। उनसे सहायता माँगें।
provider-down-text = फ़िलहाल कोड नहीं भेजे जा सकते। बाद में फिर से कोशिश करें, या { $app } से सहायता माँगें।
limited-title = बहुत अधिक कोड
limited-text = बहुत अधिक कोड मँगवाए गए। आप { $wait } फिर से कोशिश कर सकते हैं।
start-again-title = फिर से शुरू करें
resume-text = यह लॉगिन यहाँ से आगे नहीं बढ़ सकता। साइट पर वापस जाएँ और फिर से लॉगिन करें।
bad-token-text = यह लॉगिन आगे नहीं बढ़ सकता। साइट पर वापस जाएँ और फिर से लॉगिन करें।
ended-text = यह लॉगिन आगे नहीं बढ़ सकता। { $app } पर फिर से शुरू करें।
redirect-refused-text = { $app } पर अब वह पता स्वीकार नहीं किया जाता जिस पर यह लॉगिन वापस जाता। वापस जाएँ और फिर से लॉगिन करें।
fault-title = यह नहीं हो सका
fault-text = हमारी ओर से कोई समस्या है। थोड़ी देर में फिर से कोशिश करें।
for-the-developer = डेवलपर के लिए: { $code }

offline-text = आप ऑफ़लाइन हैं। आपने जो लिखा है वह सुरक्षित है और कनेक्शन लौटते ही भेज दिया जाएगा।
expiring-title = क्या आप अब भी यहाँ हैं?
expiring-text = इस लॉगिन का समय { $wait } समाप्त हो जाएगा।
expiring-extend = मुझे और समय चाहिए
unsupported-text = यह ब्राउज़र इस पेज के कुछ हिस्सों के लिए बहुत पुराना है। अगर आप आगे न बढ़ पाएँ, तो { $app } को किसी नए ब्राउज़र में खोलें।
frame-blocked-text = यह लॉगिन इस पेज के अंदर नहीं दिखाया जा सकता।
frame-blocked-open = इसे अलग पेज पर खोलें
close = बंद करें

wait-seconds =
    { $count ->
        [one] { $count } सेकंड बाद
       *[other] { $count } सेकंड बाद
    }
wait-minutes =
    { $count ->
        [one] { $count } मिनट बाद
       *[other] { $count } मिनट बाद
    }
wait-hours =
    { $count ->
        [one] { $count } घंटे बाद
       *[other] { $count } घंटे बाद
    }

# Passkeys.
choose-webauthn = पासकी का उपयोग करें
passkey-title = अपनी पासकी का उपयोग करें
passkey-text = आपका डिवाइस फ़िंगरप्रिंट, चेहरा, पिन या सुरक्षा कुंजी माँगेगा।
passkey-use = पासकी का उपयोग करें
passkey-wrong = उस पासकी से काम नहीं हुआ। फिर से या किसी और तरीके से कोशिश करें।
passkey-used-up-text = इस लॉगिन में पासकी बहुत बार आज़माई गई। कोई और तरीका आज़माएँ, या { $app } पर फिर से शुरू करें।
passkey-copied = वह पासकी अब उपयोग नहीं की जा सकती: लगता है कि उसकी एक प्रति मौजूद है। कोई और तरीका आज़माएँ और { $app } को बताएँ।
passkey-none = यह ब्राउज़र पासकी का उपयोग नहीं कर सकता। कोई और तरीका आज़माएँ।
passkey-cancelled = कुछ भी पुष्ट नहीं हुआ। फिर से कोशिश करें, या इस डिवाइस पर पासकी न हो तो कोई और तरीका आज़माएँ।
passkey-blocked = इस पेज के अंदर पासकी का उपयोग नहीं हो सकता। इसके लिए एक अलग विंडो खोलें।
passkey-blocked-here = इस पेज के अंदर पासकी का उपयोग नहीं हो सकता। कोई और तरीका आज़माएँ।
passkey-open = एक छोटी विंडो खोलें
passkey-apart = अलग पेज पर खोलें
passkey-create-title = पासकी बनाएँ
passkey-create-text = अगली बार कोड के बजाय फ़िंगरप्रिंट, चेहरे, पिन या सुरक्षा कुंजी से पुष्टि करें।
passkey-create = पासकी बनाएँ
passkey-known = इस डिवाइस पर आपकी पासकी पहले से है।
passkey-not-created = कोई पासकी नहीं बनी। आप फिर से कोशिश कर सकते हैं।
passkey-created-title = पासकी बन गई
passkey-created-text = अगली बार आप { $app } पर इससे पुष्टि कर सकते हैं।
passkey-later = अभी नहीं
passkey-stray = यह विंडो ऐसे लॉगिन की है जो अब खुला नहीं है। इसे बंद करें और साइट पर फिर से शुरू करें।
passkey-scripts = पासकी के लिए JavaScript चाहिए, जो यहाँ बंद है। कोई और तरीका आज़माएँ।
passkey-offer = फिर अगली बार के लिए पासकी बनाएँ

# Setting up an authenticator app, after a pass.
totp-offer = फिर अगली बार के लिए प्रमाणक ऐप सेट करें
totp-setup-title = अपना प्रमाणक ऐप सेट करें
totp-setup-text = इस चित्र को अपने प्रमाणक ऐप से स्कैन करें, या इस डिवाइस पर ऐप खोलें।
totp-setup-picture = आपके प्रमाणक ऐप के लिए QR कोड
totp-setup-open = मेरा प्रमाणक ऐप खोलें
totp-setup-key = स्कैन नहीं हो रहा? ऐप में यह कुंजी लिखें:
totp-setup-confirm = फिर { $digits } अंकों का वह कोड लिखें जो ऐप दिखाता है।
totp-setup-instead = इसके बजाय प्रमाणक ऐप इस्तेमाल करें
totp-enrolled-title = प्रमाणक ऐप सेट हो गया
totp-enrolled-text = अगली बार आप { $app } पर इसके कोड से पुष्टि कर सकते हैं।

# Backup codes: handed out after a pass, and used when a device is lost.
backup-codes-offer = बैकअप कोड से आप डिवाइस खो जाने पर भी लॉगिन कर सकते हैं। हर कोड एक ही बार काम करता है।
backup-codes-get = बैकअप कोड पाएँ
backup-codes-new = नए बैकअप कोड पाएँ
backup-codes-title = आपके बैकअप कोड
backup-codes-text = इन्हें ऐसी जगह रखें जहाँ ये इस डिवाइस के बिना भी मिल सकें। हर कोड एक ही बार काम करता है। ये केवल अभी दिखाए जा रहे हैं, और पुराने कोड अब काम नहीं करेंगे।
backup-codes-copy = कॉपी करें
backup-codes-copied = कॉपी हो गया
backup-codes-download = डाउनलोड करें
backup-codes-print = प्रिंट करें
backup-codes-saved = मैंने सहेज लिए हैं
backup-codes-left =
    { $count ->
        [one] आपके पास { $count } बैकअप कोड बाकी है।
       *[other] आपके पास { $count } बैकअप कोड बाकी हैं।
    }
backup-codes-none = आपके पास कोई बैकअप कोड बाकी नहीं है।
choose-backup-code = बैकअप कोड इस्तेमाल करें
backup-code-title = बैकअप कोड डालें
backup-code-text = { $app } के लिए सहेजे गए अपने बैकअप कोड में से कोई एक लिखें।
backup-code-label = बैकअप कोड
backup-code-malformed = बैकअप कोड में कुल 10 अक्षर और अंक होते हैं। सभी लिखें।
backup-code-wrong = यह बैकअप कोड सही नहीं है। इसे जाँचें, या कोई दूसरा लिखें।
backup-code-used = यह बैकअप कोड पहले ही इस्तेमाल हो चुका है। कोई दूसरा लिखें।
backup-code-used-up-text = इस लॉगिन में बैकअप कोड बहुत बार गलत थे। कोई दूसरा तरीका आज़माएँ, या { $app } पर फिर से शुरू करें।

# Trusted devices.
trust-offer =
    { $count ->
        [one] इस डिवाइस पर { $count } दिन तक भरोसा करें
       *[other] इस डिवाइस पर { $count } दिन तक भरोसा करें
    }
trust-title = यह डिवाइस भरोसेमंद है
trust-text = यहाँ किसी कोड की ज़रूरत नहीं है। { $app } पर जारी रखें।

# Two proofs, and what is set up in place of one.
step-first = चरण 1/2
step-second = चरण 2/2। एक और तरीके से पुष्टि करनी होगी।
one-kind-only-text = { $app } पर पुष्टि के दो अलग-अलग तरीके ज़रूरी हैं और आपके लिए केवल एक सेट है। उनसे सहायता माँगें।
choose-set-up = इसके बजाय पासकी या ऐप सेट करें
set-up-title = पुष्टि का तरीका सेट करें
set-up-first-text = चुनें कि अभी और { $app } पर हर लॉगिन में आप अपनी पुष्टि कैसे करेंगे।
set-up-second-text = { $app } पर पुष्टि के दो तरीके ज़रूरी हैं और आपके पास अभी केवल एक है। दूसरा अभी सेट करें।
first-passkey-text = अभी और { $app } पर हर लॉगिन में फ़िंगरप्रिंट, चेहरे, पिन या सुरक्षा कुंजी से पुष्टि करें।
second-passkey-text = { $app } पर पुष्टि के दो तरीके ज़रूरी हैं और आपके पास अभी केवल एक है। पासकी दूसरा तरीका होगी।
needed-passkey-none = यह ब्राउज़र पासकी का उपयोग नहीं कर सकता और { $app } में प्रवेश केवल पासकी से होता है। किसी और ब्राउज़र या डिवाइस पर फिर से शुरू करें।
needed-passkey-blocked = इस पेज के अंदर पासकी नहीं बनाई जा सकती और { $app } में प्रवेश केवल पासकी से होता है। उनसे सहायता माँगें।
needed-passkey-scripts = { $app } में प्रवेश केवल पासकी से होता है। पासकी के लिए JavaScript चाहिए, जो यहाँ बंद है। उसे चालू करें और फिर से शुरू करें।

# Where end users look after the ways by which they confirm logins. $date is a day, as in: 3 May 2026.
factor-link-text = देखें कि आप { $app } पर लॉगिन की पुष्टि कैसे करते हैं, और पुष्टि के तरीके जोड़ें, हटाएँ या उन्हें नाम दें। पहले पुष्टि करें कि यह आप ही हैं।
factor-link-used-title = यह लिंक पहले ही इस्तेमाल हो चुका है
factor-link-used-text = यह एक ही बार काम करता है। { $app } पर नया लिंक पाएँ।
factors-title = आप लॉगिन की पुष्टि कैसे करते हैं
factors-phone = कोड { $phone } पर भेजे जाते हैं।
factors-totp = प्रमाणक ऐप
factors-passkey = पासकी
factors-add = पुष्टि का तरीका जोड़ें
factors-view-only = यहाँ कुछ बदलने के लिए { $app } पर फिर से शुरू करें और फ़ोन के बजाय इनमें से किसी तरीके से पुष्टि करें।
factors-moved = इस बीच कुछ बदल गया है। अब स्थिति यह है।
factors-back = वापस
factors-done = हो गया
factor-added = जोड़ने की तारीख: { $date }
factor-used = आखिरी उपयोग: { $date }
factor-name-label = नाम
factor-name-save = नाम सहेजें
factor-name-problem = नाम में ज़्यादा से ज़्यादा 64 अक्षर हो सकते हैं और सभी दिखने वाले होने चाहिए। इसे छोटा करें।
factor-saved = नाम सहेज लिया गया।
factor-remove = हटाएँ
factor-remove-text = इसके बाद आप इससे पुष्टि नहीं कर सकेंगे, और भरोसेमंद डिवाइस फिर से कोड माँगेंगे।
factor-removed = हटा दिया गया।
factor-last-text = यह पुष्टि का आपका एकमात्र तरीका है, इसलिए इसे हटाया नहीं जा सकता। पहले कोई दूसरा तरीका जोड़ें।
devices-title = भरोसेमंद डिवाइस
device-here = यह डिवाइस
device-other = दूसरा डिवाइस
device-trusted = { $date } से भरोसेमंद
device-forget = भरोसा हटाएँ
device-forget-text = आपके अगले लॉगिन पर यह फिर से कोड माँगेगा।

sandbox-badge = परीक्षण
sandbox-note = परीक्षण मोड: किसी असली फ़ोन पर कुछ नहीं भेजा जाता। संदेश परीक्षण इनबॉक्स में आते हैं।
unnamed-app = यह साइट

choose-title = पुष्टि करें कि यह आप ही हैं
choose-text = हम { $phone } पर SMS से एक कोड भेजेंगे।
choose-send = मुझे कोड भेजें
choose-rates = संदेश और डेटा का शुल्क लग सकता है।

enter-title = कोड डालें
enter-text = हमने { $phone } पर { $digits } अंकों का कोड भेजा है। इसमें एक मिनट लग सकता है।
enter-label = कोड
enter-too-soon = दूसरे कोड के लिए अभी थोड़ा जल्दी है। पहले भेजा गया कोड अब भी काम करेगा।
check-title = कोड जाँचें
code-malformed = कोड में { $digits } अंक होते हैं। सभी अंक वैसे ही लिखें जैसे संदेश में हैं।
code-wrong = यह कोड सही नहीं है। इसे जाँचें या नया कोड मँगवाएँ।
tries-left =
    { $count ->
        [one] { $count } प्रयास बाकी है।
       *[other] { $count } प्रयास बाकी हैं।
    }
undelivered-title = संदेश नहीं पहुँचा
undelivered-text = { $phone } पर SMS नहीं पहुँचाया जा सका। इसे फिर से भेजें, या { $app } से नंबर जाँचने को कहें।
undelivered-after-all = क्या कोड आखिरकार मिल गया?

continue = आगे बढ़ें
cancel = रद्द करें
send-again = कोड फिर से भेजें
send-new = नया कोड भेजें
resend-wait = आप { $wait } दूसरा कोड मँगवा सकते हैं।
resend-used-up = इस लॉगिन में और कोड नहीं भेजे जा सकते। अगर कोई कोड नहीं मिला, तो साइट पर फिर से शुरू करें।

passed-title = पुष्टि हो गई
passed-text = धन्यवाद। अब आप { $app } पर वापस जा सकते हैं।

code-expired-title = इस कोड का समय समाप्त हो गया
code-expired-text = कोड केवल कुछ मिनट तक काम करते हैं।
tries-used-up-title = बहुत अधिक प्रयास
tries-used-up-text = यह कोड बहुत बार आज़माया गया और अब काम नहीं करेगा।
locked-title = कोड फ़िलहाल बंद हैं
locked-text = लगातार बहुत से गलत कोड डाले गए। आप { $wait } फिर से कोशिश कर सकते हैं।
locked-until-reset-title = कोड बंद हैं
locked-until-reset-text = लगातार बहुत से गलत कोड डाले गए। { $app } से अपना खाता खोलने को कहें।
already-done-title = पहले ही पुष्टि हो चुकी है
already-done-text = इस लॉगिन की पुष्टि हो चुकी है। { $app } पर आगे बढ़ें, या वहाँ फिर से शुरू करें।
cancelled-title = लॉगिन रद्द किया गया
cancelled-text = चाहें तो { $app } पर फिर से शुरू करें।
expired-title = इस लॉगिन में बहुत समय लगा
expired-text = { $app } पर फिर से शुरू करें।
no-channel-title = पुष्टि का कोई तरीका नहीं है
no-channel-text = { $app } पुष्टि के किसी ऐसे तरीके की अनुमति नहीं देता जो यहाँ काम करे। उनसे सहायता माँगें।
limited-title = बहुत अधिक कोड
limited-text = बहुत अधिक कोड मँगवाए गए। आप { $wait } फिर से कोशिश कर सकते हैं।
start-again-title = फिर से शुरू करें
resume-text = यह लॉगिन यहाँ से आगे नहीं बढ़ सकता। साइट पर वापस जाएँ और फिर से लॉगिन करें।
bad-token-text = यह लॉगिन आगे नहीं बढ़ सकता। साइट पर वापस जाएँ और फिर से लॉगिन करें।
ended-text = यह लॉगिन आगे नहीं बढ़ सकता। { $app } पर फिर से शुरू करें।
fault-title = यह नहीं हो सका
fault-text = हमारी ओर से कोई समस्या है। थोड़ी देर में फिर से कोशिश करें।
for-the-developer = डेवलपर के लिए: { $code }

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

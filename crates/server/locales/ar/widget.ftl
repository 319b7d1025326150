sandbox-badge = تجريبي
sandbox-note = الوضع التجريبي: لا يُرسَل شيء إلى هاتف حقيقي. تصل الرسائل إلى صندوق الوارد التجريبي.
unnamed-app = هذا الموقع

choose-title = أكّد هويتك
choose-text = سنرسل رمزًا في رسالة نصية إلى { $phone }.
choose-send = أرسلوا إليّ رمزًا
choose-rates = قد تُطبَّق رسوم الرسائل والبيانات.

enter-title = أدخل الرمز
enter-text = أرسلنا رمزًا من { $digits } أرقام إلى { $phone }. قد يستغرق وصوله دقيقة.
enter-label = الرمز
enter-too-soon = لا يزال الوقت مبكرًا لطلب رمز آخر. الرمز الذي في طريقه إليك ما زال صالحًا.
check-title = تحقق من الرمز
code-malformed = يتكون الرمز من { $digits } أرقام. اكتبها كلها كما وردت في الرسالة.
code-wrong = هذا الرمز ليس صحيحًا. تحقق منه أو اطلب رمزًا جديدًا.
tries-left =
    { $count ->
        [zero] لم تبقَ أي محاولة.
        [one] بقيت محاولة واحدة.
        [two] بقيت محاولتان.
        [few] بقيت { $count } محاولات.
        [many] بقيت { $count } محاولة.
       *[other] بقيت { $count } محاولة.
    }
undelivered-title = لم تُسلَّم الرسالة
undelivered-text = تعذّر تسليم الرسالة النصية إلى { $phone }. أرسلها مرة أخرى، أو اطلب من { $app } التحقق من الرقم.
undelivered-after-all = هل وصلت في النهاية؟

continue = متابعة
cancel = إلغاء
send-again = إرسال الرمز مرة أخرى
send-new = إرسال رمز جديد
resend-wait = يمكنك طلب رمز آخر { $wait }.
resend-used-up = لا يمكن إرسال رموز أخرى في عملية الدخول هذه. إذا لم يصلك أي رمز، فابدأ من جديد من الموقع.

passed-title = تم التأكيد
passed-text = شكرًا لك. يمكنك العودة إلى { $app }.

code-expired-title = انتهت صلاحية هذا الرمز
code-expired-text = الرموز صالحة لبضع دقائق فقط.
tries-used-up-title = محاولات كثيرة جدًا
tries-used-up-text = جُرِّب هذا الرمز مرات كثيرة ولم يعد صالحًا للاستخدام.
locked-title = الرموز مقفلة مؤقتًا
locked-text = أُدخلت رموز خاطئة كثيرة على التوالي. يمكنك المحاولة من جديد { $wait }.
locked-until-reset-title = الرموز مقفلة
locked-until-reset-text = أُدخلت رموز خاطئة كثيرة على التوالي. اطلب من { $app } إلغاء قفل حسابك.
already-done-title = سبق التأكيد
already-done-text = تم تأكيد عملية الدخول هذه. تابع في { $app }، أو ابدأ من جديد هناك.
cancelled-title = أُلغيت عملية الدخول
cancelled-text = يمكنك البدء من جديد في { $app } متى شئت.
expired-title = استغرقت عملية الدخول وقتًا طويلًا
expired-text = ابدأ من جديد في { $app }.
no-channel-title = لا توجد طريقة للتأكيد
no-channel-text = لا يتيح { $app } طريقة تأكيد تعمل هنا. اطلب المساعدة من فريق الدعم لديه.
limited-title = رموز كثيرة جدًا
limited-text = طُلبت رموز كثيرة جدًا. يمكنك المحاولة من جديد { $wait }.
start-again-title = ابدأ من جديد
resume-text = لا يمكن متابعة عملية الدخول من هنا. عُد إلى الموقع وسجّل الدخول مرة أخرى.
bad-token-text = لا يمكن متابعة عملية الدخول هذه. عُد إلى الموقع وسجّل الدخول مرة أخرى.
ended-text = لا يمكن متابعة عملية الدخول هذه. ابدأ من جديد في { $app }.
fault-title = لم تنجح العملية
fault-text = حدث خطأ من جانبنا. حاول مرة أخرى بعد قليل.
for-the-developer = للمطوّر: { $code }

wait-seconds =
    { $count ->
        [zero] الآن
        [one] بعد ثانية واحدة
        [two] بعد ثانيتين
        [few] بعد { $count } ثوانٍ
        [many] بعد { $count } ثانية
       *[other] بعد { $count } ثانية
    }
wait-minutes =
    { $count ->
        [zero] الآن
        [one] بعد دقيقة واحدة
        [two] بعد دقيقتين
        [few] بعد { $count } دقائق
        [many] بعد { $count } دقيقة
       *[other] بعد { $count } دقيقة
    }
wait-hours =
    { $count ->
        [zero] الآن
        [one] بعد ساعة واحدة
        [two] بعد ساعتين
        [few] بعد { $count } ساعات
        [many] بعد { $count } ساعة
       *[other] بعد { $count } ساعة
    }

sandbox-badge = تجريبي
sandbox-note = الوضع التجريبي: لا يُرسَل شيء إلى هاتف حقيقي. تصل الرسائل إلى صندوق الوارد التجريبي.
unnamed-app = هذا الموقع

choose-title = أكّد هويتك
choose-text-sms = سنرسل رمزًا في رسالة نصية إلى { $phone }.
choose-text-voice = سنتصل بالرقم { $phone } ونقرأ عليك رمزًا.
choose-text-whatsapp = سنرسل رمزًا عبر واتساب إلى { $phone }.
choose-text-several = سنرسل رمزًا إلى { $phone }. كيف تود أن تتلقاه؟
choose-sms = تلقّي رمز برسالة نصية
choose-voice = تلقّي رمز بمكالمة هاتفية
choose-whatsapp = تلقّي رمز عبر واتساب
choose-rates = قد تُطبَّق رسوم الرسائل والبيانات.
choose-back = لديّ رمز بالفعل
another-way = تجربة طريقة أخرى

enter-title = أدخل الرمز
enter-text = أرسلنا رمزًا من { $digits } أرقام إلى { $phone }. قد يستغرق وصوله دقيقة.
enter-text-whatsapp = أرسلنا رمزًا من { $digits } أرقام عبر واتساب إلى { $phone }. قد يستغرق وصوله دقيقة.
sending-text = نرسل الآن رمزًا من { $digits } أرقام إلى { $phone }.
voice-title = أجب عن المكالمة
voice-text = نتصل الآن بالرقم { $phone }. اكتب الرمز الذي تسمعه، وهو من { $digits } أرقام.
enter-label = الرمز
enter-too-soon = لا يزال الوقت مبكرًا لطلب رمز آخر. الرمز الذي في طريقه إليك ما زال صالحًا.
check-title = تحقق من الرمز
code-malformed = يتكون الرمز من { $digits } أرقام. اكتبها كلها كما وردت في الرسالة.
code-malformed-voice = يتكون الرمز من { $digits } أرقام. اكتبها كلها بالترتيب الذي تسمعها به.
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
undelivered-title-voice = لم تنجح المكالمة
undelivered-text-sms = تعذّر تسليم الرسالة النصية إلى { $phone }.
undelivered-text-voice = تعذّر إتمام المكالمة إلى { $phone }.
undelivered-text-whatsapp = تعذّر تسليم رسالة واتساب إلى { $phone }.
undelivered-advice = حاول مرة أخرى أو جرّب طريقة أخرى. إذا لم ينجح شيء، فاطلب من { $app } التحقق من الرقم.
undelivered-after-all = هل وصل الرمز في النهاية؟

continue = متابعة
cancel = إلغاء
send-again = إرسال الرمز مرة أخرى
send-new = إرسال رمز جديد
call-again = الاتصال بي مرة أخرى
try-again = إعادة المحاولة
resend-wait = يمكنك طلب رمز آخر { $wait }.
resend-now = يمكنك طلب رمز آخر الآن.
resend-used-up = لا يمكن إرسال رموز أخرى في عملية الدخول هذه. إذا لم يصلك أي رمز، فابدأ من جديد من الموقع.

totp-title = أدخل الرمز من تطبيقك
totp-text = افتح تطبيق المصادقة واكتب الرمز الخاص بـ { $app } المكوّن من { $digits } أرقام.
totp-malformed = عدد أرقام الرمز { $digits }. اكتبها كلها كما يعرضها تطبيقك.
totp-wrong = هذا الرمز غير صحيح. اكتب الرمز الذي يعرضه تطبيقك الآن.
totp-used = سبق استخدام هذا الرمز. انتظر حتى يعرض تطبيقك الرمز التالي.
totp-clock-off = ساعة جهازك غير مضبوطة. اضبط الوقت على الوضع التلقائي ثم اكتب الرمز الذي يعرضه تطبيقك.
totp-used-up-text = كانت رموز تطبيقك خاطئة مرات كثيرة في عملية الدخول هذه. جرّب طريقة أخرى أو ابدأ من جديد في { $app }.
choose-totp = استخدام تطبيق المصادقة
choose-text-mixed = كيف تود أن تؤكد أنه أنت؟

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
no-channel-allowed-text = لا يتيح { $app } طريقة تأكيد تعمل هنا. اطلب المساعدة من فريق الدعم لديه.
no-channel-enrolled-text = يطلب { $app } طريقة تأكيد لم تُعَدّ لك بعد. اطلب المساعدة من فريق الدعم لديه.
provider-down-text = لا يمكن إرسال الرموز في الوقت الحالي. حاول مرة أخرى لاحقًا، أو اطلب المساعدة من { $app }.
limited-title = رموز كثيرة جدًا
limited-text = طُلبت رموز كثيرة جدًا. يمكنك المحاولة من جديد { $wait }.
start-again-title = ابدأ من جديد
resume-text = لا يمكن متابعة عملية الدخول من هنا. عُد إلى الموقع وسجّل الدخول مرة أخرى.
bad-token-text = لا يمكن متابعة عملية الدخول هذه. عُد إلى الموقع وسجّل الدخول مرة أخرى.
ended-text = لا يمكن متابعة عملية الدخول هذه. ابدأ من جديد في { $app }.
redirect-refused-text = لم يعد { $app } يقبل العنوان الذي كانت عملية الدخول هذه ستعود إليه. ارجع وسجّل الدخول مرة أخرى.
fault-title = لم تنجح العملية
fault-text = حدث خطأ من جانبنا. حاول مرة أخرى بعد قليل.
for-the-developer = للمطوّر: { $code }

offline-text = أنت غير متصل بالإنترنت. سنحتفظ بما كتبته ونرسله فور عودة الاتصال.
expiring-title = هل ما زلت هنا؟
expiring-text = ستنتهي صلاحية عملية الدخول هذه { $wait }.
expiring-extend = أحتاج إلى مزيد من الوقت
unsupported-text = هذا المتصفح أقدم من أن يدعم بعض أجزاء هذه الصفحة. إذا تعذّرت عليك المتابعة، فافتح { $app } في متصفح أحدث.
frame-blocked-text = لا يمكن عرض عملية الدخول هذه داخل هذه الصفحة.
frame-blocked-open = فتحها في صفحة مستقلة
close = إغلاق

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

# Passkeys.
choose-webauthn = استخدام مفتاح مرور
passkey-title = استخدم مفتاح المرور
passkey-text = سيطلب جهازك بصمة إصبعك أو وجهك أو رقمك السري أو مفتاح الأمان.
passkey-use = استخدام مفتاح المرور
passkey-wrong = لم ينجح مفتاح المرور هذا. أعد المحاولة أو جرّب طريقة أخرى.
passkey-used-up-text = جُرّبت مفاتيح المرور مرات كثيرة في تسجيل الدخول هذا. جرّب طريقة أخرى أو ابدأ من جديد لدى { $app }.
passkey-copied = لم يعد بالإمكان استخدام مفتاح المرور هذا: يبدو أن له نسخة أخرى. جرّب طريقة أخرى وأبلغ { $app }.
passkey-none = لا يمكن لهذا المتصفح استخدام مفاتيح المرور. جرّب طريقة أخرى.
passkey-cancelled = لم يتم تأكيد شيء. أعد المحاولة، أو جرّب طريقة أخرى إن لم يكن لديك مفتاح مرور على هذا الجهاز.
passkey-blocked = لا يمكن استخدام مفاتيح المرور داخل هذه الصفحة. افتح نافذة مستقلة لذلك.
passkey-blocked-here = لا يمكن استخدام مفاتيح المرور داخل هذه الصفحة. جرّب طريقة أخرى.
passkey-open = فتح نافذة صغيرة
passkey-apart = فتح في صفحة مستقلة
passkey-create-title = أنشئ مفتاح مرور
passkey-create-text = في المرة القادمة، أكّد ببصمة إصبعك أو وجهك أو رقمك السري أو مفتاح الأمان بدلًا من الرمز.
passkey-create = إنشاء مفتاح المرور
passkey-known = مفتاح المرور موجود على هذا الجهاز بالفعل.
passkey-not-created = لم يُنشأ مفتاح مرور. يمكنك إعادة المحاولة.
passkey-created-title = تم إنشاء مفتاح المرور
passkey-created-text = في المرة القادمة يمكنك التأكيد به لدى { $app }.
passkey-later = ليس الآن
passkey-stray = هذه النافذة تخص تسجيل دخول لم يعد مفتوحًا. أغلقها وابدأ من جديد في الموقع.
passkey-scripts = تحتاج مفاتيح المرور إلى JavaScript، وهو متوقف هنا. جرّب طريقة أخرى.
passkey-offer = ثم أنشئ مفتاح مرور للمرة القادمة

# Setting up an authenticator app, after a pass.
totp-offer = ثم إعداد تطبيق مصادقة للمرة القادمة
totp-setup-title = أعدّ تطبيق المصادقة
totp-setup-text = امسح هذه الصورة ضوئيًا بتطبيق المصادقة، أو افتح التطبيق على هذا الجهاز.
totp-setup-picture = رمز QR لتطبيق المصادقة
totp-setup-open = فتح تطبيق المصادقة
totp-setup-key = تعذّر المسح؟ اكتب هذا المفتاح في التطبيق:
totp-setup-confirm = ثم اكتب الرمز الذي يعرضه التطبيق، وهو من { $digits } أرقام.
totp-setup-instead = استخدام تطبيق مصادقة بدلًا من ذلك
totp-enrolled-title = تم إعداد تطبيق المصادقة
totp-enrolled-text = في المرة القادمة يمكنك التأكيد برموز التطبيق لدى { $app }.

# Backup codes: handed out after a pass, and used when a device is lost.
backup-codes-offer = تتيح لك الرموز الاحتياطية الدخول حتى لو فقدت جهازك. كل رمز صالح لمرة واحدة.
backup-codes-get = الحصول على رموز احتياطية
backup-codes-new = الحصول على رموز احتياطية جديدة
backup-codes-title = رموزك الاحتياطية
backup-codes-text = احفظها في مكان يمكنك الوصول إليه دون هذا الجهاز. كل رمز صالح لمرة واحدة. لن تظهر إلا الآن، والرموز السابقة لم تعد صالحة.
backup-codes-copy = نسخ
backup-codes-copied = تم النسخ
backup-codes-download = تنزيل
backup-codes-print = طباعة
backup-codes-saved = لقد حفظتها
backup-codes-left =
    { $count ->
        [zero] لم يبقَ لديك أي رمز احتياطي.
        [one] بقي لديك رمز احتياطي واحد.
        [two] بقي لديك رمزان احتياطيان.
        [few] بقيت لديك { $count } رموز احتياطية.
        [many] بقي لديك { $count } رمزًا احتياطيًا.
       *[other] بقي لديك { $count } رمز احتياطي.
    }
backup-codes-none = لم يبقَ لديك أي رمز احتياطي.
choose-backup-code = استخدام رمز احتياطي
backup-code-title = أدخل رمزًا احتياطيًا
backup-code-text = اكتب أحد الرموز الاحتياطية التي حفظتها لـ { $app }.
backup-code-label = الرمز الاحتياطي
backup-code-malformed = يتكون الرمز الاحتياطي من 10 خانات من الحروف والأرقام. اكتبها كلها.
backup-code-wrong = هذا الرمز الاحتياطي غير صحيح. تحقق منه أو اكتب رمزًا آخر.
backup-code-used = سبق استخدام هذا الرمز الاحتياطي. اكتب رمزًا آخر.
backup-code-used-up-text = كانت الرموز الاحتياطية خاطئة مرات كثيرة في عملية الدخول هذه. جرّب طريقة أخرى أو ابدأ من جديد في { $app }.

# Trusted devices.
trust-offer =
    { $count ->
        [zero] الوثوق بهذا الجهاز لمدة { $count } يوم
        [one] الوثوق بهذا الجهاز لمدة يوم واحد
        [two] الوثوق بهذا الجهاز لمدة يومين
        [few] الوثوق بهذا الجهاز لمدة { $count } أيام
        [many] الوثوق بهذا الجهاز لمدة { $count } يومًا
       *[other] الوثوق بهذا الجهاز لمدة { $count } يوم
    }
trust-title = هذا الجهاز موثوق
trust-text = لا حاجة إلى رمز هنا. تابع إلى { $app }.

# Two proofs, and what is set up in place of one.
step-first = الخطوة 1 من 2
step-second = الخطوة 2 من 2. يلزم التأكيد بطريقة أخرى أيضًا.
one-kind-only-text = يطلب { $app } طريقتين مختلفتين للتأكيد، ولم تُعَدّ لك سوى واحدة. اطلب المساعدة من فريق الدعم لديه.
choose-set-up = إعداد مفتاح مرور أو تطبيق بدلاً من ذلك
set-up-title = إعداد طريقة للتأكيد
set-up-first-text = اختر كيف تؤكد هويتك الآن وفي كل مرة تسجّل فيها الدخول إلى { $app }.
set-up-second-text = يطلب { $app } طريقتين للتأكيد، ولديك واحدة فقط حتى الآن. أعِدّ الثانية الآن.
first-passkey-text = أكّد ببصمة إصبعك أو وجهك أو رقمك السري أو مفتاح الأمان، الآن وفي كل مرة تسجّل فيها الدخول إلى { $app }.
second-passkey-text = يطلب { $app } طريقتين للتأكيد، ولديك واحدة فقط حتى الآن. سيكون مفتاح المرور هو الثانية.
needed-passkey-none = لا يمكن لهذا المتصفح استخدام مفاتيح المرور، ولا يسمح لك { $app } بالدخول إلا بأحدها. ابدأ من جديد في متصفح آخر أو على جهاز آخر.
needed-passkey-blocked = لا يمكن إنشاء مفاتيح المرور داخل هذه الصفحة، ولا يسمح لك { $app } بالدخول إلا بأحدها. اطلب المساعدة من فريق الدعم لديه.
needed-passkey-scripts = لا يسمح لك { $app } بالدخول إلا بمفتاح مرور. تحتاج مفاتيح المرور إلى JavaScript، وهو متوقف هنا. شغّله وابدأ من جديد.

# Where end users look after the ways by which they confirm logins. $date is a day, as in: 3 May 2026.
factor-link-text = اطّلع على الطرق التي تؤكد بها عمليات الدخول إلى { $app }، وأضف طرقًا أو سمّها أو أزلها. أكّد هويتك أولًا.
factor-link-used-title = سبق استخدام هذا الرابط
factor-link-used-text = الرابط صالح لمرة واحدة. احصل على رابط جديد من { $app }.
factors-title = كيف تؤكد عمليات الدخول
factors-phone = تُرسَل الرموز إلى { $phone }.
factors-totp = تطبيق مصادقة
factors-passkey = مفتاح مرور
factors-add = إضافة طريقة للتأكيد
factors-view-only = لتغيير أي شيء هنا، ابدأ من جديد في { $app } وأكّد بإحدى هذه الطرق بدلًا من هاتفك.
factors-moved = تغيّر شيء في هذه الأثناء. هذا هو الوضع الآن.
factors-back = رجوع
factors-done = تم
factor-added = تاريخ الإضافة: { $date }
factor-used = آخر استخدام: { $date }
factor-name-label = الاسم
factor-name-save = حفظ الاسم
factor-name-problem = لا يزيد الاسم على 64 حرفًا، ويجب أن تكون كلها مرئية. اختصره.
factor-saved = تم حفظ الاسم.
factor-remove = إزالة
factor-remove-text = لن يمكنك التأكيد بهذه الطريقة بعد ذلك، وستطلب الأجهزة الموثوقة رمزًا من جديد.
factor-removed = تمت الإزالة.
factor-last-text = هذه طريقتك الوحيدة للتأكيد، لذا لا يمكن إزالتها. أضف طريقة أخرى أولًا.
devices-title = الأجهزة الموثوقة
device-here = هذا الجهاز
device-other = جهاز آخر
device-trusted = موثوق منذ { $date }
device-forget = إلغاء الوثوق به
device-forget-text = سيطلب الجهاز رمزًا من جديد عند تسجيل دخولك القادم.

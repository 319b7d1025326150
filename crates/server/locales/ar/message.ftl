code-message = { $code } هو رمزك في { $app }. لا تشاركه مع أحد أبدًا.
voice-message = رمزك في { $app } هو { $code }. مرة أخرى: { $code }. مع السلامة.
# What is told by a text message when the ways into an account change; one line, short enough for one message.
notice-passkey-created = أُضيف مفتاح مرور إلى حسابك في { $app }. لم تكن أنت؟ أبلغ { $app }.
notice-app-set-up = أُعدّ تطبيق مصادقة لحسابك في { $app }. لم تكن أنت؟ أبلغ { $app }.
notice-backup-codes-made = أُنشئت رموز احتياطية جديدة لحسابك في { $app }. لم تكن أنت؟ أبلغ { $app }.
notice-factor-removed = أُزيلت طريقة تأكيد من حسابك في { $app }. لم تكن أنت؟ أبلغ { $app }.
notice-factors-reset = أُزيلت كل طرق التأكيد من حسابك في { $app }. لم تكن أنت؟ أبلغ { $app }.
notice-phone-changed = يستخدم حسابك في { $app } الآن رقم هاتف آخر. لم تكن أنت؟ أبلغ { $app }.

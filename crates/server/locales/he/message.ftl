code-message = { $code } הוא הקוד שלך עבור { $app }. אין למסור אותו לאיש.
voice-message = הקוד שלכם עבור { $app } הוא { $code }. פעם נוספת: { $code }. להתראות.
# What is told by a text message when the ways into an account change; one line, short enough for one message.
notice-passkey-created = מפתח גישה נוסף לחשבון שלך ב־{ $app }. זה לא הייתם אתם? דווחו ל־{ $app }.
notice-app-set-up = אפליקציית אימות הוגדרה לחשבון שלך ב־{ $app }. זה לא הייתם אתם? דווחו ל־{ $app }.
notice-backup-codes-made = נוצרו קודי גיבוי חדשים לחשבון שלך ב־{ $app }. זה לא הייתם אתם? דווחו ל־{ $app }.
notice-factor-removed = הוסרה דרך אישור מהחשבון שלך ב־{ $app }. זה לא הייתם אתם? דווחו ל־{ $app }.
notice-factors-reset = הוסרו כל דרכי האישור מהחשבון שלך ב־{ $app }. זה לא הייתם אתם? דווחו ל־{ $app }.
notice-phone-changed = החשבון שלך ב־{ $app } משתמש כעת במספר טלפון אחר. זה לא הייתם אתם? דווחו ל־{ $app }.

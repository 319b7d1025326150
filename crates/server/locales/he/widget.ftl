sandbox-badge = ניסיון
sandbox-note = מצב ניסיון: שום דבר אינו נשלח לטלפון אמיתי. ההודעות מגיעות לתיבת הניסיון.
unnamed-app = האתר הזה

choose-title = נא לאשר שזה באמת אתם
choose-text-sms = נשלח קוד במסרון למספר { $phone }.
choose-text-voice = נתקשר למספר { $phone } ונקריא קוד.
choose-text-whatsapp = נשלח קוד בוואטסאפ למספר { $phone }.
choose-text-several = נשלח קוד למספר { $phone }. איך תרצו לקבל אותו?
choose-sms = שלחו לי קוד במסרון
choose-voice = הקריאו לי קוד בשיחה
choose-whatsapp = שלחו לי קוד בוואטסאפ
choose-rates = ייתכן חיוב על הודעות ועל גלישה.
choose-back = כבר יש לי קוד
another-way = בחירת דרך אחרת

enter-title = הזינו את הקוד
enter-text = שלחנו קוד בן { $digits } ספרות למספר { $phone }. ייתכן שיחלפו כמה רגעים עד שיגיע.
enter-text-whatsapp = שלחנו קוד בן { $digits } ספרות בוואטסאפ למספר { $phone }. ייתכן שיחלפו כמה רגעים עד שיגיע.
sending-text = אנחנו שולחים קוד בן { $digits } ספרות למספר { $phone }.
voice-title = ענו לשיחה
voice-text = אנחנו מתקשרים למספר { $phone }. הקלידו את הקוד בן { $digits } הספרות שתשמעו.
enter-label = קוד
enter-too-soon = עוד קצת מוקדם לבקש קוד נוסף. הקוד שבדרך עדיין תקף.
check-title = בדקו את הקוד
code-malformed = הקוד כולל { $digits } ספרות. הקלידו את כולן, כפי שהן מופיעות בהודעה.
code-malformed-voice = הקוד כולל { $digits } ספרות. הקלידו את כולן, לפי הסדר שבו הן נשמעות.
code-wrong = הקוד אינו נכון. בדקו אותו או בקשו קוד חדש.
tries-left =
    { $count ->
        [one] נותר ניסיון אחד.
        [two] נותרו שני ניסיונות.
        [many] נותרו { $count } ניסיונות.
       *[other] נותרו { $count } ניסיונות.
    }
undelivered-title = ההודעה לא נמסרה
undelivered-title-voice = השיחה נכשלה
undelivered-text-sms = לא ניתן היה למסור את המסרון למספר { $phone }.
undelivered-text-voice = לא ניתן היה להשלים את השיחה למספר { $phone }.
undelivered-text-whatsapp = לא ניתן היה למסור את הודעת הוואטסאפ למספר { $phone }.
undelivered-advice = נסו שוב או בחרו דרך אחרת. אם שום דבר לא עוזר, בקשו מ־{ $app } לבדוק את המספר.
undelivered-after-all = הקוד הגיע בכל זאת?

continue = המשך
cancel = ביטול
send-again = שליחת הקוד שוב
send-new = שליחת קוד חדש
call-again = התקשרו אליי שוב
try-again = ניסיון נוסף
resend-wait = אפשר יהיה לבקש קוד נוסף { $wait }.
resend-now = אפשר לבקש קוד נוסף עכשיו.
resend-used-up = לא ניתן לשלוח קודים נוספים בכניסה הזאת. אם לא הגיע אף קוד, התחילו מחדש באתר.

totp-title = הזינו את הקוד מהאפליקציה
totp-text = פתחו את אפליקציית האימות והקלידו את הקוד בן { $digits } הספרות עבור { $app }.
totp-malformed = בקוד יש { $digits } ספרות. הקלידו את כולן כפי שהאפליקציה מציגה אותן.
totp-wrong = הקוד הזה אינו נכון. הקלידו את הקוד שהאפליקציה מציגה עכשיו.
totp-used = כבר נעשה שימוש בקוד הזה. המתינו עד שהאפליקציה תציג את הבא.
totp-clock-off = השעון במכשיר אינו מדויק. העבירו את השעה למצב אוטומטי ואז הקלידו את הקוד שהאפליקציה מציגה.
totp-used-up-text = הקודים מהאפליקציה היו שגויים יותר מדי פעמים בכניסה הזאת. נסו דרך אחרת או התחילו מחדש ב-{ $app }.
choose-totp = שימוש באפליקציית האימות שלי
choose-text-mixed = איך תרצו לאשר שזה אתם?

passed-title = אושר
passed-text = תודה. אפשר לחזור אל { $app }.

code-expired-title = פג תוקפו של הקוד
code-expired-text = הקודים תקפים לכמה דקות בלבד.
tries-used-up-title = יותר מדי ניסיונות
tries-used-up-text = הקוד נוסה יותר מדי פעמים ולא ניתן עוד להשתמש בו.
locked-title = הקודים נעולים כרגע
locked-text = הוזנו יותר מדי קודים שגויים ברצף. אפשר יהיה לנסות שוב { $wait }.
locked-until-reset-title = הקודים נעולים
locked-until-reset-text = הוזנו יותר מדי קודים שגויים ברצף. בקשו מ־{ $app } לשחרר את הנעילה של החשבון.
already-done-title = כבר אושר
already-done-text = הכניסה הזאת אושרה. המשיכו אל { $app }, או התחילו שם מחדש.
cancelled-title = הכניסה בוטלה
cancelled-text = אם תרצו, התחילו מחדש אצל { $app }.
expired-title = הכניסה נמשכה זמן רב מדי
expired-text = התחילו מחדש אצל { $app }.
no-channel-title = אין דרך לאשר
no-channel-allowed-text = { $app } אינו מאפשר דרך אישור שפועלת כאן. פנו אליהם לקבלת עזרה.
no-channel-enrolled-text = { $app } דורש דרך אישור שעדיין לא הוגדרה עבורכם. פנו אליהם לקבלת עזרה.
provider-down-text = לא ניתן לשלוח קודים כרגע. נסו שוב מאוחר יותר, או פנו אל { $app } לקבלת עזרה.
limited-title = יותר מדי קודים
limited-text = התבקשו יותר מדי קודים. אפשר יהיה לנסות שוב { $wait }.
start-again-title = התחילו מחדש
resume-text = לא ניתן להמשיך את הכניסה הזאת מכאן. חזרו לאתר והיכנסו שוב.
bad-token-text = לא ניתן להמשיך את הכניסה הזאת. חזרו לאתר והיכנסו שוב.
ended-text = לא ניתן להמשיך את הכניסה הזאת. התחילו מחדש אצל { $app }.
redirect-refused-text = { $app } אינו מקבל עוד את הכתובת שאליה הכניסה הזאת אמורה לחזור. חזרו אחורה והיכנסו שוב.
fault-title = זה לא הצליח
fault-text = יש תקלה אצלנו. נסו שוב בעוד רגע.
for-the-developer = למפתחים: { $code }

offline-text = אין חיבור לאינטרנט. מה שהקלדתם נשמר ויישלח ברגע שהחיבור יחזור.
expiring-title = אתם עדיין כאן?
expiring-text = תוקף הכניסה הזאת יפוג { $wait }.
expiring-extend = דרוש לי עוד זמן
unsupported-text = הדפדפן הזה ישן מדי עבור חלקים מהדף. אם אי אפשר להמשיך, פתחו את { $app } בדפדפן חדש יותר.
frame-blocked-text = לא ניתן להציג את הכניסה הזאת בתוך הדף הזה.
frame-blocked-open = פתיחה בדף נפרד
close = סגירה

wait-seconds =
    { $count ->
        [one] בעוד שנייה אחת
        [two] בעוד שתי שניות
        [many] בעוד { $count } שניות
       *[other] בעוד { $count } שניות
    }
wait-minutes =
    { $count ->
        [one] בעוד דקה אחת
        [two] בעוד שתי דקות
        [many] בעוד { $count } דקות
       *[other] בעוד { $count } דקות
    }
wait-hours =
    { $count ->
        [one] בעוד שעה אחת
        [two] בעוד שעתיים
        [many] בעוד { $count } שעות
       *[other] בעוד { $count } שעות
    }

# Passkeys.
choose-webauthn = שימוש במפתח גישה
passkey-title = השתמשו במפתח הגישה
passkey-text = המכשיר יבקש טביעת אצבע, זיהוי פנים, קוד PIN או מפתח אבטחה.
passkey-use = שימוש במפתח הגישה
passkey-wrong = מפתח הגישה הזה לא פעל. נסו שוב או בדרך אחרת.
passkey-used-up-text = מפתחות גישה נוסו יותר מדי פעמים בכניסה הזאת. נסו דרך אחרת, או התחילו מחדש ב-{ $app }.
passkey-copied = אי אפשר עוד להשתמש במפתח הגישה הזה: נראה שיש לו עותק. נסו דרך אחרת, והודיעו ל-{ $app }.
passkey-none = הדפדפן הזה לא יכול להשתמש במפתחות גישה. נסו דרך אחרת.
passkey-cancelled = שום דבר לא אושר. נסו שוב, או בדרך אחרת אם אין לכם מפתח גישה במכשיר הזה.
passkey-blocked = אי אפשר להשתמש במפתחות גישה בתוך הדף הזה. פתחו לשם כך חלון נפרד.
passkey-blocked-here = אי אפשר להשתמש במפתחות גישה בתוך הדף הזה. נסו דרך אחרת.
passkey-open = פתיחת חלון קטן
passkey-apart = פתיחה בדף נפרד
passkey-create-title = צרו מפתח גישה
passkey-create-text = בפעם הבאה אשרו בטביעת אצבע, בזיהוי פנים, בקוד PIN או במפתח אבטחה במקום בקוד.
passkey-create = יצירת מפתח גישה
passkey-known = במכשיר הזה כבר יש מפתח גישה שלכם.
passkey-not-created = לא נוצר מפתח גישה. אפשר לנסות שוב.
passkey-created-title = מפתח הגישה נוצר
passkey-created-text = בפעם הבאה תוכלו לאשר איתו ב-{ $app }.
passkey-later = לא עכשיו
passkey-stray = החלון הזה שייך לכניסה שכבר אינה פתוחה. סגרו אותו והתחילו מחדש באתר.
passkey-scripts = מפתחות גישה זקוקים ל-JavaScript, שכבוי כאן. נסו דרך אחרת.
passkey-offer = ואז ליצור מפתח גישה לפעם הבאה

# Setting up an authenticator app, after a pass.
totp-offer = ואז להגדיר אפליקציית אימות לפעם הבאה
totp-setup-title = הגדירו את אפליקציית האימות
totp-setup-text = סרקו את התמונה הזאת באפליקציית האימות, או פתחו את האפליקציה במכשיר הזה.
totp-setup-picture = קוד QR לאפליקציית האימות
totp-setup-open = פתיחת אפליקציית האימות שלי
totp-setup-key = אי אפשר לסרוק? הקלידו את המפתח הזה באפליקציה:
totp-setup-confirm = אחר כך הקלידו את הקוד בן { $digits } הספרות שהאפליקציה מציגה.
totp-setup-instead = שימוש באפליקציית אימות במקום זאת
totp-enrolled-title = אפליקציית האימות הוגדרה
totp-enrolled-text = בפעם הבאה תוכלו לאשר עם הקודים שלה ב־{ $app }.

# Backup codes: handed out after a pass, and used when a device is lost.
backup-codes-offer = עם קודי גיבוי תוכלו להיכנס גם אם המכשיר אבד. כל קוד תקף פעם אחת בלבד.
backup-codes-get = קבלת קודי גיבוי
backup-codes-new = קבלת קודי גיבוי חדשים
backup-codes-title = קודי הגיבוי שלכם
backup-codes-text = שמרו אותם במקום שבו תמצאו אותם גם בלי המכשיר הזה. כל קוד תקף פעם אחת בלבד. הם מוצגים רק עכשיו, והקודמים כבר אינם תקפים.
backup-codes-copy = העתקה
backup-codes-copied = הועתק
backup-codes-download = הורדה
backup-codes-print = הדפסה
backup-codes-saved = שמרתי אותם
backup-codes-left =
    { $count ->
        [one] נותר לכם קוד גיבוי אחד.
        [two] נותרו לכם שני קודי גיבוי.
        [many] נותרו לכם { $count } קודי גיבוי.
       *[other] נותרו לכם { $count } קודי גיבוי.
    }
backup-codes-none = לא נותרו לכם קודי גיבוי.
choose-backup-code = שימוש בקוד גיבוי
backup-code-title = הזינו קוד גיבוי
backup-code-text = הקלידו אחד מקודי הגיבוי ששמרתם עבור { $app }.
backup-code-label = קוד גיבוי
backup-code-malformed = קוד גיבוי כולל 10 אותיות וספרות. הקלידו את כולן.
backup-code-wrong = קוד הגיבוי הזה אינו נכון. בדקו אותו או הקלידו קוד אחר.
backup-code-used = כבר נעשה שימוש בקוד הגיבוי הזה. הקלידו קוד אחר.
backup-code-used-up-text = קודי הגיבוי היו שגויים יותר מדי פעמים בכניסה הזאת. נסו דרך אחרת או התחילו מחדש ב־{ $app }.

# Trusted devices.
trust-offer =
    { $count ->
        [one] לסמוך על המכשיר הזה למשך יום אחד
        [two] לסמוך על המכשיר הזה למשך יומיים
        [many] לסמוך על המכשיר הזה למשך { $count } ימים
       *[other] לסמוך על המכשיר הזה למשך { $count } ימים
    }
trust-title = המכשיר הזה מהימן
trust-text = אין צורך בקוד כאן. אפשר להמשיך אל { $app }.

# Two proofs, and what is set up in place of one.
step-first = שלב 1 מתוך 2
step-second = שלב 2 מתוך 2. נדרשת דרך אישור נוספת.
one-kind-only-text = { $app } דורש שתי דרכי אישור שונות, ורק אחת הוגדרה עבורכם. פנו אליהם לקבלת עזרה.
choose-set-up = הגדרת מפתח גישה או אפליקציה במקום זאת
set-up-title = הגדרת דרך אישור
set-up-first-text = בחרו איך תאשרו שזה אתם, עכשיו ובכל כניסה ל-{ $app }.
set-up-second-text = { $app } דורש שתי דרכי אישור, ויש לכם בינתיים רק אחת. הגדירו את השנייה עכשיו.
first-passkey-text = אשרו בטביעת אצבע, בזיהוי פנים, בקוד PIN או במפתח אבטחה, עכשיו ובכל כניסה ל-{ $app }.
second-passkey-text = { $app } דורש שתי דרכי אישור, ויש לכם בינתיים רק אחת. מפתח גישה יהיה השנייה.
needed-passkey-none = הדפדפן הזה לא יכול להשתמש במפתחות גישה, ו-{ $app } מאפשר לכם להיכנס רק באמצעותם. התחילו מחדש בדפדפן אחר או במכשיר אחר.
needed-passkey-blocked = אי אפשר ליצור מפתחות גישה בתוך הדף הזה, ו-{ $app } מאפשר לכם להיכנס רק באמצעותם. פנו אליהם לקבלת עזרה.
needed-passkey-scripts = { $app } מאפשר לכם להיכנס רק באמצעות מפתח גישה. מפתחות גישה זקוקים ל-JavaScript, שכבוי כאן. הפעילו אותו והתחילו מחדש.

# Where end users look after the ways by which they confirm logins. $date is a day, as in: 3 May 2026.
factor-link-text = כאן אפשר לראות איך אתם מאשרים כניסות ל-{ $app }, ולהוסיף דרכי אישור, לתת להן שם או להסיר אותן. תחילה אשרו שזה אתם.
factor-link-used-title = כבר נעשה שימוש בקישור הזה
factor-link-used-text = הקישור תקף פעם אחת בלבד. אפשר לקבל קישור חדש אצל { $app }.
factors-title = איך אתם מאשרים כניסות
factors-phone = הקודים נשלחים למספר { $phone }.
factors-totp = אפליקציית אימות
factors-passkey = מפתח גישה
factors-add = הוספת דרך אישור
factors-view-only = כדי לשנות משהו כאן, התחילו מחדש אצל { $app } ואשרו באחת מהדרכים האלה במקום בטלפון.
factors-moved = משהו השתנה בינתיים. זה המצב עכשיו.
factors-back = חזרה
factors-done = סיום
factor-added = תאריך הוספה: { $date }
factor-used = שימוש אחרון: { $date }
factor-name-label = שם
factor-name-save = שמירת השם
factor-name-problem = שם כולל 64 תווים לכל היותר, וכולם גלויים. קצרו אותו.
factor-saved = השם נשמר.
factor-remove = הסרה
factor-remove-text = אחרי ההסרה לא תוכלו עוד לאשר בדרך הזאת, והמכשירים המהימנים יבקשו שוב קוד.
factor-removed = ההסרה בוצעה.
factor-last-text = זו דרך האישור היחידה שלכם, ולכן אי אפשר להסיר אותה. הוסיפו קודם דרך אחרת.
devices-title = מכשירים מהימנים
device-here = המכשיר הזה
device-other = מכשיר אחר
device-trusted = מהימן מאז { $date }
device-forget = להפסיק לסמוך עליו
device-forget-text = המכשיר יבקש שוב קוד בכניסה הבאה שלכם.

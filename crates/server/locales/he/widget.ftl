sandbox-badge = ניסיון
sandbox-note = מצב ניסיון: שום דבר אינו נשלח לטלפון אמיתי. ההודעות מגיעות לתיבת הניסיון.
unnamed-app = האתר הזה

choose-title = נא לאשר שזה באמת אתם
choose-text = נשלח קוד במסרון למספר { $phone }.
choose-send = שלחו לי קוד
choose-rates = ייתכן חיוב על הודעות ועל גלישה.

enter-title = הזינו את הקוד
enter-text = שלחנו קוד בן { $digits } ספרות למספר { $phone }. ייתכן שיחלפו כמה רגעים עד שיגיע.
enter-label = קוד
enter-too-soon = עוד קצת מוקדם לבקש קוד נוסף. הקוד שבדרך עדיין תקף.
check-title = בדקו את הקוד
code-malformed = הקוד כולל { $digits } ספרות. הקלידו את כולן, כפי שהן מופיעות בהודעה.
code-wrong = הקוד אינו נכון. בדקו אותו או בקשו קוד חדש.
tries-left =
    { $count ->
        [one] נותר ניסיון אחד.
        [two] נותרו שני ניסיונות.
        [many] נותרו { $count } ניסיונות.
       *[other] נותרו { $count } ניסיונות.
    }
undelivered-title = ההודעה לא נמסרה
undelivered-text = לא ניתן היה למסור את המסרון למספר { $phone }. שלחו אותו שוב, או בקשו מ־{ $app } לבדוק את המספר.
undelivered-after-all = ההודעה הגיעה בכל זאת?

continue = המשך
cancel = ביטול
send-again = שליחת הקוד שוב
send-new = שליחת קוד חדש
resend-wait = אפשר יהיה לבקש קוד נוסף { $wait }.
resend-used-up = לא ניתן לשלוח קודים נוספים בכניסה הזאת. אם לא הגיע אף קוד, התחילו מחדש באתר.

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
no-channel-text = { $app } אינו מאפשר דרך אישור שפועלת כאן. פנו אליהם לקבלת עזרה.
limited-title = יותר מדי קודים
limited-text = התבקשו יותר מדי קודים. אפשר יהיה לנסות שוב { $wait }.
start-again-title = התחילו מחדש
resume-text = לא ניתן להמשיך את הכניסה הזאת מכאן. חזרו לאתר והיכנסו שוב.
bad-token-text = לא ניתן להמשיך את הכניסה הזאת. חזרו לאתר והיכנסו שוב.
ended-text = לא ניתן להמשיך את הכניסה הזאת. התחילו מחדש אצל { $app }.
fault-title = זה לא הצליח
fault-text = יש תקלה אצלנו. נסו שוב בעוד רגע.
for-the-developer = למפתחים: { $code }

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

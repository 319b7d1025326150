code-message = { $code } הוא הקוד שלך עבור { $app }. אין למסור אותו לאיש.
voice-message = הקוד שלכם עבור { $app } הוא { $code }. פעם נוספת: { $code }. להתראות.

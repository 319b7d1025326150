code-message = { $code } הוא הקוד שלך עבור { $app }. אין למסור אותו לאיש.

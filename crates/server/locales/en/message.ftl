# The text message. The code comes first, since phones show the beginning only; one line, no isolation marks.
code-message = { $code } is your { $app } code. Never share it.

# The text message. The code comes first, since phones show the beginning only; one line, no isolation marks.
code-message = { $code } is your { $app } code. Never share it.
# Read out by a call. $code is the code's digits with commas between them.
voice-message = Your { $app } code is { $code }. Once more: { $code }. Goodbye.

code-message = { $code } आपका { $app } कोड है। इसे किसी को न बताएँ।

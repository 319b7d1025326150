code-message = { $code } आपका { $app } कोड है। इसे किसी को न बताएँ।
voice-message = { $app } के लिए आपका कोड { $code } है। एक बार फिर, आपका कोड { $code } है। धन्यवाद।

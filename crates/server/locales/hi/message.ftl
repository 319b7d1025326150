code-message = { $code } आपका { $app } कोड है। इसे किसी को न बताएँ।
voice-message = { $app } के लिए आपका कोड { $code } है। एक बार फिर, आपका कोड { $code } है। धन्यवाद।
# What is told by a text message when the ways into an account change; one line, short enough for one message.
notice-passkey-created = आपके { $app } खाते में पासकी जोड़ी गई। आप नहीं थे? { $app } को बताएँ।
notice-app-set-up = आपके { $app } खाते में ऑथेंटिकेटर ऐप सेट हुआ। आप नहीं थे? { $app } को बताएँ।
notice-backup-codes-made = आपके { $app } खाते के लिए नए बैकअप कोड बने। आप नहीं थे? { $app } को बताएँ।
notice-factor-removed = आपके { $app } खाते से पुष्टि का एक तरीक़ा हटाया गया। आप नहीं थे? { $app } को बताएँ।
notice-factors-reset = आपके { $app } खाते से पुष्टि के सभी तरीक़े हटाए गए। आप नहीं थे? { $app } को बताएँ।
notice-phone-changed = आपका { $app } खाता अब दूसरा फ़ोन नंबर इस्तेमाल करता है। आप नहीं थे? { $app } को बताएँ।

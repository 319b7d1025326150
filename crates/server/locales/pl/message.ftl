code-message = { $code } to Twój kod { $app }. Nikomu go nie podawaj.
voice-message = Oto Twój kod do serwisu { $app }. { $code } to Twój kod. Powtarzam: { $code } to Twój kod. Do widzenia.
# What is told by a text message when the ways into an account change; one line, short enough for one message.
notice-passkey-created = Do konta { $app } dodano klucz dostępu. To nie Ty? Zgłoś to w { $app }.
notice-app-set-up = Na koncie { $app } skonfigurowano aplikację uwierzytelniającą. To nie Ty? Zgłoś to w { $app }.
notice-backup-codes-made = Na koncie { $app } są nowe kody zapasowe. To nie Ty? Zgłoś to w { $app }.
notice-factor-removed = Z konta { $app } usunięto sposób potwierdzania. To nie Ty? Zgłoś to w { $app }.
notice-factors-reset = Z konta { $app } usunięto wszystkie sposoby potwierdzania. To nie Ty? Zgłoś to w { $app }.
notice-phone-changed = Konto { $app } używa teraz innego numeru telefonu. To nie Ty? Zgłoś to w { $app }.

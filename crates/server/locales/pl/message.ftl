code-message = { $code } to Twój kod { $app }. Nikomu go nie podawaj.
voice-message = Oto Twój kod do serwisu { $app }. { $code } to Twój kod. Powtarzam: { $code } to Twój kod. Do widzenia.

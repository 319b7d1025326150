sandbox-badge = Test
sandbox-note = Modalità di test: non viene inviato nulla a un telefono reale. I messaggi arrivano nella casella di test.
unnamed-app = questo sito

choose-title = Conferma la tua identità
choose-text-sms = Invieremo un codice via SMS al numero { $phone }.
choose-text-voice = Chiameremo il numero { $phone } e ti leggeremo un codice.
choose-text-whatsapp = Invieremo un codice su WhatsApp al numero { $phone }.
choose-text-several = Invieremo un codice al numero { $phone }. Come vuoi riceverlo?
choose-sms = Ricevi il codice via SMS
choose-voice = Ricevi il codice per telefono
choose-whatsapp = Ricevi il codice su WhatsApp
choose-rates = Il tuo operatore potrebbe addebitare costi per messaggi e dati.
choose-back = Ho già un codice
another-way = Prova un altro modo

enter-title = Inserisci il codice
enter-text = Abbiamo inviato un codice di { $digits } cifre al numero { $phone }. Può richiedere un minuto.
enter-text-whatsapp = Abbiamo inviato un codice di { $digits } cifre su WhatsApp al numero { $phone }. Può richiedere un minuto.
sending-text = Stiamo inviando un codice di { $digits } cifre al numero { $phone }.
voice-title = Rispondi alla chiamata
voice-text = Stiamo chiamando il numero { $phone }. Inserisci il codice di { $digits } cifre che senti.
enter-label = Codice
enter-too-soon = È un po’ presto per richiedere un altro codice. Quello in arrivo è ancora utilizzabile.
check-title = Controlla il codice
code-malformed = Il codice ha { $digits } cifre. Inseriscile tutte, come compaiono nel messaggio.
code-malformed-voice = Il codice ha { $digits } cifre. Inseriscile tutte, nell’ordine in cui le senti.
code-wrong = Questo codice non è corretto. Controllalo o richiedine uno nuovo.
tries-left =
    { $count ->
        [one] Resta 1 tentativo.
       *[other] Restano { $count } tentativi.
    }
undelivered-title = Messaggio non consegnato
undelivered-title-voice = Chiamata non riuscita
undelivered-text-sms = Non è stato possibile consegnare l’SMS al numero { $phone }.
undelivered-text-voice = Non è stato possibile completare la chiamata al numero { $phone }.
undelivered-text-whatsapp = Non è stato possibile consegnare il messaggio WhatsApp al numero { $phone }.
undelivered-advice = Riprova o scegli un altro modo. Se non funziona nulla, chiedi a { $app } di controllare il numero.
undelivered-after-all = Alla fine è arrivato?

continue = Continua
cancel = Annulla
send-again = Invia di nuovo il codice
send-new = Invia un nuovo codice
call-again = Richiamami
try-again = Riprova
resend-wait = Potrai richiedere un altro codice { $wait }.
resend-now = Ora puoi richiedere un altro codice.
resend-used-up = Per questo accesso non si possono inviare altri codici. Se non ne hai ricevuto nessuno, ricomincia dal sito.

totp-title = Inserisci il codice della tua app
totp-text = Apri la tua app di autenticazione e scrivi il codice di { $digits } cifre per { $app }.
totp-malformed = Il codice ha { $digits } cifre. Scrivile tutte, come le mostra la tua app.
totp-wrong = Questo codice non è giusto. Scrivi quello che la tua app mostra adesso.
totp-used = Questo codice è già stato usato. Aspetta che la tua app mostri il prossimo.
totp-clock-off = L’orologio del tuo dispositivo non è esatto. Imposta l’ora automatica e poi scrivi il codice mostrato dalla tua app.
totp-used-up-text = I codici della tua app erano sbagliati troppe volte in questo accesso. Prova in un altro modo o ricomincia su { $app }.
choose-totp = Usa la mia app di autenticazione
choose-text-mixed = Come vuoi confermare che sei tu?

passed-title = Confermato
passed-text = Grazie. Puoi tornare a { $app }.

code-expired-title = Questo codice è scaduto
code-expired-text = I codici valgono solo pochi minuti.
tries-used-up-title = Troppi tentativi
tries-used-up-text = Questo codice è stato provato troppe volte e non è più utilizzabile.
locked-title = I codici sono bloccati per ora
locked-text = Sono stati inseriti troppi codici errati di seguito. Potrai riprovare { $wait }.
locked-until-reset-title = I codici sono bloccati
locked-until-reset-text = Sono stati inseriti troppi codici errati di seguito. Chiedi a { $app } di sbloccare il tuo account.
already-done-title = Già confermato
already-done-text = Questo accesso è confermato. Continua su { $app } o ricomincia da lì.
cancelled-title = Accesso annullato
cancelled-text = Se vuoi, ricomincia da { $app }.
expired-title = Questo accesso ha richiesto troppo tempo
expired-text = Ricomincia da { $app }.
no-channel-title = Conferma non possibile
no-channel-allowed-text = { $app } non consente alcun metodo di conferma che funzioni qui. Chiedi aiuto all’assistenza.
no-channel-enrolled-text = { $app } richiede un metodo di conferma che per te non è ancora configurato. Chiedi aiuto all’assistenza.
provider-down-text = Al momento non si possono inviare codici. Riprova più tardi o chiedi aiuto a { $app }.
limited-title = Troppi codici
limited-text = Sono stati richiesti troppi codici. Potrai riprovare { $wait }.
start-again-title = Ricomincia
resume-text = Questo accesso non può continuare da qui. Torna al sito e accedi di nuovo.
bad-token-text = Questo accesso non può continuare. Torna al sito e accedi di nuovo.
ended-text = Questo accesso non può continuare. Ricomincia da { $app }.
redirect-refused-text = { $app } non accetta più l’indirizzo a cui questo accesso dovrebbe tornare. Torna indietro e accedi di nuovo.
fault-title = Non ha funzionato
fault-text = Abbiamo un problema tecnico. Riprova tra un momento.
for-the-developer = Per lo sviluppatore: { $code }

offline-text = Sei offline. Quello che hai scritto viene conservato e sarà inviato appena torni online.
expiring-title = Ci sei ancora?
expiring-text = Questo accesso scadrà { $wait }.
expiring-extend = Mi serve più tempo
unsupported-text = Questo browser è troppo vecchio per alcune parti di questa pagina. Se non riesci a continuare, apri { $app } in uno più recente.
frame-blocked-text = Questo accesso non può essere mostrato all’interno di questa pagina.
frame-blocked-open = Apri in una pagina a parte
close = Chiudi

wait-seconds =
    { $count ->
        [one] tra 1 secondo
       *[other] tra { $count } secondi
    }
wait-minutes =
    { $count ->
        [one] tra 1 minuto
       *[other] tra { $count } minuti
    }
wait-hours =
    { $count ->
        [one] tra 1 ora
       *[other] tra { $count } ore
    }

# Passkeys.
choose-webauthn = Usa una passkey
passkey-title = Usa la tua passkey
passkey-text = Il dispositivo ti chiederà l’impronta, il volto, il PIN o la chiave di sicurezza.
passkey-use = Usa la passkey
passkey-wrong = Questa passkey non ha funzionato. Riprova o usa un altro modo.
passkey-used-up-text = In questo accesso le passkey sono state provate troppe volte. Usa un altro modo o ricomincia da { $app }.
passkey-copied = Questa passkey non può più essere usata: sembra esisterne una copia. Usa un altro modo e avvisa { $app }.
passkey-none = Questo browser non può usare le passkey. Usa un altro modo.
passkey-cancelled = Non è stato confermato nulla. Riprova, o usa un altro modo se non hai una passkey su questo dispositivo.
passkey-blocked = Le passkey non si possono usare dentro questa pagina. Apri una finestra a parte.
passkey-blocked-here = Le passkey non si possono usare dentro questa pagina. Usa un altro modo.
passkey-open = Apri una piccola finestra
passkey-apart = Apri in una pagina a parte
passkey-create-title = Crea una passkey
passkey-create-text = La prossima volta conferma con l’impronta, il volto, il PIN o la chiave di sicurezza invece di un codice.
passkey-create = Crea passkey
passkey-known = Questo dispositivo ha già la tua passkey.
passkey-not-created = Nessuna passkey è stata creata. Puoi riprovare.
passkey-created-title = Passkey creata
passkey-created-text = La prossima volta potrai usarla per confermare su { $app }.
passkey-later = Non ora
passkey-stray = Questa finestra appartiene a un accesso che non è più aperto. Chiudila e ricomincia dal sito.
passkey-scripts = Le passkey richiedono JavaScript, che qui è disattivato. Usa un altro modo.
passkey-offer = Poi crea una passkey per la prossima volta

# Setting up an authenticator app, after a pass.
totp-offer = Poi configura un’app di autenticazione per la prossima volta
totp-setup-title = Configura la tua app di autenticazione
totp-setup-text = Scansiona questa immagine con la tua app di autenticazione o apri l’app su questo dispositivo.
totp-setup-picture = Codice QR per la tua app di autenticazione
totp-setup-open = Apri la mia app di autenticazione
totp-setup-key = Non riesci a scansionarla? Scrivi questa chiave nell’app:
totp-setup-confirm = Poi scrivi il codice di { $digits } cifre mostrato dall’app.
totp-setup-instead = Usa invece un’app di autenticazione
totp-enrolled-title = App di autenticazione configurata
totp-enrolled-text = La prossima volta potrai usare i suoi codici per confermare su { $app }.

# Backup codes: handed out after a pass, and used when a device is lost.
backup-codes-offer = Con i codici di riserva puoi accedere anche se hai perso il dispositivo. Ognuno vale una sola volta.
backup-codes-get = Ottieni codici di riserva
backup-codes-new = Ottieni nuovi codici di riserva
backup-codes-title = I tuoi codici di riserva
backup-codes-text = Conservali dove puoi trovarli anche senza questo dispositivo. Ognuno vale una sola volta. Vengono mostrati solo ora e quelli precedenti non valgono più.
backup-codes-copy = Copia
backup-codes-copied = Copiati
backup-codes-download = Scarica
backup-codes-print = Stampa
backup-codes-saved = Li ho salvati
backup-codes-left =
    { $count ->
        [one] Ti resta 1 codice di riserva.
       *[other] Ti restano { $count } codici di riserva.
    }
backup-codes-none = Non ti restano codici di riserva.
choose-backup-code = Usa un codice di riserva
backup-code-title = Inserisci un codice di riserva
backup-code-text = Scrivi uno dei codici di riserva che hai salvato per { $app }.
backup-code-label = Codice di riserva
backup-code-malformed = Un codice di riserva ha 10 caratteri tra lettere e cifre. Scrivili tutti.
backup-code-wrong = Questo codice di riserva non è giusto. Controllalo o scrivine un altro.
backup-code-used = Questo codice di riserva è già stato usato. Scrivine un altro.
backup-code-used-up-text = I codici di riserva erano sbagliati troppe volte in questo accesso. Prova in un altro modo o ricomincia su { $app }.

# Trusted devices.
trust-offer =
    { $count ->
        [one] Considera attendibile questo dispositivo per 1 giorno
       *[other] Considera attendibile questo dispositivo per { $count } giorni
    }
trust-title = Questo dispositivo è attendibile
trust-text = Qui non serve alcun codice. Continua su { $app }.

# Two proofs, and what is set up in place of one.
step-first = Passaggio 1 di 2
step-second = Passaggio 2 di 2. Serve ancora un altro modo di confermare.
one-kind-only-text = { $app } richiede due metodi di conferma diversi, e per te ne è configurato uno solo. Chiedi aiuto all’assistenza.
choose-set-up = Configura invece una passkey o un’app
set-up-title = Configura un metodo di conferma
set-up-first-text = Scegli come confermare che sei tu, adesso e ogni volta che accedi a { $app }.
set-up-second-text = { $app } richiede due metodi di conferma, e finora ne hai uno solo. Configura adesso il secondo.
first-passkey-text = Conferma con l’impronta, il volto, il PIN o la chiave di sicurezza, adesso e ogni volta che accedi a { $app }.
second-passkey-text = { $app } richiede due metodi di conferma, e finora ne hai uno solo. Una passkey sarà il secondo.
needed-passkey-none = Questo browser non può usare le passkey, e { $app } ne richiede una per farti entrare. Ricomincia in un altro browser o su un altro dispositivo.
needed-passkey-blocked = Non si possono creare passkey dentro questa pagina, e { $app } ne richiede una per farti entrare. Chiedi aiuto all’assistenza.
needed-passkey-scripts = { $app } richiede una passkey per farti entrare. Le passkey richiedono JavaScript, che qui è disattivato. Attivalo e ricomincia.

# Where end users look after the ways by which they confirm logins. $date is a day, as in: 3 May 2026.
factor-link-text = Vedi come confermi gli accessi a { $app } e aggiungi, rinomina o rimuovi metodi di conferma. Prima conferma che sei tu.
factor-link-used-title = Questo link è già stato usato
factor-link-used-text = Vale una sola volta. Richiedine uno nuovo su { $app }.
factors-title = Come confermi gli accessi
factors-phone = I codici vengono inviati al numero { $phone }.
factors-totp = App di autenticazione
factors-passkey = Passkey
factors-add = Aggiungi un metodo di conferma
factors-view-only = Per cambiare qualcosa qui, ricomincia da { $app } e conferma con uno di questi metodi invece che con il telefono.
factors-moved = Nel frattempo qualcosa è cambiato. Ecco la situazione attuale.
factors-back = Indietro
factors-done = Fine
factor-added = Data di aggiunta: { $date }
factor-used = Ultimo utilizzo: { $date }
factor-name-label = Nome
factor-name-save = Salva nome
factor-name-problem = Un nome ha al massimo 64 caratteri, tutti visibili. Accorcialo.
factor-saved = Il nome è stato salvato.
factor-remove = Rimuovi
factor-remove-text = Non potrai più confermare in questo modo, e i dispositivi attendibili chiederanno di nuovo un codice.
factor-removed = Rimozione completata.
factor-last-text = È il tuo unico metodo di conferma, quindi non può essere rimosso. Prima aggiungine un altro.
devices-title = Dispositivi attendibili
device-here = Questo dispositivo
device-other = Altro dispositivo
device-trusted = Attendibile a partire da: { $date }
device-forget = Non considerare più attendibile
device-forget-text = Chiederà di nuovo un codice al tuo prossimo accesso.

sandbox-badge = Test
sandbox-note = Testmodus: er wordt niets naar een echte telefoon gestuurd. Berichten komen in het test-postvak.
unnamed-app = deze site

choose-title = Bevestig dat u het bent
choose-text-sms = We sturen een code per sms naar { $phone }.
choose-text-voice = We bellen { $phone } en lezen een code voor.
choose-text-whatsapp = We sturen een code via WhatsApp naar { $phone }.
choose-text-several = We sturen een code naar { $phone }. Hoe wilt u die ontvangen?
choose-sms = Code per sms ontvangen
choose-voice = Code per telefoon ontvangen
choose-whatsapp = Code via WhatsApp ontvangen
choose-rates = Uw provider kan kosten rekenen voor berichten en data.
choose-back = Ik heb al een code
another-way = Andere manier proberen

enter-title = Voer de code in
enter-text = We hebben een code van { $digits } cijfers gestuurd naar { $phone }. Dit kan een minuut duren.
enter-text-whatsapp = We hebben een code van { $digits } cijfers via WhatsApp gestuurd naar { $phone }. Dit kan een minuut duren.
sending-text = We sturen een code van { $digits } cijfers naar { $phone }.
voice-title = Neem de telefoon op
voice-text = We bellen { $phone }. Voer de code van { $digits } cijfers in die u hoort.
enter-label = Code
enter-too-soon = Het is nog iets te vroeg voor een andere code. De code die onderweg is, blijft geldig.
check-title = Controleer de code
code-malformed = De code heeft { $digits } cijfers. Voer ze allemaal in, zoals ze in het bericht staan.
code-malformed-voice = De code heeft { $digits } cijfers. Voer ze allemaal in, in de volgorde waarin u ze hoort.
code-wrong = Deze code klopt niet. Controleer de code of vraag een nieuwe aan.
tries-left =
    { $count ->
        [one] Nog 1 poging over.
       *[other] Nog { $count } pogingen over.
    }
undelivered-title = Bericht niet bezorgd
undelivered-title-voice = Bellen is niet gelukt
undelivered-text-sms = De sms naar { $phone } kon niet worden bezorgd.
undelivered-text-voice = De oproep naar { $phone } kwam niet tot stand.
undelivered-text-whatsapp = Het WhatsApp-bericht naar { $phone } kon niet worden bezorgd.
undelivered-advice = Probeer het opnieuw of op een andere manier. Als niets helpt, vraag { $app } dan het nummer te controleren.
undelivered-after-all = Toch nog aangekomen?

continue = Doorgaan
cancel = Annuleren
send-again = Code opnieuw versturen
send-new = Nieuwe code versturen
call-again = Bel mij opnieuw
try-again = Opnieuw proberen
resend-wait = U kunt { $wait } een andere code aanvragen.
resend-now = U kunt nu een andere code aanvragen.
resend-used-up = Voor deze aanmelding kunnen geen codes meer worden verstuurd. Begin opnieuw op de site als er geen code is aangekomen.

totp-title = Voer de code van uw app in
totp-text = Open uw authenticator-app en typ de code van { $digits } cijfers voor { $app }.
totp-malformed = De code heeft { $digits } cijfers. Typ ze allemaal, zoals uw app ze toont.
totp-wrong = Die code klopt niet. Typ de code die uw app nu toont.
totp-used = Die code is al gebruikt. Wacht tot uw app de volgende toont.
totp-clock-off = De klok van uw apparaat loopt niet gelijk. Zet de tijd op automatisch en typ dan de code die uw app toont.
totp-used-up-text = De codes van uw app waren te vaak fout bij deze aanmelding. Probeer een andere manier of begin opnieuw bij { $app }.
choose-totp = Mijn authenticator-app gebruiken
choose-text-mixed = Hoe wilt u bevestigen dat u het bent?

passed-title = Bevestigd
passed-text = Dank u wel. U kunt terug naar { $app }.

code-expired-title = Deze code is verlopen
code-expired-text = Codes zijn maar een paar minuten geldig.
tries-used-up-title = Te veel pogingen
tries-used-up-text = Deze code is te vaak geprobeerd en werkt niet meer.
locked-title = Codes zijn tijdelijk geblokkeerd
locked-text = Er zijn te veel verkeerde codes achter elkaar ingevoerd. U kunt het { $wait } opnieuw proberen.
locked-until-reset-title = Codes zijn geblokkeerd
locked-until-reset-text = Er zijn te veel verkeerde codes achter elkaar ingevoerd. Vraag { $app } uw account te deblokkeren.
already-done-title = Al bevestigd
already-done-text = Deze aanmelding is bevestigd. Ga verder bij { $app } of begin daar opnieuw.
cancelled-title = Aanmelding geannuleerd
cancelled-text = Begin desgewenst opnieuw bij { $app }.
expired-title = Deze aanmelding duurde te lang
expired-text = Begin opnieuw bij { $app }.
no-channel-title = Bevestigen is niet mogelijk
no-channel-allowed-text = { $app } staat geen manier van bevestigen toe die hier werkt. Vraag daar om hulp.
no-channel-enrolled-text = { $app } vraagt om een manier van bevestigen die voor u nog niet is ingesteld. Vraag daar om hulp.
provider-down-text = Er kunnen op dit moment geen codes worden verstuurd. Probeer het later opnieuw of vraag { $app } om hulp.
limited-title = Te veel codes
limited-text = Er zijn te veel codes aangevraagd. U kunt het { $wait } opnieuw proberen.
start-again-title = Begin opnieuw
resume-text = Deze aanmelding kan hier niet verdergaan. Ga terug naar de site en meld u opnieuw aan.
bad-token-text = Deze aanmelding kan niet verdergaan. Ga terug naar de site en meld u opnieuw aan.
ended-text = Deze aanmelding kan niet verdergaan. Begin opnieuw bij { $app }.
redirect-refused-text = { $app } accepteert het adres niet meer waarnaar deze aanmelding zou terugkeren. Ga terug en meld u opnieuw aan.
fault-title = Dat is niet gelukt
fault-text = Er is een storing aan onze kant. Probeer het zo meteen opnieuw.
for-the-developer = Voor de ontwikkelaar: { $code }

offline-text = U bent offline. Wat u hebt getypt, blijft bewaard en wordt verstuurd zodra u weer verbinding hebt.
expiring-title = Bent u er nog?
expiring-text = Deze aanmelding verloopt { $wait }.
expiring-extend = Ik heb meer tijd nodig
unsupported-text = Deze browser is te oud voor sommige onderdelen van deze pagina. Kunt u niet verder, open { $app } dan in een nieuwere browser.
frame-blocked-text = Deze aanmelding kan niet binnen deze pagina worden getoond.
frame-blocked-open = Openen op een eigen pagina
close = Sluiten

wait-seconds =
    { $count ->
        [one] over 1 seconde
       *[other] over { $count } seconden
    }
wait-minutes =
    { $count ->
        [one] over 1 minuut
       *[other] over { $count } minuten
    }
wait-hours =
    { $count ->
        [one] over 1 uur
       *[other] over { $count } uur
    }

# Passkeys.
choose-webauthn = Een passkey gebruiken
passkey-title = Gebruik uw passkey
passkey-text = Uw apparaat vraagt om uw vingerafdruk, gezicht, pincode of beveiligingssleutel.
passkey-use = Passkey gebruiken
passkey-wrong = Die passkey werkte niet. Probeer het nog eens of op een andere manier.
passkey-used-up-text = Bij deze aanmelding zijn te vaak passkeys geprobeerd. Probeer het op een andere manier of begin opnieuw bij { $app }.
passkey-copied = Die passkey kan niet meer worden gebruikt: er lijkt een kopie van te bestaan. Probeer het op een andere manier en meld het aan { $app }.
passkey-none = Deze browser kan geen passkeys gebruiken. Probeer het op een andere manier.
passkey-cancelled = Er is niets bevestigd. Probeer het nog eens, of op een andere manier als u op dit apparaat geen passkey hebt.
passkey-blocked = Binnen deze pagina kunnen geen passkeys worden gebruikt. Open er een eigen venster voor.
passkey-blocked-here = Binnen deze pagina kunnen geen passkeys worden gebruikt. Probeer het op een andere manier.
passkey-open = Klein venster openen
passkey-apart = Op een eigen pagina openen
passkey-create-title = Maak een passkey
passkey-create-text = Bevestig de volgende keer met uw vingerafdruk, gezicht, pincode of beveiligingssleutel in plaats van een code.
passkey-create = Passkey maken
passkey-known = Dit apparaat heeft uw passkey al.
passkey-not-created = Er is geen passkey gemaakt. U kunt het nog eens proberen.
passkey-created-title = Passkey gemaakt
passkey-created-text = De volgende keer kunt u er bij { $app } mee bevestigen.
passkey-later = Niet nu
passkey-stray = Dit venster hoort bij een aanmelding die niet meer open is. Sluit het en begin opnieuw op de site.
passkey-scripts = Passkeys hebben JavaScript nodig, dat hier is uitgeschakeld. Probeer het op een andere manier.
passkey-offer = Daarna een passkey maken voor de volgende keer

# Setting up an authenticator app, after a pass.
totp-offer = Daarna een authenticator-app instellen voor de volgende keer
totp-setup-title = Stel uw authenticator-app in
totp-setup-text = Scan deze afbeelding met uw authenticator-app of open de app op dit apparaat.
totp-setup-picture = QR-code voor uw authenticator-app
totp-setup-open = Mijn authenticator-app openen
totp-setup-key = Lukt scannen niet? Typ deze sleutel in de app:
totp-setup-confirm = Typ daarna de code van { $digits } cijfers die de app toont.
totp-setup-instead = Liever een authenticator-app gebruiken
totp-enrolled-title = Authenticator-app ingesteld
totp-enrolled-text = De volgende keer kunt u bij { $app } bevestigen met de codes van de app.

# Backup codes: handed out after a pass, and used when a device is lost.
backup-codes-offer = Met back-upcodes kunt u zich ook aanmelden als u uw apparaat kwijt bent. Elke code werkt één keer.
backup-codes-get = Back-upcodes ophalen
backup-codes-new = Nieuwe back-upcodes ophalen
backup-codes-title = Uw back-upcodes
backup-codes-text = Bewaar ze op een plek waar u ze zonder dit apparaat kunt vinden. Elke code werkt één keer. Ze worden alleen nu getoond, en eerdere codes werken niet meer.
backup-codes-copy = Kopiëren
backup-codes-copied = Gekopieerd
backup-codes-download = Downloaden
backup-codes-print = Afdrukken
backup-codes-saved = Ik heb ze bewaard
backup-codes-left =
    { $count ->
        [one] U hebt nog 1 back-upcode over.
       *[other] U hebt nog { $count } back-upcodes over.
    }
backup-codes-none = U hebt geen back-upcodes meer.
choose-backup-code = Een back-upcode gebruiken
backup-code-title = Voer een back-upcode in
backup-code-text = Typ een van de back-upcodes die u voor { $app } hebt bewaard.
backup-code-label = Back-upcode
backup-code-malformed = Een back-upcode heeft 10 letters en cijfers. Typ ze allemaal.
backup-code-wrong = Die back-upcode klopt niet. Controleer de code of typ een andere.
backup-code-used = Die back-upcode is al gebruikt. Typ een andere.
backup-code-used-up-text = De back-upcodes waren te vaak fout bij deze aanmelding. Probeer het op een andere manier of begin opnieuw bij { $app }.

# Trusted devices.
trust-offer =
    { $count ->
        [one] Dit apparaat 1 dag vertrouwen
       *[other] Dit apparaat { $count } dagen vertrouwen
    }
trust-title = Dit apparaat wordt vertrouwd
trust-text = Hier is geen code nodig. Ga verder naar { $app }.

# Two proofs, and what is set up in place of one.
step-first = Stap 1 van 2
step-second = Stap 2 van 2. Er is nog een andere manier van bevestigen nodig.
one-kind-only-text = { $app } vraagt om twee verschillende manieren van bevestigen, en voor u is er maar één ingesteld. Vraag daar om hulp.
choose-set-up = In plaats daarvan een passkey of app instellen
set-up-title = Stel een manier van bevestigen in
set-up-first-text = Kies hoe u bevestigt dat u het bent, nu en telkens als u inlogt bij { $app }.
set-up-second-text = { $app } vraagt om twee manieren van bevestigen, en u hebt er nog maar één. Stel nu de tweede in.
first-passkey-text = Bevestig met uw vingerafdruk, gezicht, pincode of beveiligingssleutel, nu en telkens als u inlogt bij { $app }.
second-passkey-text = { $app } vraagt om twee manieren van bevestigen, en u hebt er nog maar één. Een passkey wordt de tweede.
needed-passkey-none = Deze browser kan geen passkeys gebruiken, en { $app } laat u alleen daarmee binnen. Begin opnieuw in een andere browser of op een ander apparaat.
needed-passkey-blocked = Binnen deze pagina kunnen geen passkeys worden gemaakt, en { $app } laat u alleen daarmee binnen. Vraag daar om hulp.
needed-passkey-scripts = { $app } laat u alleen met een passkey binnen. Passkeys hebben JavaScript nodig, dat hier is uitgeschakeld. Zet het aan en begin opnieuw.

# Where end users look after the ways by which they confirm logins. $date is a day, as in: 3 May 2026.
factor-link-text = Bekijk hoe u aanmeldingen bij { $app } bevestigt, en voeg manieren van bevestigen toe, geef ze een naam of verwijder ze. Bevestig eerst dat u het bent.
factor-link-used-title = Deze link is al gebruikt
factor-link-used-text = Een link werkt één keer. Vraag een nieuwe aan bij { $app }.
factors-title = Hoe u aanmeldingen bevestigt
factors-phone = Codes gaan naar { $phone }.
factors-totp = Authenticator-app
factors-passkey = Passkey
factors-add = Voeg een manier van bevestigen toe
factors-view-only = Wilt u hier iets wijzigen, begin dan opnieuw bij { $app } en bevestig op een van deze manieren in plaats van met uw telefoon.
factors-moved = Dit is intussen veranderd. Zo is het nu.
factors-back = Terug
factors-done = Klaar
factor-added = Toegevoegd op { $date }
factor-used = Laatst gebruikt op { $date }
factor-name-label = Naam
factor-name-save = Naam opslaan
factor-name-problem = Een naam heeft maximaal 64 tekens, die allemaal zichtbaar zijn. Maak de naam korter.
factor-saved = De naam is opgeslagen.
factor-remove = Verwijderen
factor-remove-text = U kunt er dan niet meer mee bevestigen, en apparaten die u vertrouwt, vragen weer om een code.
factor-removed = Verwijderd.
factor-last-text = Dit is uw enige manier van bevestigen en kan dus niet worden verwijderd. Voeg eerst een andere toe.
devices-title = Apparaten die u vertrouwt
device-here = Dit apparaat
device-other = Ander apparaat
device-trusted = Vertrouwd sinds { $date }
device-forget = Niet meer vertrouwen
device-forget-text = Het apparaat vraagt dan bij uw volgende aanmelding weer om een code.

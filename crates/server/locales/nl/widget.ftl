sandbox-badge = Test
sandbox-note = Testmodus: er wordt niets naar een echte telefoon gestuurd. Berichten komen in het test-postvak.
unnamed-app = deze site

choose-title = Bevestig dat u het bent
choose-text = We sturen een code per sms naar { $phone }.
choose-send = Stuur mij een code
choose-rates = Uw provider kan kosten rekenen voor berichten en data.

enter-title = Voer de code in
enter-text = We hebben een code van { $digits } cijfers gestuurd naar { $phone }. Dit kan een minuut duren.
enter-label = Code
enter-too-soon = Het is nog iets te vroeg voor een andere code. De code die onderweg is, blijft geldig.
check-title = Controleer de code
code-malformed = De code heeft { $digits } cijfers. Voer ze allemaal in, zoals ze in het bericht staan.
code-wrong = Deze code klopt niet. Controleer de code of vraag een nieuwe aan.
tries-left =
    { $count ->
        [one] Nog 1 poging over.
       *[other] Nog { $count } pogingen over.
    }
undelivered-title = Bericht niet bezorgd
undelivered-text = De sms naar { $phone } kon niet worden bezorgd. Verstuur de code opnieuw of vraag { $app } het nummer te controleren.
undelivered-after-all = Toch nog aangekomen?

continue = Doorgaan
cancel = Annuleren
send-again = Code opnieuw versturen
send-new = Nieuwe code versturen
resend-wait = U kunt { $wait } een andere code aanvragen.
resend-used-up = Voor deze aanmelding kunnen geen codes meer worden verstuurd. Begin opnieuw op de site als er geen code is aangekomen.

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
no-channel-text = { $app } staat geen manier van bevestigen toe die hier werkt. Vraag daar om hulp.
limited-title = Te veel codes
limited-text = Er zijn te veel codes aangevraagd. U kunt het { $wait } opnieuw proberen.
start-again-title = Begin opnieuw
resume-text = Deze aanmelding kan hier niet verdergaan. Ga terug naar de site en meld u opnieuw aan.
bad-token-text = Deze aanmelding kan niet verdergaan. Ga terug naar de site en meld u opnieuw aan.
ended-text = Deze aanmelding kan niet verdergaan. Begin opnieuw bij { $app }.
fault-title = Dat is niet gelukt
fault-text = Er is een storing aan onze kant. Probeer het zo meteen opnieuw.
for-the-developer = Voor de ontwikkelaar: { $code }

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

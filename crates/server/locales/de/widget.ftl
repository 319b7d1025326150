sandbox-badge = Testmodus
sandbox-note = Testmodus: Es wird nichts an ein echtes Telefon gesendet. Nachrichten landen im Test-Posteingang.
unnamed-app = Website

choose-title = Bestätigen Sie, dass Sie es sind
choose-text = Wir senden einen Code per SMS an { $phone }.
choose-send = Code per SMS senden
choose-rates = Es können Kosten für Nachrichten und Daten anfallen.

enter-title = Code eingeben
enter-text = Wir haben einen { $digits }-stelligen Code an { $phone } gesendet. Es kann eine Minute dauern.
enter-label = Code
enter-too-soon = Für einen weiteren Code ist es noch etwas früh. Der bereits gesendete ist weiterhin gültig.
check-title = Code prüfen
code-malformed = Der Code hat { $digits } Ziffern. Geben Sie alle so ein, wie sie in der Nachricht stehen.
code-wrong = Dieser Code stimmt nicht. Prüfen Sie ihn oder fordern Sie einen neuen an.
tries-left =
    { $count ->
        [one] Noch 1 Versuch.
       *[other] Noch { $count } Versuche.
    }
undelivered-title = Nachricht nicht zugestellt
undelivered-text = Die SMS an { $phone } konnte nicht zugestellt werden. Senden Sie sie erneut oder bitten Sie { $app }, die Nummer zu prüfen.
undelivered-after-all = Ist sie doch noch angekommen?

continue = Weiter
cancel = Abbrechen
send-again = Code erneut senden
send-new = Neuen Code senden
resend-wait = Sie können { $wait } einen weiteren Code anfordern.
resend-used-up = Bei dieser Anmeldung können keine weiteren Codes gesendet werden. Wenn keiner angekommen ist, beginnen Sie auf der Website von vorn.

passed-title = Bestätigt
passed-text = Vielen Dank. Sie können zu { $app } zurückkehren.

code-expired-title = Dieser Code ist abgelaufen
code-expired-text = Codes sind nur wenige Minuten gültig.
tries-used-up-title = Zu viele Versuche
tries-used-up-text = Dieser Code wurde zu oft falsch eingegeben und ist nicht mehr gültig.
locked-title = Codes sind vorübergehend gesperrt
locked-text = Es wurden zu viele falsche Codes nacheinander eingegeben. Sie können es { $wait } wieder versuchen.
locked-until-reset-title = Codes sind gesperrt
locked-until-reset-text = Es wurden zu viele falsche Codes nacheinander eingegeben. Bitten Sie { $app }, Ihr Konto zu entsperren.
already-done-title = Bereits bestätigt
already-done-text = Diese Anmeldung ist bestätigt. Fahren Sie bei { $app } fort oder beginnen Sie dort von vorn.
cancelled-title = Anmeldung abgebrochen
cancelled-text = Wenn Sie möchten, beginnen Sie bei { $app } von vorn.
expired-title = Diese Anmeldung hat zu lange gedauert
expired-text = Beginnen Sie bei { $app } von vorn.
no-channel-title = Keine Bestätigung möglich
no-channel-text = { $app } erlaubt keine Art der Bestätigung, die hier funktioniert. Bitten Sie dort um Hilfe.
limited-title = Zu viele Codes
limited-text = Es wurden zu viele Codes angefordert. Sie können es { $wait } wieder versuchen.
start-again-title = Von vorn beginnen
resume-text = Diese Anmeldung kann hier nicht fortgesetzt werden. Gehen Sie zurück zur Website und melden Sie sich erneut an.
bad-token-text = Diese Anmeldung kann nicht fortgesetzt werden. Gehen Sie zurück zur Website und melden Sie sich erneut an.
ended-text = Diese Anmeldung kann nicht fortgesetzt werden. Beginnen Sie bei { $app } von vorn.
fault-title = Das hat nicht geklappt
fault-text = Bei uns ist ein Fehler aufgetreten. Versuchen Sie es gleich noch einmal.
for-the-developer = Für Entwickler: { $code }

wait-seconds =
    { $count ->
        [one] in 1 Sekunde
       *[other] in { $count } Sekunden
    }
wait-minutes =
    { $count ->
        [one] in 1 Minute
       *[other] in { $count } Minuten
    }
wait-hours =
    { $count ->
        [one] in 1 Stunde
       *[other] in { $count } Stunden
    }

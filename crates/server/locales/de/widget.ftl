sandbox-badge = Testmodus
sandbox-note = Testmodus: Es wird nichts an ein echtes Telefon gesendet. Nachrichten landen im Test-Posteingang.
unnamed-app = Website

choose-title = Bestätigen Sie, dass Sie es sind
choose-text-sms = Wir senden einen Code per SMS an { $phone }.
choose-text-voice = Wir rufen Sie unter { $phone } an und lesen Ihnen einen Code vor.
choose-text-whatsapp = Wir senden einen Code per WhatsApp an { $phone }.
choose-text-several = Wir senden einen Code an { $phone }. Wie möchten Sie ihn erhalten?
choose-sms = Code per SMS erhalten
choose-voice = Code per Anruf erhalten
choose-whatsapp = Code per WhatsApp erhalten
choose-rates = Es können Kosten für Nachrichten und Daten anfallen.
choose-back = Ich habe schon einen Code
another-way = Anderen Weg wählen

enter-title = Code eingeben
enter-text = Wir haben einen { $digits }-stelligen Code an { $phone } gesendet. Es kann eine Minute dauern.
enter-text-whatsapp = Wir haben einen { $digits }-stelligen Code per WhatsApp an { $phone } gesendet. Es kann eine Minute dauern.
sending-text = Wir senden gerade einen { $digits }-stelligen Code an { $phone }.
voice-title = Nehmen Sie den Anruf an
voice-text = Wir rufen { $phone } an. Geben Sie den { $digits }-stelligen Code ein, den Sie hören.
enter-label = Code
enter-too-soon = Für einen weiteren Code ist es noch etwas früh. Der bereits gesendete ist weiterhin gültig.
check-title = Code prüfen
code-malformed = Der Code hat { $digits } Ziffern. Geben Sie alle so ein, wie sie in der Nachricht stehen.
code-malformed-voice = Der Code hat { $digits } Ziffern. Geben Sie alle in der Reihenfolge ein, in der Sie sie hören.
code-wrong = Dieser Code stimmt nicht. Prüfen Sie ihn oder fordern Sie einen neuen an.
tries-left =
    { $count ->
        [one] Noch 1 Versuch.
       *[other] Noch { $count } Versuche.
    }
undelivered-title = Nachricht nicht zugestellt
undelivered-title-voice = Anruf fehlgeschlagen
undelivered-text-sms = Die SMS an { $phone } konnte nicht zugestellt werden.
undelivered-text-voice = Der Anruf bei { $phone } kam nicht zustande.
undelivered-text-whatsapp = Die WhatsApp-Nachricht an { $phone } konnte nicht zugestellt werden.
undelivered-advice = Versuchen Sie es erneut oder auf einem anderen Weg. Wenn nichts hilft, bitten Sie { $app }, die Nummer zu prüfen.
undelivered-after-all = Ist der Code doch noch angekommen?

continue = Weiter
cancel = Abbrechen
send-again = Code erneut senden
send-new = Neuen Code senden
call-again = Erneut anrufen
try-again = Erneut versuchen
resend-wait = Sie können { $wait } einen weiteren Code anfordern.
resend-now = Sie können jetzt einen weiteren Code anfordern.
resend-used-up = Bei dieser Anmeldung können keine weiteren Codes gesendet werden. Wenn keiner angekommen ist, beginnen Sie auf der Website von vorn.

totp-title = Code aus Ihrer App eingeben
totp-text = Öffnen Sie Ihre Authenticator-App und geben Sie den { $digits }-stelligen Code für { $app } ein.
totp-malformed = Der Code hat { $digits } Ziffern. Geben Sie alle ein, wie Ihre App sie zeigt.
totp-wrong = Dieser Code stimmt nicht. Geben Sie den ein, den Ihre App jetzt zeigt.
totp-used = Dieser Code wurde schon benutzt. Warten Sie, bis Ihre App den nächsten zeigt.
totp-clock-off = Die Uhr Ihres Geräts geht falsch. Stellen Sie die Zeit auf automatisch und geben Sie dann den Code ein, den Ihre App zeigt.
totp-used-up-text = Die Codes Ihrer App waren bei dieser Anmeldung zu oft falsch. Versuchen Sie einen anderen Weg oder beginnen Sie bei { $app } neu.
choose-totp = Meine Authenticator-App benutzen
choose-text-mixed = Wie möchten Sie bestätigen, dass Sie es sind?

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
no-channel-allowed-text = { $app } erlaubt keine Art der Bestätigung, die hier funktioniert. Bitten Sie dort um Hilfe.
no-channel-enrolled-text = { $app } verlangt eine Art der Bestätigung, die für Sie noch nicht eingerichtet ist. Bitten Sie dort um Hilfe.
provider-down-text = Im Moment können keine Codes gesendet werden. Versuchen Sie es später noch einmal oder bitten Sie { $app } um Hilfe.
limited-title = Zu viele Codes
limited-text = Es wurden zu viele Codes angefordert. Sie können es { $wait } wieder versuchen.
start-again-title = Von vorn beginnen
resume-text = Diese Anmeldung kann hier nicht fortgesetzt werden. Gehen Sie zurück zur Website und melden Sie sich erneut an.
bad-token-text = Diese Anmeldung kann nicht fortgesetzt werden. Gehen Sie zurück zur Website und melden Sie sich erneut an.
ended-text = Diese Anmeldung kann nicht fortgesetzt werden. Beginnen Sie bei { $app } von vorn.
redirect-refused-text = { $app } akzeptiert die Adresse nicht mehr, zu der diese Anmeldung zurückführen würde. Gehen Sie zurück und melden Sie sich erneut an.
fault-title = Das hat nicht geklappt
fault-text = Bei uns ist ein Fehler aufgetreten. Versuchen Sie es gleich noch einmal.
for-the-developer = Für Entwickler: { $code }

offline-text = Sie sind offline. Ihre Eingabe bleibt erhalten und wird gesendet, sobald Sie wieder verbunden sind.
expiring-title = Sind Sie noch da?
expiring-text = Diese Anmeldung läuft { $wait } ab.
expiring-extend = Ich brauche mehr Zeit
unsupported-text = Dieser Browser ist für einige Teile dieser Seite zu alt. Wenn Sie nicht weiterkommen, öffnen Sie { $app } in einem neueren.
frame-blocked-text = Diese Anmeldung kann innerhalb dieser Seite nicht angezeigt werden.
frame-blocked-open = Auf eigener Seite öffnen
close = Schließen

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

# Passkeys.
choose-webauthn = Passkey verwenden
passkey-title = Verwenden Sie Ihren Passkey
passkey-text = Ihr Gerät fragt nach Fingerabdruck, Gesicht, PIN oder Sicherheitsschlüssel.
passkey-use = Passkey verwenden
passkey-wrong = Dieser Passkey hat nicht funktioniert. Versuchen Sie es noch einmal oder auf andere Weise.
passkey-used-up-text = Passkeys wurden bei dieser Anmeldung zu oft versucht. Versuchen Sie es auf andere Weise oder beginnen Sie bei { $app } von vorn.
passkey-copied = Dieser Passkey kann nicht mehr verwendet werden: Es scheint eine Kopie davon zu geben. Versuchen Sie es auf andere Weise und informieren Sie { $app }.
passkey-none = Dieser Browser kann keine Passkeys verwenden. Versuchen Sie es auf andere Weise.
passkey-cancelled = Es wurde nichts bestätigt. Versuchen Sie es noch einmal, oder auf andere Weise, wenn Sie auf diesem Gerät keinen Passkey haben.
passkey-blocked = Innerhalb dieser Seite können keine Passkeys verwendet werden. Öffnen Sie dafür ein eigenes Fenster.
passkey-blocked-here = Innerhalb dieser Seite können keine Passkeys verwendet werden. Versuchen Sie es auf andere Weise.
passkey-open = Kleines Fenster öffnen
passkey-apart = Auf einer eigenen Seite öffnen
passkey-create-title = Passkey erstellen
passkey-create-text = Bestätigen Sie beim nächsten Mal mit Fingerabdruck, Gesicht, PIN oder Sicherheitsschlüssel statt mit einem Code.
passkey-create = Passkey erstellen
passkey-known = Auf diesem Gerät gibt es Ihren Passkey schon.
passkey-not-created = Es wurde kein Passkey erstellt. Sie können es noch einmal versuchen.
passkey-created-title = Passkey erstellt
passkey-created-text = Beim nächsten Mal können Sie damit bei { $app } bestätigen.
passkey-later = Jetzt nicht
passkey-stray = Dieses Fenster gehört zu einer Anmeldung, die nicht mehr offen ist. Schließen Sie es und beginnen Sie auf der Website von vorn.
passkey-scripts = Passkeys brauchen JavaScript, das hier abgeschaltet ist. Versuchen Sie es auf andere Weise.
passkey-offer = Danach einen Passkey für das nächste Mal erstellen

# Setting up an authenticator app, after a pass.
totp-offer = Danach eine Authenticator-App für das nächste Mal einrichten
totp-setup-title = Richten Sie Ihre Authenticator-App ein
totp-setup-text = Scannen Sie dieses Bild mit Ihrer Authenticator-App oder öffnen Sie die App auf diesem Gerät.
totp-setup-picture = QR-Code für Ihre Authenticator-App
totp-setup-open = Meine Authenticator-App öffnen
totp-setup-key = Scannen klappt nicht? Geben Sie diesen Schlüssel in der App ein:
totp-setup-confirm = Geben Sie dann den { $digits }-stelligen Code ein, den die App zeigt.
totp-setup-instead = Stattdessen eine Authenticator-App verwenden
totp-enrolled-title = Authenticator-App eingerichtet
totp-enrolled-text = Beim nächsten Mal können Sie bei { $app } mit den Codes der App bestätigen.

# Backup codes: handed out after a pass, and used when a device is lost.
backup-codes-offer = Mit Backup-Codes können Sie sich auch dann anmelden, wenn Sie Ihr Gerät verloren haben. Jeder gilt nur einmal.
backup-codes-get = Backup-Codes abrufen
backup-codes-new = Neue Backup-Codes abrufen
backup-codes-title = Ihre Backup-Codes
backup-codes-text = Bewahren Sie sie dort auf, wo Sie sie auch ohne dieses Gerät finden. Jeder gilt nur einmal. Sie werden nur jetzt angezeigt, und frühere gelten nicht mehr.
backup-codes-copy = Kopieren
backup-codes-copied = Kopiert
backup-codes-download = Herunterladen
backup-codes-print = Drucken
backup-codes-saved = Ich habe sie gesichert
backup-codes-left =
    { $count ->
        [one] Sie haben noch einen Backup-Code.
       *[other] Sie haben noch { $count } Backup-Codes.
    }
backup-codes-none = Sie haben keine Backup-Codes mehr.
choose-backup-code = Backup-Code verwenden
backup-code-title = Backup-Code eingeben
backup-code-text = Geben Sie einen der Backup-Codes ein, die Sie für { $app } gesichert haben.
backup-code-label = Backup-Code
backup-code-malformed = Ein Backup-Code hat 10 Buchstaben und Ziffern. Geben Sie alle ein.
backup-code-wrong = Dieser Backup-Code stimmt nicht. Prüfen Sie ihn oder geben Sie einen anderen ein.
backup-code-used = Dieser Backup-Code wurde schon benutzt. Geben Sie einen anderen ein.
backup-code-used-up-text = Bei dieser Anmeldung wurden zu oft falsche Backup-Codes eingegeben. Versuchen Sie es auf andere Weise oder beginnen Sie bei { $app } von vorn.

# Trusted devices.
trust-offer =
    { $count ->
        [one] Diesem Gerät 1 Tag lang vertrauen
       *[other] Diesem Gerät { $count } Tage lang vertrauen
    }
trust-title = Diesem Gerät wird vertraut
trust-text = Hier ist kein Code nötig. Weiter zu { $app }.

# Two proofs, and what is set up in place of one.
step-first = Schritt 1 von 2
step-second = Schritt 2 von 2. Es fehlt noch eine weitere Art der Bestätigung.
one-kind-only-text = { $app } verlangt zwei verschiedene Arten der Bestätigung, und für Sie ist erst eine eingerichtet. Bitten Sie dort um Hilfe.
choose-set-up = Stattdessen Passkey oder App einrichten
set-up-title = Eine Art der Bestätigung einrichten
set-up-first-text = Wählen Sie, wie Sie jetzt und bei jeder Anmeldung bei { $app } bestätigen, dass Sie es sind.
set-up-second-text = { $app } verlangt zwei Arten der Bestätigung, und Sie haben erst eine. Richten Sie jetzt die zweite ein.
first-passkey-text = Bestätigen Sie jetzt und bei jeder Anmeldung bei { $app } mit Fingerabdruck, Gesicht, PIN oder Sicherheitsschlüssel.
second-passkey-text = { $app } verlangt zwei Arten der Bestätigung, und Sie haben erst eine. Ein Passkey wird die zweite.
needed-passkey-none = Dieser Browser kann keine Passkeys verwenden, und { $app } lässt Sie nur damit hinein. Beginnen Sie in einem anderen Browser oder auf einem anderen Gerät von vorn.
needed-passkey-blocked = Innerhalb dieser Seite können keine Passkeys erstellt werden, und { $app } lässt Sie nur damit hinein. Bitten Sie dort um Hilfe.
needed-passkey-scripts = { $app } lässt Sie nur mit einem Passkey hinein. Passkeys brauchen JavaScript, das hier abgeschaltet ist. Schalten Sie es ein und beginnen Sie von vorn.

# Where end users look after the ways by which they confirm logins. $date is a day, as in: 3 May 2026.
factor-link-text = Hier sehen Sie, wie Sie Anmeldungen bei { $app } bestätigen, und können Arten der Bestätigung hinzufügen, benennen oder entfernen. Bestätigen Sie zuerst, dass Sie es sind.
factor-link-used-title = Dieser Link wurde schon benutzt
factor-link-used-text = Er funktioniert nur einmal. Fordern Sie bei { $app } einen neuen an.
factors-title = So bestätigen Sie Anmeldungen
factors-phone = Codes gehen an { $phone }.
factors-totp = Authenticator-App
factors-passkey = Passkey
factors-add = Eine Art der Bestätigung hinzufügen
factors-view-only = Um hier etwas zu ändern, beginnen Sie bei { $app } von vorn und bestätigen Sie mit einer dieser Möglichkeiten statt mit Ihrem Telefon.
factors-moved = Das hat sich inzwischen geändert. So sieht es jetzt aus.
factors-back = Zurück
factors-done = Fertig
factor-added = Hinzugefügt am { $date }
factor-used = Zuletzt verwendet am { $date }
factor-name-label = Name
factor-name-save = Namen speichern
factor-name-problem = Ein Name hat höchstens 64 Zeichen, und alle müssen sichtbar sein. Kürzen Sie ihn.
factor-saved = Der Name ist gespeichert.
factor-remove = Entfernen
factor-remove-text = Danach können Sie damit nicht mehr bestätigen, und Geräte, denen Sie vertrauen, fragen wieder nach einem Code.
factor-removed = Entfernt.
factor-last-text = Das ist Ihre einzige Art der Bestätigung und kann deshalb nicht entfernt werden. Fügen Sie zuerst eine andere hinzu.
devices-title = Geräte, denen Sie vertrauen
device-here = Dieses Gerät
device-other = Anderes Gerät
device-trusted = Vertrauenswürdig seit dem { $date }
device-forget = Nicht mehr vertrauen
device-forget-text = Das Gerät fragt dann bei Ihrer nächsten Anmeldung wieder nach einem Code.

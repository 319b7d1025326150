sandbox-badge = Test
sandbox-note = Tryb testowy: nic nie jest wysyłane na prawdziwy telefon. Wiadomości trafiają do testowej skrzynki odbiorczej.
unnamed-app = bez nazwy

choose-title = Potwierdź, że to Ty
choose-text-sms = Wyślemy kod SMS-em na numer { $phone }.
choose-text-voice = Zadzwonimy na numer { $phone } i podyktujemy kod.
choose-text-whatsapp = Wyślemy kod przez WhatsApp na numer { $phone }.
choose-text-several = Wyślemy kod na numer { $phone }. Jak chcesz go otrzymać?
choose-sms = Wyślij kod SMS-em
choose-voice = Zadzwoń i podyktuj kod
choose-whatsapp = Wyślij kod przez WhatsApp
choose-rates = Operator może naliczyć opłaty za wiadomości i transmisję danych.
choose-back = Mam już kod
another-way = Wybierz inny sposób

enter-title = Wpisz kod
enter-text = Wysłaliśmy { $digits }-cyfrowy kod na numer { $phone }. Może to potrwać minutę.
enter-text-whatsapp = Wysłaliśmy { $digits }-cyfrowy kod przez WhatsApp na numer { $phone }. Może to potrwać minutę.
sending-text = Wysyłamy { $digits }-cyfrowy kod na numer { $phone }.
voice-title = Odbierz telefon
voice-text = Dzwonimy na numer { $phone }. Wpisz { $digits }-cyfrowy kod, który usłyszysz.
enter-label = Kod
enter-too-soon = Jest jeszcze trochę za wcześnie na kolejny kod. Ten wysłany wcześniej nadal działa.
check-title = Sprawdź kod
code-malformed = Kod składa się z { $digits } cyfr. Wpisz wszystkie tak, jak w wiadomości.
code-malformed-voice = Kod składa się z { $digits } cyfr. Wpisz wszystkie w kolejności, w jakiej je słyszysz.
code-wrong = Ten kod się nie zgadza. Sprawdź go lub poproś o nowy.
tries-left =
    { $count ->
        [one] Pozostała { $count } próba.
        [few] Pozostały { $count } próby.
        [many] Pozostało { $count } prób.
       *[other] Pozostało { $count } próby.
    }
undelivered-title = Wiadomość nie dotarła
undelivered-title-voice = Nie udało się połączyć
undelivered-text-sms = Nie udało się dostarczyć SMS-a na numer { $phone }.
undelivered-text-voice = Nie udało się dodzwonić na numer { $phone }.
undelivered-text-whatsapp = Nie udało się dostarczyć wiadomości WhatsApp na numer { $phone }.
undelivered-advice = Spróbuj ponownie lub w inny sposób. Jeśli nic nie pomoże, poproś obsługę serwisu { $app } o sprawdzenie numeru.
undelivered-after-all = Kod jednak dotarł?

continue = Dalej
cancel = Anuluj
send-again = Wyślij kod ponownie
send-new = Wyślij nowy kod
call-again = Zadzwoń ponownie
try-again = Spróbuj ponownie
resend-wait = Kolejny kod będzie można wysłać { $wait }.
resend-now = Teraz można wysłać kolejny kod.
resend-used-up = Podczas tego logowania nie można wysłać więcej kodów. Jeśli żaden nie dotarł, zacznij od nowa w serwisie.

totp-title = Wpisz kod ze swojej aplikacji
totp-text = Otwórz aplikację uwierzytelniającą i wpisz { $digits }-cyfrowy kod dla { $app }.
totp-malformed = Liczba cyfr w kodzie: { $digits }. Wpisz wszystkie, tak jak pokazuje je aplikacja.
totp-wrong = Ten kod się nie zgadza. Wpisz ten, który aplikacja pokazuje teraz.
totp-used = Ten kod został już użyty. Poczekaj, aż aplikacja pokaże następny.
totp-clock-off = Zegar urządzenia źle chodzi. Ustaw czas na automatyczny, a potem wpisz kod, który pokazuje aplikacja.
totp-used-up-text = Kody z aplikacji były w tym logowaniu zbyt wiele razy błędne. Spróbuj inaczej albo zacznij od nowa w { $app }.
choose-totp = Użyj mojej aplikacji uwierzytelniającej
choose-text-mixed = Jak chcesz potwierdzić, że to Ty?

passed-title = Potwierdzono
passed-text = Dziękujemy. Możesz wrócić do serwisu { $app }.

code-expired-title = Ten kod wygasł
code-expired-text = Kody są ważne tylko przez kilka minut.
tries-used-up-title = Zbyt wiele prób
tries-used-up-text = Ten kod wpisano błędnie zbyt wiele razy i już nie działa.
locked-title = Kody są chwilowo zablokowane
locked-text = Zbyt wiele razy z rzędu wpisano błędny kod. Ponowna próba będzie możliwa { $wait }.
locked-until-reset-title = Kody są zablokowane
locked-until-reset-text = Zbyt wiele razy z rzędu wpisano błędny kod. Poproś obsługę serwisu { $app } o odblokowanie konta.
already-done-title = Już potwierdzono
already-done-text = To logowanie zostało potwierdzone. Przejdź do serwisu { $app } lub zacznij tam od nowa.
cancelled-title = Logowanie anulowane
cancelled-text = Jeśli chcesz, zacznij od nowa w serwisie { $app }.
expired-title = Logowanie trwało zbyt długo
expired-text = Zacznij od nowa w serwisie { $app }.
no-channel-title = Brak możliwości potwierdzenia
no-channel-allowed-text = Serwis { $app } nie zezwala na żaden sposób potwierdzenia, który tutaj działa. Poproś jego obsługę o pomoc.
no-channel-enrolled-text = Serwis { $app } wymaga sposobu potwierdzenia, który nie jest jeszcze dla Ciebie skonfigurowany. Poproś jego obsługę o pomoc.
provider-down-text = W tej chwili nie można wysyłać kodów. Spróbuj ponownie później lub poproś o pomoc obsługę serwisu { $app }.
limited-title = Zbyt wiele kodów
limited-text = Poproszono o zbyt wiele kodów. Ponowna próba będzie możliwa { $wait }.
start-again-title = Zacznij od nowa
resume-text = Nie można stąd kontynuować tego logowania. Wróć do serwisu i zaloguj się ponownie.
bad-token-text = Nie można kontynuować tego logowania. Wróć do serwisu i zaloguj się ponownie.
ended-text = Nie można kontynuować tego logowania. Zacznij od nowa w serwisie { $app }.
redirect-refused-text = Serwis { $app } nie akceptuje już adresu powrotnego tego logowania. Wróć i zaloguj się ponownie.
fault-title = Nie udało się
fault-text = Wystąpił problem po naszej stronie. Spróbuj ponownie za chwilę.
for-the-developer = Dla programisty: { $code }

offline-text = Brak połączenia z internetem. Wpisany tekst jest zachowany i zostanie wysłany, gdy tylko wróci połączenie.
expiring-title = Nadal tu jesteś?
expiring-text = Czas na zalogowanie upłynie { $wait }.
expiring-extend = Potrzebuję więcej czasu
unsupported-text = Ta przeglądarka jest za stara dla niektórych części tej strony. Jeśli nie możesz kontynuować, otwórz serwis { $app } w nowszej.
frame-blocked-text = Tego logowania nie można wyświetlić wewnątrz tej strony.
frame-blocked-open = Otwórz na osobnej stronie
close = Zamknij

wait-seconds =
    { $count ->
        [one] za { $count } sekundę
        [few] za { $count } sekundy
        [many] za { $count } sekund
       *[other] za { $count } sekundy
    }
wait-minutes =
    { $count ->
        [one] za { $count } minutę
        [few] za { $count } minuty
        [many] za { $count } minut
       *[other] za { $count } minuty
    }
wait-hours =
    { $count ->
        [one] za { $count } godzinę
        [few] za { $count } godziny
        [many] za { $count } godzin
       *[other] za { $count } godziny
    }

# Passkeys.
choose-webauthn = Użyj klucza dostępu
passkey-title = Użyj swojego klucza dostępu
passkey-text = Urządzenie poprosi o odcisk palca, twarz, kod PIN lub klucz bezpieczeństwa.
passkey-use = Użyj klucza dostępu
passkey-wrong = Ten klucz dostępu nie zadziałał. Spróbuj ponownie lub w inny sposób.
passkey-used-up-text = W tym logowaniu zbyt wiele razy próbowano kluczy dostępu. Spróbuj w inny sposób albo zacznij od nowa w { $app }.
passkey-copied = Tego klucza dostępu nie można już używać: wygląda na to, że istnieje jego kopia. Spróbuj w inny sposób i powiadom { $app }.
passkey-none = Ta przeglądarka nie obsługuje kluczy dostępu. Spróbuj w inny sposób.
passkey-cancelled = Nic nie zostało potwierdzone. Spróbuj ponownie albo w inny sposób, jeśli na tym urządzeniu nie masz klucza dostępu.
passkey-blocked = Wewnątrz tej strony nie można używać kluczy dostępu. Otwórz do tego osobne okno.
passkey-blocked-here = Wewnątrz tej strony nie można używać kluczy dostępu. Spróbuj w inny sposób.
passkey-open = Otwórz małe okno
passkey-apart = Otwórz na osobnej stronie
passkey-create-title = Utwórz klucz dostępu
passkey-create-text = Następnym razem potwierdź odciskiem palca, twarzą, kodem PIN lub kluczem bezpieczeństwa zamiast kodem.
passkey-create = Utwórz klucz dostępu
passkey-known = To urządzenie ma już Twój klucz dostępu.
passkey-not-created = Nie utworzono klucza dostępu. Możesz spróbować ponownie.
passkey-created-title = Klucz dostępu utworzony
passkey-created-text = Następnym razem możesz nim potwierdzić w { $app }.
passkey-later = Nie teraz
passkey-stray = To okno należy do logowania, które nie jest już otwarte. Zamknij je i zacznij od nowa na stronie.
passkey-scripts = Klucze dostępu wymagają JavaScriptu, który jest tu wyłączony. Spróbuj w inny sposób.
passkey-offer = Potem utwórz klucz dostępu na następny raz

# Setting up an authenticator app, after a pass.
totp-offer = Potem skonfiguruj aplikację uwierzytelniającą na następny raz
totp-setup-title = Skonfiguruj aplikację uwierzytelniającą
totp-setup-text = Zeskanuj ten obraz aplikacją uwierzytelniającą albo otwórz ją na tym urządzeniu.
totp-setup-picture = Kod QR dla aplikacji uwierzytelniającej
totp-setup-open = Otwórz moją aplikację uwierzytelniającą
totp-setup-key = Nie możesz go zeskanować? Wpisz ten klucz w aplikacji:
totp-setup-confirm = Potem wpisz { $digits }-cyfrowy kod, który pokazuje aplikacja.
totp-setup-instead = Użyj zamiast tego aplikacji uwierzytelniającej
totp-enrolled-title = Aplikacja uwierzytelniająca skonfigurowana
totp-enrolled-text = Następnym razem możesz potwierdzić jej kodami w serwisie { $app }.

# Backup codes: handed out after a pass, and used when a device is lost.
backup-codes-offer = Dzięki kodom zapasowym zalogujesz się nawet po utracie urządzenia. Każdy działa tylko raz.
backup-codes-get = Utwórz kody zapasowe
backup-codes-new = Utwórz nowe kody zapasowe
backup-codes-title = Twoje kody zapasowe
backup-codes-text = Przechowuj je tam, gdzie znajdziesz je bez tego urządzenia. Każdy działa tylko raz. Widać je tylko teraz, a wcześniejsze już nie działają.
backup-codes-copy = Kopiuj
backup-codes-copied = Skopiowano
backup-codes-download = Pobierz
backup-codes-print = Drukuj
backup-codes-saved = Mam je zapisane
backup-codes-left =
    { $count ->
        [one] Pozostał Ci { $count } kod zapasowy.
        [few] Pozostały Ci { $count } kody zapasowe.
        [many] Pozostało Ci { $count } kodów zapasowych.
       *[other] Pozostało Ci { $count } kodu zapasowego.
    }
backup-codes-none = Nie masz już kodów zapasowych.
choose-backup-code = Użyj kodu zapasowego
backup-code-title = Wpisz kod zapasowy
backup-code-text = Wpisz jeden z kodów zapasowych zapisanych dla serwisu { $app }.
backup-code-label = Kod zapasowy
backup-code-malformed = Kod zapasowy składa się z 10 liter i cyfr. Wpisz wszystkie.
backup-code-wrong = Ten kod zapasowy się nie zgadza. Sprawdź go albo wpisz inny.
backup-code-used = Ten kod zapasowy został już użyty. Wpisz inny.
backup-code-used-up-text = Kody zapasowe były w tym logowaniu zbyt wiele razy błędne. Spróbuj w inny sposób albo zacznij od nowa w serwisie { $app }.

# Trusted devices.
trust-offer =
    { $count ->
        [one] Ufaj temu urządzeniu przez { $count } dzień
        [few] Ufaj temu urządzeniu przez { $count } dni
        [many] Ufaj temu urządzeniu przez { $count } dni
       *[other] Ufaj temu urządzeniu przez { $count } dnia
    }
trust-title = To urządzenie jest zaufane
trust-text = Kod nie jest tu potrzebny. Przejdź dalej do { $app }.

# Two proofs, and what is set up in place of one.
step-first = Krok 1 z 2
step-second = Krok 2 z 2. Potrzebny jest jeszcze inny sposób potwierdzenia.
one-kind-only-text = Serwis { $app } wymaga dwóch różnych sposobów potwierdzenia, a masz skonfigurowany tylko jeden. Poproś jego obsługę o pomoc.
choose-set-up = Skonfiguruj zamiast tego klucz dostępu lub aplikację
set-up-title = Skonfiguruj sposób potwierdzenia
set-up-first-text = Wybierz, jak potwierdzasz swoją tożsamość teraz i przy każdym logowaniu do serwisu { $app }.
set-up-second-text = Serwis { $app } wymaga dwóch sposobów potwierdzenia, a masz na razie tylko jeden. Skonfiguruj teraz drugi.
first-passkey-text = Potwierdzaj odciskiem palca, twarzą, kodem PIN lub kluczem bezpieczeństwa teraz i przy każdym logowaniu do serwisu { $app }.
second-passkey-text = Serwis { $app } wymaga dwóch sposobów potwierdzenia, a masz na razie tylko jeden. Drugim będzie klucz dostępu.
needed-passkey-none = Ta przeglądarka nie obsługuje kluczy dostępu, a serwis { $app } wpuszcza tylko z takim kluczem. Zacznij od nowa w innej przeglądarce lub na innym urządzeniu.
needed-passkey-blocked = Wewnątrz tej strony nie można tworzyć kluczy dostępu, a serwis { $app } wpuszcza tylko z takim kluczem. Poproś jego obsługę o pomoc.
needed-passkey-scripts = Serwis { $app } wpuszcza tylko z kluczem dostępu. Klucze dostępu wymagają JavaScriptu, który jest tu wyłączony. Włącz go i zacznij od nowa.

# Where end users look after the ways by which they confirm logins. $date is a day, as in: 3 May 2026.
factor-link-text = Zobacz, jak potwierdzasz logowanie do serwisu { $app }, oraz dodaj, nazwij lub usuń sposoby potwierdzenia. Najpierw potwierdź, że to Ty.
factor-link-used-title = Ten link został już użyty
factor-link-used-text = Działa tylko raz. Uzyskaj nowy w serwisie { $app }.
factors-title = Jak potwierdzasz logowanie
factors-phone = Kody są wysyłane na numer { $phone }.
factors-totp = Aplikacja uwierzytelniająca
factors-passkey = Klucz dostępu
factors-add = Dodaj sposób potwierdzenia
factors-view-only = Aby coś tu zmienić, zacznij od nowa w serwisie { $app } i potwierdź jednym z tych sposobów zamiast telefonem.
factors-moved = W międzyczasie coś się zmieniło. Oto obecny stan.
factors-back = Wróć
factors-done = Gotowe
factor-added = Dodano: { $date }
factor-used = Ostatnie użycie: { $date }
factor-name-label = Nazwa
factor-name-save = Zapisz nazwę
factor-name-problem = Nazwa może mieć najwyżej 64 znaki, wszystkie widoczne. Skróć ją.
factor-saved = Nazwa została zapisana.
factor-remove = Usuń
factor-remove-text = Nie będzie już można potwierdzać w ten sposób, a zaufane urządzenia znów poproszą o kod.
factor-removed = Usunięto.
factor-last-text = To Twój jedyny sposób potwierdzenia, więc nie można go usunąć. Najpierw dodaj inny.
devices-title = Zaufane urządzenia
device-here = To urządzenie
device-other = Inne urządzenie
device-trusted = Zaufane od: { $date }
device-forget = Przestań ufać
device-forget-text = Przy następnym logowaniu urządzenie znów poprosi o kod.

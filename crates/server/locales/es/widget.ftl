sandbox-badge = Pruebas
sandbox-note = Modo de pruebas: no se envía nada a un teléfono real. Los mensajes llegan a la bandeja de pruebas.
unnamed-app = este sitio

choose-title = Confirme que es usted
choose-text-sms = Le enviaremos un código por SMS al { $phone }.
choose-text-voice = Llamaremos al { $phone } y le leeremos un código.
choose-text-whatsapp = Le enviaremos un código por WhatsApp al { $phone }.
choose-text-several = Le enviaremos un código al { $phone }. ¿Cómo prefiere recibirlo?
choose-sms = Recibir un código por SMS
choose-voice = Recibir un código por llamada
choose-whatsapp = Recibir un código por WhatsApp
choose-rates = Es posible que su operador cobre por mensajes y datos.
choose-back = Ya tengo un código
another-way = Probar de otra forma

enter-title = Escriba el código
enter-text = Hemos enviado un código de { $digits } dígitos al { $phone }. Puede tardar un minuto.
enter-text-whatsapp = Hemos enviado un código de { $digits } dígitos por WhatsApp al { $phone }. Puede tardar un minuto.
sending-text = Estamos enviando un código de { $digits } dígitos al { $phone }.
voice-title = Conteste la llamada
voice-text = Estamos llamando al { $phone }. Escriba el código de { $digits } dígitos que oiga.
enter-label = Código
enter-too-soon = Todavía es pronto para pedir otro código. El que está en camino sigue sirviendo.
check-title = Revise el código
code-malformed = El código tiene { $digits } dígitos. Escríbalos todos, tal como aparecen en el mensaje.
code-malformed-voice = El código tiene { $digits } dígitos. Escríbalos todos, en el orden en que los oiga.
code-wrong = Ese código no es correcto. Revíselo o pida uno nuevo.
tries-left =
    { $count ->
        [one] Le queda 1 intento.
       *[other] Le quedan { $count } intentos.
    }
undelivered-title = Mensaje no entregado
undelivered-title-voice = La llamada ha fallado
undelivered-text-sms = No se ha podido entregar el SMS al { $phone }.
undelivered-text-voice = No se ha podido completar la llamada al { $phone }.
undelivered-text-whatsapp = No se ha podido entregar el mensaje de WhatsApp al { $phone }.
undelivered-advice = Inténtelo de nuevo o de otra forma. Si nada funciona, pida a { $app } que compruebe el número.
undelivered-after-all = ¿Le ha llegado después de todo?

continue = Continuar
cancel = Cancelar
send-again = Enviar el código de nuevo
send-new = Enviar un código nuevo
call-again = Volver a llamarme
try-again = Intentar de nuevo
resend-wait = Podrá pedir otro código { $wait }.
resend-now = Ya puede pedir otro código.
resend-used-up = En este inicio de sesión no se pueden enviar más códigos. Si no le ha llegado ninguno, vuelva a empezar en el sitio.

totp-title = Introduzca el código de su aplicación
totp-text = Abra su aplicación de autenticación y escriba el código de { $digits } dígitos de { $app }.
totp-malformed = El código tiene { $digits } dígitos. Escríbalos todos, tal como los muestra su aplicación.
totp-wrong = Ese código no es correcto. Escriba el que su aplicación muestra ahora.
totp-used = Ese código ya se ha usado. Espere a que su aplicación muestre el siguiente.
totp-clock-off = El reloj de su dispositivo no va bien. Ponga la hora en automático y escriba el código que muestre su aplicación.
totp-used-up-text = Los códigos de su aplicación han fallado demasiadas veces en este inicio de sesión. Pruebe de otra forma o empiece de nuevo en { $app }.
choose-totp = Usar mi aplicación de autenticación
choose-text-mixed = ¿Cómo quiere confirmar que es usted?

passed-title = Confirmado
passed-text = Gracias. Ya puede volver a { $app }.

code-expired-title = Ese código ha caducado
code-expired-text = Los códigos solo sirven durante unos minutos.
tries-used-up-title = Demasiados intentos
tries-used-up-text = Ese código se ha probado demasiadas veces y ya no sirve.
locked-title = Los códigos están bloqueados por ahora
locked-text = Ha habido demasiados códigos incorrectos seguidos. Podrá intentarlo de nuevo { $wait }.
locked-until-reset-title = Los códigos están bloqueados
locked-until-reset-text = Ha habido demasiados códigos incorrectos seguidos. Pida a { $app } que desbloquee su cuenta.
already-done-title = Ya está confirmado
already-done-text = Este inicio de sesión ya está confirmado. Continúe en { $app } o vuelva a empezar allí.
cancelled-title = Inicio de sesión cancelado
cancelled-text = Si lo desea, vuelva a empezar en { $app }.
expired-title = Este inicio de sesión ha tardado demasiado
expired-text = Vuelva a empezar en { $app }.
no-channel-title = No hay forma de confirmar
no-channel-allowed-text = { $app } no permite ninguna forma de confirmación que funcione aquí. Pida ayuda a su servicio de atención.
no-channel-enrolled-text = { $app } exige una forma de confirmación que usted aún no tiene configurada. Pida ayuda a su servicio de atención.
provider-down-text = En este momento no se pueden enviar códigos. Inténtelo más tarde o pida ayuda a { $app }.
limited-title = Demasiados códigos
limited-text = Se han pedido demasiados códigos. Podrá intentarlo de nuevo { $wait }.
start-again-title = Vuelva a empezar
resume-text = Este inicio de sesión no puede continuar desde aquí. Vuelva al sitio e inicie sesión de nuevo.
bad-token-text = Este inicio de sesión no puede continuar. Vuelva al sitio e inicie sesión de nuevo.
ended-text = Este inicio de sesión no puede continuar. Vuelva a empezar en { $app }.
redirect-refused-text = { $app } ya no acepta la dirección a la que debía volver este inicio de sesión. Vuelva atrás e inicie sesión de nuevo.
fault-title = No ha funcionado
fault-text = Tenemos un problema técnico. Inténtelo de nuevo dentro de un momento.
for-the-developer = Para el desarrollador: { $code }

offline-text = No tiene conexión. Lo que ha escrito se conserva y se enviará en cuanto vuelva a conectarse.
expiring-title = ¿Sigue ahí?
expiring-text = Este inicio de sesión caducará { $wait }.
expiring-extend = Necesito más tiempo
unsupported-text = Este navegador es demasiado antiguo para algunas partes de esta página. Si no puede continuar, abra { $app } en uno más reciente.
frame-blocked-text = Este inicio de sesión no se puede mostrar dentro de esta página.
frame-blocked-open = Abrirlo en una página aparte
close = Cerrar

wait-seconds =
    { $count ->
        [one] dentro de 1 segundo
       *[other] dentro de { $count } segundos
    }
wait-minutes =
    { $count ->
        [one] dentro de 1 minuto
       *[other] dentro de { $count } minutos
    }
wait-hours =
    { $count ->
        [one] dentro de 1 hora
       *[other] dentro de { $count } horas
    }

# Passkeys.
choose-webauthn = Usar una llave de acceso
passkey-title = Use su llave de acceso
passkey-text = Su dispositivo le pedirá la huella, la cara, el PIN o la llave de seguridad.
passkey-use = Usar llave de acceso
passkey-wrong = Esa llave de acceso no ha funcionado. Inténtelo de nuevo o de otra forma.
passkey-used-up-text = En este inicio de sesión se ha intentado demasiadas veces con llaves de acceso. Inténtelo de otra forma o empiece de nuevo en { $app }.
passkey-copied = Esa llave de acceso ya no se puede usar: parece que hay una copia. Inténtelo de otra forma y avise a { $app }.
passkey-none = Este navegador no puede usar llaves de acceso. Inténtelo de otra forma.
passkey-cancelled = No se ha confirmado nada. Inténtelo de nuevo, o de otra forma si no tiene una llave de acceso en este dispositivo.
passkey-blocked = Dentro de esta página no se pueden usar llaves de acceso. Abra una ventana aparte para ello.
passkey-blocked-here = Dentro de esta página no se pueden usar llaves de acceso. Inténtelo de otra forma.
passkey-open = Abrir una ventana pequeña
passkey-apart = Abrir en una página aparte
passkey-create-title = Cree una llave de acceso
passkey-create-text = La próxima vez, confirme con la huella, la cara, el PIN o la llave de seguridad en lugar de un código.
passkey-create = Crear llave de acceso
passkey-known = Este dispositivo ya tiene su llave de acceso.
passkey-not-created = No se ha creado ninguna llave de acceso. Puede intentarlo de nuevo.
passkey-created-title = Llave de acceso creada
passkey-created-text = La próxima vez podrá confirmar con ella en { $app }.
passkey-later = Ahora no
passkey-stray = Esta ventana pertenece a un inicio de sesión que ya no está abierto. Ciérrela y empiece de nuevo en el sitio.
passkey-scripts = Las llaves de acceso necesitan JavaScript, que aquí está desactivado. Inténtelo de otra forma.
passkey-offer = Después, crear una llave de acceso para la próxima vez

# Setting up an authenticator app, after a pass.
totp-offer = Después, configurar una aplicación de autenticación para la próxima vez
totp-setup-title = Configure su aplicación de autenticación
totp-setup-text = Escanee esta imagen con su aplicación de autenticación o abra la aplicación en este dispositivo.
totp-setup-picture = Código QR para su aplicación de autenticación
totp-setup-open = Abrir mi aplicación de autenticación
totp-setup-key = ¿No puede escanearla? Escriba esta clave en la aplicación:
totp-setup-confirm = Después, escriba el código de { $digits } dígitos que muestre la aplicación.
totp-setup-instead = Usar mejor una aplicación de autenticación
totp-enrolled-title = Aplicación de autenticación configurada
totp-enrolled-text = La próxima vez podrá confirmar con sus códigos en { $app }.

# Backup codes: handed out after a pass, and used when a device is lost.
backup-codes-offer = Con los códigos de respaldo podrá entrar aunque haya perdido su dispositivo. Cada uno sirve una sola vez.
backup-codes-get = Obtener códigos de respaldo
backup-codes-new = Obtener nuevos códigos de respaldo
backup-codes-title = Sus códigos de respaldo
backup-codes-text = Guárdelos donde pueda encontrarlos sin este dispositivo. Cada uno sirve una sola vez. Solo se muestran ahora, y los anteriores ya no sirven.
backup-codes-copy = Copiar
backup-codes-copied = Copiado
backup-codes-download = Descargar
backup-codes-print = Imprimir
backup-codes-saved = Ya los he guardado
backup-codes-left =
    { $count ->
        [one] Le queda 1 código de respaldo.
       *[other] Le quedan { $count } códigos de respaldo.
    }
backup-codes-none = No le queda ningún código de respaldo.
choose-backup-code = Usar un código de respaldo
backup-code-title = Introduzca un código de respaldo
backup-code-text = Escriba uno de los códigos de respaldo que guardó para { $app }.
backup-code-label = Código de respaldo
backup-code-malformed = Un código de respaldo tiene 10 letras y números. Escríbalos todos.
backup-code-wrong = Ese código de respaldo no es correcto. Compruébelo o escriba otro.
backup-code-used = Ese código de respaldo ya se ha usado. Escriba otro.
backup-code-used-up-text = Los códigos de respaldo han fallado demasiadas veces en este inicio de sesión. Inténtelo de otra forma o empiece de nuevo en { $app }.

# Trusted devices.
trust-offer =
    { $count ->
        [one] Confiar en este dispositivo durante 1 día
       *[other] Confiar en este dispositivo durante { $count } días
    }
trust-title = Este dispositivo es de confianza
trust-text = Aquí no hace falta ningún código. Continúe a { $app }.

# Two proofs, and what is set up in place of one.
step-first = Paso 1 de 2
step-second = Paso 2 de 2. Falta otra forma de confirmación.
one-kind-only-text = { $app } exige dos formas de confirmación distintas, y usted solo tiene configurada una. Pida ayuda a su servicio de atención.
choose-set-up = Configurar una llave de acceso o una aplicación
set-up-title = Configure una forma de confirmación
set-up-first-text = Elija cómo confirmar que es usted, ahora y cada vez que inicie sesión en { $app }.
set-up-second-text = { $app } exige dos formas de confirmación, y usted solo tiene una. Configure la segunda ahora.
first-passkey-text = Confirme con la huella, la cara, el PIN o la llave de seguridad, ahora y cada vez que inicie sesión en { $app }.
second-passkey-text = { $app } exige dos formas de confirmación, y usted solo tiene una. Una llave de acceso será la segunda.
needed-passkey-none = Este navegador no puede usar llaves de acceso, y { $app } exige una para dejarle entrar. Empiece de nuevo en otro navegador o en otro dispositivo.
needed-passkey-blocked = Dentro de esta página no se pueden crear llaves de acceso, y { $app } exige una para dejarle entrar. Pida ayuda a su servicio de atención.
needed-passkey-scripts = { $app } exige una llave de acceso para dejarle entrar. Las llaves de acceso necesitan JavaScript, que aquí está desactivado. Actívelo y empiece de nuevo.

# Where end users look after the ways by which they confirm logins. $date is a day, as in: 3 May 2026.
factor-link-text = Vea cómo confirma sus inicios de sesión en { $app } y añada formas de confirmación, póngales nombre o elimínelas. Primero, confirme que es usted.
factor-link-used-title = Este enlace ya se ha usado
factor-link-used-text = Sirve una sola vez. Obtenga uno nuevo en { $app }.
factors-title = Cómo confirma sus inicios de sesión
factors-phone = Los códigos se envían al { $phone }.
factors-totp = Aplicación de autenticación
factors-passkey = Llave de acceso
factors-add = Añada una forma de confirmación
factors-view-only = Para cambiar algo aquí, vuelva a empezar en { $app } y confirme con una de estas formas en lugar de con el teléfono.
factors-moved = Algo ha cambiado mientras tanto. Así está ahora.
factors-back = Volver
factors-done = Listo
factor-added = Se añadió el { $date }
factor-used = Último uso: { $date }
factor-name-label = Nombre
factor-name-save = Guardar nombre
factor-name-problem = Un nombre tiene como máximo 64 caracteres, todos visibles. Acórtelo.
factor-saved = El nombre se ha guardado.
factor-remove = Eliminar
factor-remove-text = Ya no podrá confirmar de esta forma, y los dispositivos de confianza volverán a pedir un código.
factor-removed = Se ha eliminado.
factor-last-text = Es su única forma de confirmación, así que no se puede eliminar. Añada antes otra.
devices-title = Dispositivos de confianza
device-here = Este dispositivo
device-other = Otro dispositivo
device-trusted = De confianza desde el { $date }
device-forget = Dejar de confiar
device-forget-text = Volverá a pedir un código en su próximo inicio de sesión.

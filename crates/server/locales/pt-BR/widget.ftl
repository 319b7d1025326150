sandbox-badge = Teste
sandbox-note = Modo de teste: nada é enviado a um telefone real. As mensagens chegam à caixa de entrada de teste.
unnamed-app = este site

choose-title = Confirme que é você
choose-text-sms = Enviaremos um código por SMS para { $phone }.
choose-text-voice = Ligaremos para { $phone } e leremos um código.
choose-text-whatsapp = Enviaremos um código pelo WhatsApp para { $phone }.
choose-text-several = Enviaremos um código para { $phone }. Como você prefere recebê-lo?
choose-sms = Receber código por SMS
choose-voice = Receber código por ligação
choose-whatsapp = Receber código pelo WhatsApp
choose-rates = Sua operadora pode cobrar por mensagens e dados.
choose-back = Já tenho um código
another-way = Tentar de outra forma

enter-title = Digite o código
enter-text = Enviamos um código de { $digits } dígitos para { $phone }. Pode levar um minuto.
enter-text-whatsapp = Enviamos um código de { $digits } dígitos pelo WhatsApp para { $phone }. Pode levar um minuto.
sending-text = Estamos enviando um código de { $digits } dígitos para { $phone }.
voice-title = Atenda a ligação
voice-text = Estamos ligando para { $phone }. Digite o código de { $digits } dígitos que você ouvir.
enter-label = Código
enter-too-soon = Ainda é cedo para pedir outro código. O que está a caminho continua valendo.
check-title = Confira o código
code-malformed = O código tem { $digits } dígitos. Digite todos, como aparecem na mensagem.
code-malformed-voice = O código tem { $digits } dígitos. Digite todos, na ordem em que você os ouve.
code-wrong = Esse código não está certo. Confira ou peça um novo.
tries-left =
    { $count ->
        [one] Resta { $count } tentativa.
       *[other] Restam { $count } tentativas.
    }
undelivered-title = Mensagem não entregue
undelivered-title-voice = A ligação falhou
undelivered-text-sms = Não foi possível entregar o SMS para { $phone }.
undelivered-text-voice = Não foi possível completar a ligação para { $phone }.
undelivered-text-whatsapp = Não foi possível entregar a mensagem do WhatsApp para { $phone }.
undelivered-advice = Tente de novo ou de outra forma. Se nada resolver, peça a { $app } que verifique o número.
undelivered-after-all = O código chegou mesmo assim?

continue = Continuar
cancel = Cancelar
send-again = Enviar o código de novo
send-new = Enviar um novo código
call-again = Ligar de novo
try-again = Tentar de novo
resend-wait = Você poderá pedir outro código { $wait }.
resend-now = Você já pode pedir outro código.
resend-used-up = Não é possível enviar mais códigos neste acesso. Se nenhum chegou, comece de novo no site.

totp-title = Digite o código do seu aplicativo
totp-text = Abra seu aplicativo autenticador e digite o código de { $digits } dígitos de { $app }.
totp-malformed = O código tem { $digits } dígitos. Digite todos, como o aplicativo mostra.
totp-wrong = Esse código não está certo. Digite o que o aplicativo mostra agora.
totp-used = Esse código já foi usado. Espere o aplicativo mostrar o próximo.
totp-clock-off = O relógio do seu aparelho está errado. Coloque a hora no automático e digite o código que o aplicativo mostrar.
totp-used-up-text = Os códigos do seu aplicativo estavam errados vezes demais neste login. Tente de outro jeito ou comece de novo em { $app }.
choose-totp = Usar meu aplicativo autenticador
choose-text-mixed = Como você quer confirmar que é você?

passed-title = Confirmado
passed-text = Obrigado. Você já pode voltar para { $app }.

code-expired-title = Esse código expirou
code-expired-text = Os códigos valem só por alguns minutos.
tries-used-up-title = Tentativas demais
tries-used-up-text = Esse código foi digitado errado vezes demais e não vale mais.
locked-title = Os códigos estão bloqueados por enquanto
locked-text = Houve códigos errados demais em sequência. Você poderá tentar de novo { $wait }.
locked-until-reset-title = Os códigos estão bloqueados
locked-until-reset-text = Houve códigos errados demais em sequência. Peça a { $app } que desbloqueie sua conta.
already-done-title = Já confirmado
already-done-text = Este acesso está confirmado. Continue em { $app } ou comece de novo por lá.
cancelled-title = Acesso cancelado
cancelled-text = Se quiser, comece de novo em { $app }.
expired-title = Este acesso demorou demais
expired-text = Comece de novo em { $app }.
no-channel-title = Não há como confirmar
no-channel-allowed-text = { $app } não permite nenhuma forma de confirmação que funcione aqui. Peça ajuda ao atendimento.
no-channel-enrolled-text = { $app } exige uma forma de confirmação que ainda não está configurada para você. Peça ajuda ao atendimento.
provider-down-text = No momento, não é possível enviar códigos. Tente mais tarde ou peça ajuda a { $app }.
limited-title = Códigos demais
limited-text = Foram pedidos códigos demais. Você poderá tentar de novo { $wait }.
start-again-title = Comece de novo
resume-text = Não é possível continuar este acesso por aqui. Volte ao site e entre de novo.
bad-token-text = Não é possível continuar este acesso. Volte ao site e entre de novo.
ended-text = Não é possível continuar este acesso. Comece de novo em { $app }.
redirect-refused-text = { $app } não aceita mais o endereço para o qual este acesso voltaria. Volte e entre de novo.
fault-title = Não deu certo
fault-text = Estamos com um problema técnico. Tente de novo daqui a pouco.
for-the-developer = Para o desenvolvedor: { $code }

offline-text = Você está sem conexão. O que você digitou foi mantido e será enviado assim que a conexão voltar.
expiring-title = Você ainda está aí?
expiring-text = Este acesso vai expirar { $wait }.
expiring-extend = Preciso de mais tempo
unsupported-text = Este navegador é antigo demais para algumas partes desta página. Se não conseguir continuar, abra { $app } em um mais recente.
frame-blocked-text = Este acesso não pode ser exibido dentro desta página.
frame-blocked-open = Abrir em uma página separada
close = Fechar

wait-seconds =
    { $count ->
        [one] em { $count } segundo
       *[other] em { $count } segundos
    }
wait-minutes =
    { $count ->
        [one] em { $count } minuto
       *[other] em { $count } minutos
    }
wait-hours =
    { $count ->
        [one] em { $count } hora
       *[other] em { $count } horas
    }

# Passkeys.
choose-webauthn = Usar uma chave de acesso
passkey-title = Use sua chave de acesso
passkey-text = O dispositivo vai pedir sua digital, seu rosto, seu PIN ou sua chave de segurança.
passkey-use = Usar chave de acesso
passkey-wrong = Essa chave de acesso não funcionou. Tente de novo ou de outra forma.
passkey-used-up-text = As chaves de acesso foram tentadas vezes demais neste login. Tente de outra forma ou comece de novo em { $app }.
passkey-copied = Essa chave de acesso não pode mais ser usada: parece haver uma cópia dela. Tente de outra forma e avise { $app }.
passkey-none = Este navegador não pode usar chaves de acesso. Tente de outra forma.
passkey-cancelled = Nada foi confirmado. Tente de novo, ou de outra forma se você não tem uma chave de acesso neste dispositivo.
passkey-blocked = Não é possível usar chaves de acesso dentro desta página. Abra uma janela separada para isso.
passkey-blocked-here = Não é possível usar chaves de acesso dentro desta página. Tente de outra forma.
passkey-open = Abrir uma janela pequena
passkey-apart = Abrir em uma página separada
passkey-create-title = Crie uma chave de acesso
passkey-create-text = Da próxima vez, confirme com sua digital, seu rosto, seu PIN ou sua chave de segurança em vez de um código.
passkey-create = Criar chave de acesso
passkey-known = Este dispositivo já tem sua chave de acesso.
passkey-not-created = Nenhuma chave de acesso foi criada. Você pode tentar de novo.
passkey-created-title = Chave de acesso criada
passkey-created-text = Da próxima vez você pode confirmar com ela em { $app }.
passkey-later = Agora não
passkey-stray = Esta janela pertence a um login que não está mais aberto. Feche-a e comece de novo no site.
passkey-scripts = Chaves de acesso precisam de JavaScript, que está desativado aqui. Tente de outra forma.
passkey-offer = Depois, criar uma chave de acesso para a próxima vez

# Setting up an authenticator app, after a pass.
totp-offer = Depois, configurar um aplicativo autenticador para a próxima vez
totp-setup-title = Configure seu aplicativo autenticador
totp-setup-text = Escaneie esta imagem com seu aplicativo autenticador ou abra o aplicativo neste dispositivo.
totp-setup-picture = Código QR para seu aplicativo autenticador
totp-setup-open = Abrir meu aplicativo autenticador
totp-setup-key = Não consegue escanear? Digite esta chave no aplicativo:
totp-setup-confirm = Depois, digite o código de { $digits } dígitos que o aplicativo mostra.
totp-setup-instead = Usar um aplicativo autenticador
totp-enrolled-title = Aplicativo autenticador configurado
totp-enrolled-text = Da próxima vez você pode confirmar com os códigos dele em { $app }.

# Backup codes: handed out after a pass, and used when a device is lost.
backup-codes-offer = Com códigos de backup, você entra mesmo que perca seu dispositivo. Cada um vale uma única vez.
backup-codes-get = Obter códigos de backup
backup-codes-new = Obter novos códigos de backup
backup-codes-title = Seus códigos de backup
backup-codes-text = Guarde-os onde possa encontrá-los sem este dispositivo. Cada um vale uma única vez. Eles só são mostrados agora, e os anteriores não valem mais.
backup-codes-copy = Copiar
backup-codes-copied = Copiado
backup-codes-download = Baixar
backup-codes-print = Imprimir
backup-codes-saved = Já guardei
backup-codes-left =
    { $count ->
        [one] Resta { $count } código de backup.
       *[other] Restam { $count } códigos de backup.
    }
backup-codes-none = Você não tem mais códigos de backup.
choose-backup-code = Usar um código de backup
backup-code-title = Digite um código de backup
backup-code-text = Digite um dos códigos de backup que você guardou para { $app }.
backup-code-label = Código de backup
backup-code-malformed = Um código de backup tem 10 letras e números. Digite todos.
backup-code-wrong = Esse código de backup não está certo. Confira ou digite outro.
backup-code-used = Esse código de backup já foi usado. Digite outro.
backup-code-used-up-text = Os códigos de backup estavam errados vezes demais neste login. Tente de outra forma ou comece de novo em { $app }.

# Trusted devices.
trust-offer =
    { $count ->
        [one] Confiar neste dispositivo por { $count } dia
       *[other] Confiar neste dispositivo por { $count } dias
    }
trust-title = Este dispositivo é de confiança
trust-text = Aqui não é preciso nenhum código. Continue para { $app }.

# Two proofs, and what is set up in place of one.
step-first = Etapa 1 de 2
step-second = Etapa 2 de 2. Falta mais uma forma de confirmação.
one-kind-only-text = { $app } exige duas formas de confirmação diferentes, e só uma está configurada para você. Peça ajuda ao atendimento.
choose-set-up = Configurar uma chave de acesso ou um app
set-up-title = Configure uma forma de confirmação
set-up-first-text = Escolha como confirmar que é você, agora e sempre que entrar em { $app }.
set-up-second-text = { $app } exige duas formas de confirmação, e você só tem uma até agora. Configure a segunda agora.
first-passkey-text = Confirme com sua digital, seu rosto, seu PIN ou sua chave de segurança, agora e sempre que entrar em { $app }.
second-passkey-text = { $app } exige duas formas de confirmação, e você só tem uma até agora. Uma chave de acesso será a segunda.
needed-passkey-none = Este navegador não pode usar chaves de acesso, e { $app } exige uma para você entrar. Comece de novo em outro navegador ou em outro dispositivo.
needed-passkey-blocked = Não é possível criar chaves de acesso dentro desta página, e { $app } exige uma para você entrar. Peça ajuda ao atendimento.
needed-passkey-scripts = { $app } exige uma chave de acesso para você entrar. Chaves de acesso precisam de JavaScript, que está desativado aqui. Ative-o e comece de novo.

# Where end users look after the ways by which they confirm logins. $date is a day, as in: 3 May 2026.
factor-link-text = Veja como você confirma seus logins em { $app } e adicione, nomeie ou remova formas de confirmação. Primeiro, confirme que é você.
factor-link-used-title = Este link já foi usado
factor-link-used-text = Ele vale uma única vez. Peça um novo em { $app }.
factors-title = Como você confirma seus logins
factors-phone = Os códigos vão para { $phone }.
factors-totp = Aplicativo autenticador
factors-passkey = Chave de acesso
factors-add = Adicione uma forma de confirmação
factors-view-only = Para mudar algo aqui, comece de novo em { $app } e confirme de uma destas formas, em vez de pelo telefone.
factors-moved = Algo mudou nesse meio-tempo. Agora está assim.
factors-back = Voltar
factors-done = Concluir
factor-added = Data de adição: { $date }
factor-used = Último uso: { $date }
factor-name-label = Nome
factor-name-save = Salvar nome
factor-name-problem = Um nome tem no máximo 64 caracteres, todos visíveis. Encurte-o.
factor-saved = O nome foi salvo.
factor-remove = Remover
factor-remove-text = Você não poderá mais confirmar dessa forma, e os dispositivos de confiança voltarão a pedir um código.
factor-removed = Remoção concluída.
factor-last-text = Esta é sua única forma de confirmação, por isso não pode ser removida. Adicione outra primeiro.
devices-title = Dispositivos de confiança
device-here = Este dispositivo
device-other = Outro dispositivo
device-trusted = De confiança desde { $date }
device-forget = Deixar de confiar
device-forget-text = Ele voltará a pedir um código no seu próximo login.

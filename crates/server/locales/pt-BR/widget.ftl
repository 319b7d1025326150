sandbox-badge = Teste
sandbox-note = Modo de teste: nada é enviado a um telefone real. As mensagens chegam à caixa de entrada de teste.
unnamed-app = este site

choose-title = Confirme que é você
choose-text = Enviaremos um código por SMS para { $phone }.
choose-send = Enviar código por SMS
choose-rates = Sua operadora pode cobrar por mensagens e dados.

enter-title = Digite o código
enter-text = Enviamos um código de { $digits } dígitos para { $phone }. Pode levar um minuto.
enter-label = Código
enter-too-soon = Ainda é cedo para pedir outro código. O que está a caminho continua valendo.
check-title = Confira o código
code-malformed = O código tem { $digits } dígitos. Digite todos, como aparecem na mensagem.
code-wrong = Esse código não está certo. Confira ou peça um novo.
tries-left =
    { $count ->
        [one] Resta { $count } tentativa.
       *[other] Restam { $count } tentativas.
    }
undelivered-title = Mensagem não entregue
undelivered-text = Não foi possível entregar o SMS para { $phone }. Envie de novo ou peça a { $app } que verifique o número.
undelivered-after-all = O código chegou mesmo assim?

continue = Continuar
cancel = Cancelar
send-again = Enviar o código de novo
send-new = Enviar um novo código
resend-wait = Você poderá pedir outro código { $wait }.
resend-used-up = Não é possível enviar mais códigos neste acesso. Se nenhum chegou, comece de novo no site.

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
no-channel-text = { $app } não permite nenhuma forma de confirmação que funcione aqui. Peça ajuda ao atendimento.
limited-title = Códigos demais
limited-text = Foram pedidos códigos demais. Você poderá tentar de novo { $wait }.
start-again-title = Comece de novo
resume-text = Não é possível continuar este acesso por aqui. Volte ao site e entre de novo.
bad-token-text = Não é possível continuar este acesso. Volte ao site e entre de novo.
ended-text = Não é possível continuar este acesso. Comece de novo em { $app }.
fault-title = Não deu certo
fault-text = Estamos com um problema técnico. Tente de novo daqui a pouco.
for-the-developer = Para o desenvolvedor: { $code }

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

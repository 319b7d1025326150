sandbox-badge = Test
sandbox-note = Mode test : rien n’est envoyé à un vrai téléphone. Les messages arrivent dans la boîte de réception de test.
unnamed-app = ce site

choose-title = Confirmez votre identité
choose-text = Nous allons envoyer un code par SMS au { $phone }.
choose-send = Recevoir un code par SMS
choose-rates = Votre opérateur peut facturer les messages et les données.

enter-title = Saisissez le code
enter-text = Nous avons envoyé un code à { $digits } chiffres au { $phone }. Il peut mettre une minute à arriver.
enter-label = Code
enter-too-soon = Il est un peu tôt pour demander un autre code. Celui qui est en route reste valable.
check-title = Vérifiez le code
code-malformed = Le code comporte { $digits } chiffres. Saisissez-les tous, tels qu’ils figurent dans le message.
code-wrong = Ce code n’est pas le bon. Vérifiez-le ou demandez-en un nouveau.
tries-left =
    { $count ->
        [one] Il vous reste { $count } essai.
       *[other] Il vous reste { $count } essais.
    }
undelivered-title = Message non distribué
undelivered-text = Le SMS au { $phone } n’a pas pu être distribué. Renvoyez-le ou demandez à { $app } de vérifier le numéro.
undelivered-after-all = Vous l’avez finalement reçu ?

continue = Continuer
cancel = Annuler
send-again = Renvoyer le code
send-new = Envoyer un nouveau code
resend-wait = Vous pourrez demander un autre code { $wait }.
resend-used-up = Plus aucun code ne peut être envoyé pour cette connexion. Si vous n’en avez reçu aucun, recommencez sur le site.

passed-title = Confirmé
passed-text = Merci. Vous pouvez revenir sur { $app }.

code-expired-title = Ce code a expiré
code-expired-text = Les codes ne sont valables que quelques minutes.
tries-used-up-title = Trop d’essais
tries-used-up-text = Ce code a été essayé trop souvent et ne peut plus servir.
locked-title = Les codes sont bloqués pour le moment
locked-text = Trop de codes erronés ont été saisis à la suite. Vous pourrez réessayer { $wait }.
locked-until-reset-title = Les codes sont bloqués
locked-until-reset-text = Trop de codes erronés ont été saisis à la suite. Demandez à { $app } de débloquer votre compte.
already-done-title = Déjà confirmé
already-done-text = Cette connexion est confirmée. Continuez sur { $app } ou recommencez à partir de là.
cancelled-title = Connexion annulée
cancelled-text = Vous pouvez recommencer sur { $app } si vous le souhaitez.
expired-title = Cette connexion a pris trop de temps
expired-text = Recommencez sur { $app }.
no-channel-title = Confirmation impossible
no-channel-text = { $app } n’autorise aucun moyen de confirmation utilisable ici. Demandez de l’aide à son assistance.
limited-title = Trop de codes
limited-text = Trop de codes ont été demandés. Vous pourrez réessayer { $wait }.
start-again-title = Recommencez
resume-text = Cette connexion ne peut pas continuer ici. Revenez sur le site et connectez-vous de nouveau.
bad-token-text = Cette connexion ne peut pas continuer. Revenez sur le site et connectez-vous de nouveau.
ended-text = Cette connexion ne peut pas continuer. Recommencez sur { $app }.
fault-title = Cela n’a pas fonctionné
fault-text = Nous rencontrons un problème technique. Réessayez dans un instant.
for-the-developer = Pour le développeur : { $code }

wait-seconds =
    { $count ->
        [one] dans { $count } seconde
       *[other] dans { $count } secondes
    }
wait-minutes =
    { $count ->
        [one] dans { $count } minute
       *[other] dans { $count } minutes
    }
wait-hours =
    { $count ->
        [one] dans { $count } heure
       *[other] dans { $count } heures
    }

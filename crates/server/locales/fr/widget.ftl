sandbox-badge = Test
sandbox-note = Mode test : rien n’est envoyé à un vrai téléphone. Les messages arrivent dans la boîte de réception de test.
unnamed-app = ce site

choose-title = Confirmez votre identité
choose-text-sms = Nous allons envoyer un code par SMS au { $phone }.
choose-text-voice = Nous allons appeler le { $phone } et vous dicter un code.
choose-text-whatsapp = Nous allons envoyer un code par WhatsApp au { $phone }.
choose-text-several = Nous allons envoyer un code au { $phone }. Comment souhaitez-vous le recevoir ?
choose-sms = Recevoir un code par SMS
choose-voice = Recevoir un code par appel
choose-whatsapp = Recevoir un code par WhatsApp
choose-rates = Votre opérateur peut facturer les messages et les données.
choose-back = J’ai déjà un code
another-way = Essayer autrement

enter-title = Saisissez le code
enter-text = Nous avons envoyé un code à { $digits } chiffres au { $phone }. Il peut mettre une minute à arriver.
enter-text-whatsapp = Nous avons envoyé un code à { $digits } chiffres par WhatsApp au { $phone }. Il peut mettre une minute à arriver.
sending-text = Nous envoyons un code à { $digits } chiffres au { $phone }.
voice-title = Répondez à l’appel
voice-text = Nous appelons le { $phone }. Saisissez le code à { $digits } chiffres que vous entendez.
enter-label = Code
enter-too-soon = Il est un peu tôt pour demander un autre code. Celui qui est en route reste valable.
check-title = Vérifiez le code
code-malformed = Le code comporte { $digits } chiffres. Saisissez-les tous, tels qu’ils figurent dans le message.
code-malformed-voice = Le code comporte { $digits } chiffres. Saisissez-les tous, dans l’ordre où vous les entendez.
code-wrong = Ce code n’est pas le bon. Vérifiez-le ou demandez-en un nouveau.
tries-left =
    { $count ->
        [one] Il vous reste { $count } essai.
       *[other] Il vous reste { $count } essais.
    }
undelivered-title = Message non distribué
undelivered-title-voice = Échec de l’appel
undelivered-text-sms = Le SMS au { $phone } n’a pas pu être distribué.
undelivered-text-voice = L’appel au { $phone } n’a pas abouti.
undelivered-text-whatsapp = Le message WhatsApp au { $phone } n’a pas pu être distribué.
undelivered-advice = Réessayez ou choisissez un autre moyen. Si rien n’y fait, demandez à { $app } de vérifier le numéro.
undelivered-after-all = Vous l’avez finalement reçu ?

continue = Continuer
cancel = Annuler
send-again = Renvoyer le code
send-new = Envoyer un nouveau code
call-again = Me rappeler
try-again = Réessayer
resend-wait = Vous pourrez demander un autre code { $wait }.
resend-now = Vous pouvez maintenant demander un autre code.
resend-used-up = Plus aucun code ne peut être envoyé pour cette connexion. Si vous n’en avez reçu aucun, recommencez sur le site.

totp-title = Saisissez le code de votre application
totp-text = Ouvrez votre application d’authentification et saisissez le code à { $digits } chiffres de { $app }.
totp-malformed = Le code a { $digits } chiffres. Saisissez-les tous, comme votre application les affiche.
totp-wrong = Ce code n’est pas le bon. Saisissez celui que votre application affiche maintenant.
totp-used = Ce code a déjà servi. Attendez que votre application affiche le suivant.
totp-clock-off = L’horloge de votre appareil n’est pas à l’heure. Réglez l’heure sur automatique, puis saisissez le code que votre application affiche.
totp-used-up-text = Les codes de votre application ont été faux trop souvent pendant cette connexion. Essayez un autre moyen ou recommencez sur { $app }.
choose-totp = Utiliser mon application d’authentification
choose-text-mixed = Comment voulez-vous confirmer que c’est bien vous ?

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
no-channel-allowed-text = { $app } n’autorise aucun moyen de confirmation utilisable ici. Demandez de l’aide à son assistance.
no-channel-enrolled-text = { $app } exige un moyen de confirmation qui n’est pas encore configuré pour vous. Demandez de l’aide à son assistance.
provider-down-text = Aucun code ne peut être envoyé pour le moment. Réessayez plus tard ou demandez de l’aide à { $app }.
limited-title = Trop de codes
limited-text = Trop de codes ont été demandés. Vous pourrez réessayer { $wait }.
start-again-title = Recommencez
resume-text = Cette connexion ne peut pas continuer ici. Revenez sur le site et connectez-vous de nouveau.
bad-token-text = Cette connexion ne peut pas continuer. Revenez sur le site et connectez-vous de nouveau.
ended-text = Cette connexion ne peut pas continuer. Recommencez sur { $app }.
redirect-refused-text = { $app } n’accepte plus l’adresse vers laquelle cette connexion devait revenir. Revenez en arrière et connectez-vous de nouveau.
fault-title = Cela n’a pas fonctionné
fault-text = Nous rencontrons un problème technique. Réessayez dans un instant.
for-the-developer = Pour le développeur : { $code }

offline-text = Vous êtes hors ligne. Votre saisie est conservée et sera envoyée dès que vous serez de nouveau en ligne.
expiring-title = Toujours là ?
expiring-text = Cette connexion expirera { $wait }.
expiring-extend = J’ai besoin de plus de temps
unsupported-text = Ce navigateur est trop ancien pour certaines parties de cette page. Si vous ne pouvez pas continuer, ouvrez { $app } dans un navigateur plus récent.
frame-blocked-text = Cette connexion ne peut pas être affichée dans cette page.
frame-blocked-open = Ouvrir dans une page à part
close = Fermer

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

# Passkeys.
choose-webauthn = Utiliser une clé d’accès
passkey-title = Utilisez votre clé d’accès
passkey-text = Votre appareil vous demandera votre empreinte, votre visage, votre code PIN ou votre clé de sécurité.
passkey-use = Utiliser la clé d’accès
passkey-wrong = Cette clé d’accès n’a pas fonctionné. Réessayez ou utilisez un autre moyen.
passkey-used-up-text = Trop d’essais avec des clés d’accès pour cette connexion. Utilisez un autre moyen ou recommencez sur { $app }.
passkey-copied = Cette clé d’accès ne peut plus être utilisée : il semble en exister une copie. Utilisez un autre moyen et prévenez { $app }.
passkey-none = Ce navigateur ne peut pas utiliser de clés d’accès. Utilisez un autre moyen.
passkey-cancelled = Rien n’a été confirmé. Réessayez, ou utilisez un autre moyen si vous n’avez pas de clé d’accès sur cet appareil.
passkey-blocked = Les clés d’accès ne peuvent pas être utilisées dans cette page. Ouvrez une fenêtre à part pour cela.
passkey-blocked-here = Les clés d’accès ne peuvent pas être utilisées dans cette page. Utilisez un autre moyen.
passkey-open = Ouvrir une petite fenêtre
passkey-apart = Ouvrir sur une page à part
passkey-create-title = Créez une clé d’accès
passkey-create-text = La prochaine fois, confirmez avec votre empreinte, votre visage, votre code PIN ou votre clé de sécurité au lieu d’un code.
passkey-create = Créer la clé d’accès
passkey-known = Cet appareil a déjà votre clé d’accès.
passkey-not-created = Aucune clé d’accès n’a été créée. Vous pouvez réessayer.
passkey-created-title = Clé d’accès créée
passkey-created-text = La prochaine fois, vous pourrez confirmer avec elle sur { $app }.
passkey-later = Pas maintenant
passkey-stray = Cette fenêtre appartient à une connexion qui n’est plus ouverte. Fermez-la et recommencez sur le site.
passkey-scripts = Les clés d’accès ont besoin de JavaScript, qui est désactivé ici. Utilisez un autre moyen.
passkey-offer = Ensuite, créer une clé d’accès pour la prochaine fois

# Setting up an authenticator app, after a pass.
totp-offer = Ensuite, configurer une application d’authentification pour la prochaine fois
totp-setup-title = Configurez votre application d’authentification
totp-setup-text = Scannez cette image avec votre application d’authentification, ou ouvrez l’application sur cet appareil.
totp-setup-picture = QR code pour votre application d’authentification
totp-setup-open = Ouvrir mon application d’authentification
totp-setup-key = Impossible de la scanner ? Saisissez cette clé dans l’application :
totp-setup-confirm = Saisissez ensuite le code à { $digits } chiffres affiché par l’application.
totp-setup-instead = Utiliser plutôt une application d’authentification
totp-enrolled-title = Application d’authentification configurée
totp-enrolled-text = La prochaine fois, vous pourrez confirmer avec ses codes sur { $app }.

# Backup codes: handed out after a pass, and used when a device is lost.
backup-codes-offer = Avec des codes de secours, vous pourrez vous connecter même si vous perdez votre appareil. Chacun ne sert qu’une fois.
backup-codes-get = Obtenir des codes de secours
backup-codes-new = Obtenir de nouveaux codes de secours
backup-codes-title = Vos codes de secours
backup-codes-text = Conservez-les là où vous les retrouverez sans cet appareil. Chacun ne sert qu’une fois. Ils ne s’affichent que maintenant, et les précédents ne fonctionnent plus.
backup-codes-copy = Copier
backup-codes-copied = Copié
backup-codes-download = Télécharger
backup-codes-print = Imprimer
backup-codes-saved = Je les ai enregistrés
backup-codes-left =
    { $count ->
        [one] Il vous reste { $count } code de secours.
       *[other] Il vous reste { $count } codes de secours.
    }
backup-codes-none = Il ne vous reste aucun code de secours.
choose-backup-code = Utiliser un code de secours
backup-code-title = Saisissez un code de secours
backup-code-text = Saisissez l’un des codes de secours que vous avez enregistrés pour { $app }.
backup-code-label = Code de secours
backup-code-malformed = Un code de secours comporte 10 lettres et chiffres. Saisissez-les tous.
backup-code-wrong = Ce code de secours n’est pas le bon. Vérifiez-le ou saisissez-en un autre.
backup-code-used = Ce code de secours a déjà servi. Saisissez-en un autre.
backup-code-used-up-text = Les codes de secours ont été faux trop souvent pendant cette connexion. Essayez un autre moyen ou recommencez sur { $app }.

# Trusted devices.
trust-offer =
    { $count ->
        [one] Faire confiance à cet appareil pendant { $count } jour
       *[other] Faire confiance à cet appareil pendant { $count } jours
    }
trust-title = Cet appareil est de confiance
trust-text = Aucun code n’est nécessaire ici. Continuez vers { $app }.

# Two proofs, and what is set up in place of one.
step-first = Étape 1 sur 2
step-second = Étape 2 sur 2. Il faut encore un autre moyen de confirmation.
one-kind-only-text = { $app } exige deux moyens de confirmation différents, et un seul est configuré pour vous. Demandez de l’aide à son assistance.
choose-set-up = Configurer plutôt une clé d’accès ou une application
set-up-title = Configurer un moyen de confirmation
set-up-first-text = Choisissez comment confirmer que c’est bien vous, maintenant et à chaque connexion à { $app }.
set-up-second-text = { $app } exige deux moyens de confirmation, et vous n’en avez qu’un pour l’instant. Configurez le second maintenant.
first-passkey-text = Confirmez avec votre empreinte, votre visage, votre code PIN ou votre clé de sécurité, maintenant et à chaque connexion à { $app }.
second-passkey-text = { $app } exige deux moyens de confirmation, et vous n’en avez qu’un pour l’instant. Une clé d’accès sera le second.
needed-passkey-none = Ce navigateur ne peut pas utiliser de clés d’accès, et { $app } en exige une pour vous laisser entrer. Recommencez dans un autre navigateur ou sur un autre appareil.
needed-passkey-blocked = Impossible de créer une clé d’accès dans cette page, et { $app } en exige une pour vous laisser entrer. Demandez de l’aide à son assistance.
needed-passkey-scripts = { $app } exige une clé d’accès pour vous laisser entrer. Les clés d’accès ont besoin de JavaScript, qui est désactivé ici. Activez-le et recommencez.

# Where end users look after the ways by which they confirm logins. $date is a day, as in: 3 May 2026.
factor-link-text = Voyez comment vous confirmez vos connexions à { $app }, et ajoutez, nommez ou supprimez des moyens de confirmation. Confirmez d’abord que c’est bien vous.
factor-link-used-title = Ce lien a déjà servi
factor-link-used-text = Il ne sert qu’une fois. Obtenez-en un nouveau sur { $app }.
factors-title = Comment vous confirmez vos connexions
factors-phone = Les codes sont envoyés au { $phone }.
factors-totp = Application d’authentification
factors-passkey = Clé d’accès
factors-add = Ajouter un moyen de confirmation
factors-view-only = Pour changer quelque chose ici, recommencez sur { $app } et confirmez avec l’un de ces moyens plutôt qu’avec votre téléphone.
factors-moved = Cela a changé entre-temps. Voici ce qu’il en est maintenant.
factors-back = Retour
factors-done = Terminé
factor-added = Ajoutée le { $date }
factor-used = Dernière utilisation le { $date }
factor-name-label = Nom
factor-name-save = Enregistrer le nom
factor-name-problem = Un nom comporte 64 caractères au plus, tous visibles. Raccourcissez-le.
factor-saved = Le nom est enregistré.
factor-remove = Supprimer
factor-remove-text = Vous ne pourrez plus confirmer par ce moyen, et les appareils de confiance demanderont de nouveau un code.
factor-removed = Suppression effectuée.
factor-last-text = C’est votre seul moyen de confirmation, il ne peut donc pas être supprimé. Ajoutez-en d’abord un autre.
devices-title = Appareils de confiance
device-here = Cet appareil
device-other = Autre appareil
device-trusted = De confiance depuis le { $date }
device-forget = Ne plus faire confiance
device-forget-text = Il demandera de nouveau un code à votre prochaine connexion.

### The way in. Whoever reads this may be frightened, and has never used the bot before.

# $expires: date and time
invite =
    <b>Une invitation pour une seule personne.</b> Transmettez le lien ou montrez le code ; elle ne sert qu’une fois, jusqu’au { $expires }.

    Ne la donnez qu’à quelqu’un que vous connaissez, par un canal que vous jugez sûr, vous comme cette personne. Je n’en garde pas de copie.
button-revoke-invite = Révoquer l’invitation
invite-revoked = L’invitation est révoquée. Son lien ne fonctionne plus.
invite-not-open = Cette invitation avait déjà servi, ou déjà pris fin.

applications =
    { $count ->
        [0] <b>Aucune demande d’adhésion n’est en attente.</b>
        [one] <b>Une demande d’adhésion est en attente.</b>
       *[other] <b>{ $count } demandes d’adhésion sont en attente.</b>
    }
# $name, $host, $city, $language, $inviter, $reason: of the applicant; $when: date and time
application =
    <b>{ $name } souhaite rejoindre le réseau.</b>

    <b>Organisation :</b> { $host }
    <b>À l’heure de :</b> { $city }
    <b>Langue :</b> { $language }
    <b>Invitation de :</b> { $inviter }
    <b>Ce qui l’amène :</b> { $reason }

    <i>Demande envoyée le { $when }</i>
button-approve = ✔ Accepter { $name }
button-decline = Refuser { $name }…
ask-decline =
    <b>Refuser { $name } ?</b>

    La personne en est informée, sans motif. Ses réponses sont effacées dès qu’elle l’a lu, au plus tard après sept jours. C’est définitif.
button-decline-yes = Oui, refuser { $name }
approved = <b>{ $name } fait maintenant partie du réseau.</b> La personne l’apprend tout de suite, ou après ses heures calmes.
application-declined = { $name } : la demande est refusée. La personne en est informée ; ses réponses sont effacées dès qu’elle l’a lu, au plus tard après sept jours.
# $name: of the coordinator who was faster
decided-already =
    { $outcome ->
        [declined] { $name } : la demande a déjà été refusée, par { $coordinator }.
       *[approved] { $name } : la demande a déjà été acceptée, par { $coordinator }.
    }
no-application = Cette demande n’existe pas, ou n’est plus en attente.
ask-approve =
    <b>Accepter { $name } ?</b>

    Cette personne lira tous les sujets, et pourra y écrire. N’acceptez que quelqu’un que vous connaissez, vous ou une personne de confiance.
button-approve-yes = Oui, accepter { $name }
you-were-removed =
    <b>Votre adhésion a pris fin :</b> deux personnes qui coordonnent ce réseau en ont décidé ainsi.

    Tout ce qui était gardé sur vous est effacé, et avec ce message aussi la manière de vous joindre. Si vous pensez que c’est une erreur, parlez-en à une personne de la coordination que vous connaissez.
no-inviter = le code de départ, ou quelqu’un qui est parti
suspended = Votre adhésion est suspendue. Parlez-en à une personne de la coordination que vous connaissez. Vous pouvez toujours voir ce qui est gardé sur vous (/mydata) et le faire effacer (/forget).

## Buttons. Telegram shows them as plain text, on a small screen: keep them short.

button-start = 🏠 Accueil
button-language = 🌐 Langue · Language · اللغة
button-withdraw = Retirer ma demande
button-invite = 🔗 Inviter quelqu’un
button-applications = 📥 Demandes d’adhésion
button-status = Où en est ma demande

## Commands, as Telegram lists them: at most 256 characters, no markup.

command-start = Accueil
command-language = Choisir votre langue
command-status = Où en est votre demande d’adhésion
command-withdraw = Retirer votre demande d’adhésion
command-invite = Inviter quelqu’un : un lien pour une seule personne
command-applications = Les demandes d’adhésion

bad-invite =
    Cette invitation ne fonctionne pas, ou ne fonctionne plus.

    Une invitation vaut pour une seule personne et prend fin après trois jours. Demandez-en une nouvelle à la personne qui vous l’a envoyée.

# $network: name of the network
notice =
    <b>{ $network }</b>

    Ici, les membres d’un réseau échangent par sujet et lisent un récapitulatif par jour. Entrer prend environ deux minutes. Lisez d’abord ceci, s’il vous plaît.

    <b>Ceci n’est pas un canal secret.</b> Les bots Telegram ne sont pas chiffrés de bout en bout : Telegram peut voir ce que vous écrivez ici. Les détails des dossiers, les noms de clientes, de clients ou de témoins et les preuves n’ont pas leur place ici.

    <b>Ce qui est gardé :</b> l’identifiant de votre compte Telegram (pas votre numéro de téléphone), le nom que vous choisissez, votre organisation, votre fuseau horaire, ce qui vous amène et ce que vous publiez. Tout cela est gardé chiffré, sur la machine du réseau lui-même ; ce qui vous nomme, et vos propres mots, une seconde fois sous une clé qui ne sert que pour vous.

    <b>Qui le voit :</b> les personnes qui coordonnent le réseau pour votre organisation et les responsables du réseau voient vos réponses. Les membres voient le nom que vous choisissez et ce que vous publiez. Je ne les montre à personne d’autre.

    <b>Comment partir :</b> /forget efface tout aussitôt, sans demander pourquoi. Ce que d’autres ont déjà ouvert disparaît de leurs conversations après un moment ; ce qu’ils ont recopié, personne ne peut le reprendre.
notice-go-on = Voulez-vous continuer ?
button-agree = Oui, je suis d’accord
button-disagree = Non, ne gardez rien
not-agreed =
    C’est entendu. Rien n’a été gardé, et votre invitation n’a pas encore servi.

    Si vous changez d’avis avant la fin de ses trois jours, ouvrez de nouveau son lien.

# $step and $steps: numbers
step = <i>Question { $step } sur { $steps }</i>
ask-host =
    <b>À quelle organisation hôte appartenez-vous ?</b>

    Les personnes qui coordonnent le réseau pour elle, ou les responsables du réseau, lisent vos réponses et décident.
button-no-host = Aucune de celles-ci
unknown-host = Je ne connais pas d’organisation de ce nom. Choisissez l’une de celles-ci, ou « Aucune de celles-ci ».
ask-reason =
    <b>Qu’est-ce qui vous amène ici ?</b>

    Une ou deux phrases, pour que la coordination sache qui vous êtes. Pas de détails de dossiers, s’il vous plaît.

# $name, $host, $city, $reason: the person’s answers
review-answers =
    <b>Voici vos réponses.</b> Tout est-il juste ?

    <b>Nom :</b> { $name }
    <b>Organisation :</b> { $host }
    <b>À l’heure de :</b> { $city }
    <b>Ce qui vous amène :</b> { $reason }
button-send-application = ✔ Envoyer
button-change-host = Changer l’organisation
button-change-reason = Changer ce qui m’amène
application-waiting =
    Merci. Vos réponses sont parties à la coordination.

    Elle décide, en général en quelques jours, et je vous écrirai ici. D’ici là, vous pouvez fermer la conversation.

ask-withdraw =
    <b>Retirer votre demande d’adhésion ?</b>

    Toutes vos réponses sont effacées aussitôt. Pour revenir, il vous faudrait une nouvelle invitation.
button-withdraw-yes = Oui, retirer et effacer
button-keep-going = Non, je continue
withdrawn = Votre demande est retirée, et tout ce qui vous concerne est effacé. Au revoir, et prenez soin de vous.
declined =
    Votre demande d’adhésion n’a pas été acceptée.

    Tout ce que vous aviez répondu est maintenant effacé. Si vous pensez à une erreur, parlez-en à la personne qui vous a envoyé l’invitation.

# $name: the new member; $network: name of the network
welcome =
    Bienvenue, { $name }. Vous faites partie du réseau.

    Une bonne façon de commencer : parcourez les sujets, et suivez-en un ou deux. Vous recevez ensuite un récapitulatif par jour au plus, et rien la nuit.
owner-welcome =
    Vous êtes maintenant responsable du réseau <b>{ $network }</b>.

    Une bonne façon de commencer : ouvrez un sujet avec /topic, et envoyez une première invitation pour la coordination avec /invite. Quand cette personne est membre, /roles permet de la nommer à la coordination.
choose-language = Choisissez votre langue

## Kinds of delivery, in /outbox and in the file of /mydata: plain text, as few words as it takes.

delivery-application = avis de demande d’adhésion
delivery-decision = réponse à une demande d’adhésion

## What stands in the audit, and in the file of /mydata: plain text, as few words as it takes.

action-agreed = notice acceptée
action-application-read = une demande d’adhésion a été lue
action-applications-listed = liste des demandes d’adhésion consultée
action-applied = demande d’adhésion envoyée
action-approved = une demande d’adhésion a été acceptée
action-declined = une demande d’adhésion a été refusée
action-invite-revoked = invitation révoquée
action-invited = invitation créée
action-owner-claimed = devenue responsable du réseau avec le code

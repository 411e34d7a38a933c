### The way in. Whoever reads this may be frightened, and has never used the bot before.

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

    Voulez-vous continuer ?
button-agree = Oui, je suis d’accord
button-disagree = Non, ne gardez rien
not-agreed =
    C’est entendu. Rien n’a été gardé, et votre invitation n’a pas encore servi.

    Si vous changez d’avis avant la fin de ses trois jours, ouvrez de nouveau son lien.

# $step and $steps: numbers
step = <i>Question { $step } sur { $steps }</i>
ask-name =
    <b>Quel nom voulez-vous porter ici ?</b>

    Ce n’est pas forcément celui de votre passeport. Les membres le voient avec ce que vous publiez.
ask-host =
    <b>À quelle organisation hôte appartenez-vous ?</b>

    Les personnes qui coordonnent le réseau pour elle, ou les responsables du réseau, lisent vos réponses et décident.
button-no-host = Aucune de celles-ci
unknown-host = Je ne connais pas d’organisation de ce nom. Choisissez l’une de celles-ci, ou « Aucune de celles-ci ».
ask-zone =
    <b>À l’heure de quelle ville vivez-vous ?</b>

    C’est pour que rien n’arrive la nuit. Vous n’avez pas à dire où vous êtes : toute ville à la même heure convient. Choisissez-en une, ou écrivez une ville, ou quelque chose comme <i>UTC+2</i>.
unknown-zone = Je ne connais pas cette ville. Écrivez la grande ville la plus proche, ou quelque chose comme <i>UTC+2</i>.
# $cities: a list of cities
unknown-zone-did-you-mean = Je ne connais pas cette ville. Vouliez-vous dire : { $cities } ?
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
button-change-name = Changer le nom
button-change-host = Changer l’organisation
button-change-zone = Changer la ville
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

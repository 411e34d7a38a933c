### A member’s own affairs.

## In the settings of a member

urgent-in-quiet =
    { $allowed ->
        [yes] <b>Annonces urgentes :</b> elles peuvent arriver pendant vos heures calmes
       *[no] <b>Annonces urgentes :</b> elles attendent la fin de vos heures calmes
    }
button-allow-urgent = Laisser venir les urgentes
button-forbid-urgent = Faire attendre les urgentes

## Buttons. Telegram shows them as plain text, on a small screen: keep them short.
button-settings = ⚙️ Réglages
button-pause = Pause
button-clear = Vider cette conversation
button-mydata = Ce qui est gardé sur moi
button-forget = Partir et tout effacer

## Commands, as Telegram lists them: at most 256 characters, no markup.
command-settings = Nom, langue, ville, heures calmes
command-pause = Ne rien recevoir pendant un temps
command-clear = Retirer d’ici ce que vous avez écrit et ouvert
command-mydata = Tout ce qui est gardé sur vous, dans un fichier
command-forget = Partir, et tout faire effacer

# $name, $host, $city, $time: the member’s own
settings =
    <b>Vos réglages</b>

    <b>Nom :</b> { $name }
    <b>Organisation :</b> { $host }
    <b>À l’heure de :</b> { $city } (il est { $time })
quiet-none = <b>Heures calmes :</b> aucune
# $start and $end: times of day
quiet-span = <b>Heures calmes :</b> de { $start } à { $end }. Rien n’arrive pendant ce temps.
button-change-quiet = Changer les heures calmes
ask-quiet = <b>Quand ne faut-il rien vous envoyer ?</b> Choisissez, ou écrivez par exemple <i>22-7</i>.
button-quiet-span = De { $start } à { $end }
button-quiet-none = Pas d’heures calmes
quiet-not-understood = Je n’ai pas compris. Écrivez par exemple 22-7, ou le mot « non ».

ask-pause =
    <b>Faire une pause ?</b>

    Rien ne vous est envoyé tant que vous n’y mettez pas fin. Vous pouvez toujours lire et écrire. Ce que vous manquez vous attend.
button-pause-yes = Oui, faire une pause
paused = Vous êtes en pause. Rien ne vous est envoyé.

my-data = Voici tout ce qui est gardé sur vous. Les photos y sont signalées, pas montrées. Prenez soin d’une copie enregistrée autant que de la conversation elle-même ; elle n’est pas protégée.

# $name: of the member; $posts: a number
ask-forget =
    <b>Partir, et effacer tout ce qui vous concerne ?</b> Votre nom ici : { $name }

    { $posts ->
        [0] Votre nom, vos réponses et vos réglages
        [one] Votre nom, vos réponses, vos réglages et votre publication
       *[other] Votre nom, vos réponses, vos réglages et vos { $posts } publications
    } sont effacés aussitôt. <b>C’est définitif.</b> Pour revenir, il vous faudrait une nouvelle invitation.
button-forget-yes = Oui, tout effacer
button-forget-no = Non, je reste
only-owner = Vous êtes la seule personne responsable du réseau ; sans vous, il n’en aurait plus. Nommez d’abord une autre personne responsable, avec /roles.
# $count: of messages
cleared =
    { $count ->
        [0] <b>Il ne me restait rien à retirer.</b> Les avis qui ne nomment rien restent.
        [one] <b>Un message quitte maintenant cette conversation,</b> pour vous et pour moi. Les avis qui ne nomment rien restent.
       *[other] <b>{ $count } messages quittent maintenant cette conversation,</b> pour vous et pour moi. Les avis qui ne nomment rien restent.
    }
# $left: of messages
clear-left =
    { $left ->
        [one] Un de vos messages a plus de 48 heures : Telegram ne me laisse pas le retirer.
       *[other] { $left } de vos messages ont plus de 48 heures : Telegram ne me laisse pas les retirer.
    }
clear-yourself = S’il reste autre chose ici, merci de le supprimer vous-même : ouvrez le menu de cette conversation dans Telegram et choisissez « Effacer l’historique », des deux côtés.
goodbye =
    Tout ce qui vous concerne est effacé : vos mots, tout le reste, et votre clé.

    Je vide cette conversation autant que Telegram le permet : ce qui a plus de 48 heures reste. Supprimez-la aussi dans Telegram, ainsi qu’un fichier de /mydata si vous en avez enregistré un. Au revoir, et prenez soin de vous.

# What was erased: $written, $announced, $drafts, $followed, $digests, $notices, $sealed, $messages are numbers; $when; $number: of the receipt
receipt =
    <b>Reçu</b>, { $when }
    Votre nom, vos réponses et vos réglages : effacés
    Publications : { $written }
    Annonces : { $announced }
    Brouillons : { $drafts }
    Sujets suivis : { $followed }
    Récapitulatifs : { $digests }
    Avis pour vous : { $notices }
    Notes scellées à votre sujet : { $sealed }
    Messages en attente : { $messages }
    Votre clé : effacée ; sans elle, les sauvegardes n’ouvrent plus rien de vous, dès que leur copie des clés est renouvelée
    Numéro de cet état des données : { $number }


## The file of /mydata: plain text.

export-title = Ce que le réseau { $network } garde sur vous
# $what: a heading below; $value: what is held
export-line = { $what } : { $value }
export-identity = Qui vous êtes ici
export-made = Fait le
export-telegram-id = Identifiant de votre compte Telegram
export-name = Nom
export-host = Organisation
export-reason = Ce qui vous amène
export-language = Langue
export-zone = À l’heure de
export-state = Votre situation
export-role = Rôle
export-agreed = Notice acceptée le
export-applied = Demande d’adhésion envoyée le
export-decided = Décision prise le
export-quiet = Heures calmes
export-cadence = Récapitulatif
export-hour = Heure du récapitulatif
export-next-digest = Prochain récapitulatif
export-subscriptions = Sujets que vous suivez
export-posts = Vos publications
# $topic, $when, $body; $photo, $hidden: yes or no
export-post =
    { $topic }, { $when }{ $photo ->
        [yes] {" "}(avec une photo)
       *[no] {""}
    }{ $hidden ->
        [yes] {" "}(masquée par la coordination)
       *[no] {""}
    } :
    { $body }
export-announcements = Vos annonces
export-announcement =
    { $when } ({ $state ->
        [draft] pas envoyée
        [asked] à approuver
        [returned] renvoyée
        [approved] va partir
        [sending] en train de partir
        [halted] arrêtée
       *[sent] envoyée
    }) :
    { $body }
export-urgent = Annonces urgentes pendant les heures calmes
export-urgent-yes = oui
export-urgent-no = non
export-draft = Ce que vous étiez en train d’écrire
export-digests = Récapitulatifs qui vous ont été envoyés
export-outbox = Avis qui vous sont destinés : quand, quoi, état
export-audit = Ce qui a été fait à votre sujet
# $when; $what: the words of a kind of delivery; $state: what became of it
export-notice =
    { $when } : { $what } ({ $state ->
        [pending] en attente
        [sending] en route
        [sent] envoyé
        [failed] non remis
        [uncertain] peut-être remis
       *[cancelled] annulé
    })
# $when: date and time; $what: see audit-action
export-action = { $when } : { $what }
ask-my-data =
    <b>Tout ce qui est gardé sur vous, dans un fichier ?</b>

    Le fichier vous nomme, et nomme ce réseau ; toute personne qui a votre téléphone peut l’ouvrir. Il disparaît de cette conversation au bout d’un moment ; une copie que vous enregistrez, non.
button-send-data = M’envoyer le fichier
export-nothing = (rien)
export-acts = Ce que vous avez fait
ask-name =
    <b>Quel nom voulez-vous porter ici ?</b>

    Ce n’est pas forcément celui de votre passeport. Les membres le voient avec ce que vous publiez.
ask-zone =
    <b>À l’heure de quelle ville vivez-vous ?</b>

    C’est pour que rien n’arrive la nuit. Vous n’avez pas à dire où vous êtes : toute ville à la même heure convient. Choisissez-en une, ou écrivez une ville, ou quelque chose comme <i>UTC+2</i>.
rename-rule = Un nom peut changer une fois en trente jours. Les personnes qui connaissent l’actuel apprennent le nouveau.
# $when: date and time
rename-not-yet = Vous avez changé de nom récemment. Prochain changement possible : { $when }.
export-former-name = Ancien nom
button-change-name = Changer le nom
button-change-zone = Changer la ville

## In the file of /mydata: plain text.
export-sealed = Notes scellées à votre sujet. Cette machine ne peut pas les lire ; la coordination de votre organisation et les responsables du réseau le peuvent, sur leurs propres ordinateurs
# $when: date and time; $kind: who left it
export-sealed-note =
    { $when } : { $kind ->
        [contact] ce que vous avez laissé pour une urgence
       *[vetting] une note des personnes qui décident des demandes d’adhésion
    }

## What stands in the audit, and in the file of /mydata: plain text, as few words as it takes.

action-renamed = nom changé

### What every part of the bot says. Telegram HTML: <b>, <i>, <code> and <blockquote> may be used, nothing else.
### A variable is escaped and isolated before it stands in a sentence.

# $network: name of the network
home =
    <b>{ $network }</b>

    Que voulez-vous faire ?
home-paused = Vous êtes en pause : rien ne vous est envoyé tant que vous n’y mettez pas fin.

greeting =
    Bonjour. Je suis un bot réservé aux membres.

    Si quelqu’un vous a donné une invitation, ouvrez son lien, s’il vous plaît. S’il y a des boutons plus haut dans cette conversation, servez-vous-en. Sinon, il n’y a rien à faire ici pour vous, et je ne garde rien sur vous.

knock = Il y a quelque chose pour vous ici.
resume = La connexion a manqué un instant. S’il manque une réponse, redemandez-la. Tout ce que vous avez fait est gardé.
alarm = J’ai dû m’arrêter : un autre programme reçoit ce que l’on écrit à ce bot. Merci de prévenir tout de suite la personne qui le fait fonctionner, et de ne rien écrire ici avant qu’elle dise que c’est réglé.

expired = Ce bouton a déjà servi, ou il est trop ancien. Rien n’est perdu : continuez d’ici.
unknown-command = Je ne connais pas cette commande. /help montre ce que je peux faire pour vous.
did-not-understand = Je n’attendais pas de texte à cet instant, et n’en ai rien gardé. Que voulez-vous faire ?
cannot-take-that = Je ne peux pas prendre cela. Envoyez-le sous forme de texte, ou envoyez une photo avec quelques mots en légende : en tant que photo et non en tant que fichier, car un fichier peut révéler où, quand et avec quel appareil elle a été prise. Rien n’en a été gardé ; si cela contient quelque chose de sensible, supprimez-le aussi de cette conversation.
edits-are-not-seen = Vous avez modifié un message. Je ne tiens pas compte des modifications : envoyez le nouveau texte dans un nouveau message.
only-first-hand = Je ne prends une commande que si vous l’écrivez vous-même, ni transférée ni par un autre bot. Rien n’a été fait.
only-in-private = Je ne parle qu’en privé, pas dans les groupes. Écrivez-moi ici.
suspended = Votre adhésion est suspendue. Parlez-en à une personne de la coordination que vous connaissez. Vous pouvez toujours voir ce qui est gardé sur vous (/mydata) et le faire effacer (/forget).

# $reference: a short code
went-wrong =
    Quelque chose n’a pas marché de mon côté. Rien n’a été changé ; réessayez, s’il vous plaît.

    Si cela continue, donnez ce code à une personne de la coordination : { $reference }
row-unreadable =
    Ce qui est gardé ici à votre sujet est endommagé, et je ne peux pas l’ouvrir. Pour l’instant je ne peux donc rien faire pour vous, et ce que vous écrivez n’est pas gardé.

    Donnez ce code à une personne de la coordination, pour la personne responsable du réseau : { $reference }

saved = C’est enregistré.
# $length and $most: numbers of characters
answer-too-long = C’est trop long : { $length } caractères. Le maximum est de { $most }. Envoyez un texte plus court, s’il vous plaît.
answer-empty = Je n’ai pas trouvé de mots dans ce message. Écrivez-les sous forme de texte, s’il vous plaît.
words-please = Répondez par écrit, s’il vous plaît ; je ne peux pas me servir d’une photo ici.
# $page and $pages: numbers
page = <i>Page { $page } sur { $pages }</i>

cadence =
    { $cadence ->
        [daily] quotidien
        [weekly] hebdomadaire
       *[off] non
    }
role =
    { $role ->
        [owner] responsable du réseau
        [coordinator] coordination
       *[member] membre
    }
state =
    { $state ->
        [applicant] demande d’adhésion en cours
        [active] membre
        [paused] membre, en pause
        [suspended] adhésion suspendue
       *[declined] demande d’adhésion refusée
    }
no-host = aucune

bot-description =
    Un lieu où les membres d’un réseau continuent à se parler entre leurs rencontres.

    À savoir avant d’écrire : les bots Telegram ne sont pas chiffrés de bout en bout. Les détails des dossiers n’ont pas leur place ici.

    Si vous avez une invitation, ouvrez son lien.
bot-short-description = Pour les membres d’un réseau. Sur invitation seulement.

## Buttons. Telegram shows them as plain text, on a small screen: keep them short.

button-start = 🏠 Accueil
button-back = ← Retour
button-cancel = Annuler
button-open = Ouvrir
button-close = Fermer
button-next-page = Page suivante →
button-previous-page = ← Page précédente
# $number: counts the photos of a page
button-photo = 📷 Photo { $number }
button-help = ❓ Aide
button-privacy = 🔒 Confidentialité
button-language = 🌐 Langue · Language · اللغة
button-post = ✏️ Écrire une publication
button-topics = 💬 Sujets
button-topic = ➕ Nouveau sujet
button-digest = 📰 Récapitulatif
button-settings = ⚙️ Réglages
button-pause = Pause
button-mydata = Ce qui est gardé sur moi
button-forget = Partir et tout effacer
button-withdraw = Retirer ma demande
button-invite = 🔗 Inviter quelqu’un
button-applications = 📥 Demandes d’adhésion
button-roles = Rôles
button-members = Membres
button-audit = Journal
button-outbox = Messages aux membres
button-lock = 🔒 Verrouiller le réseau
button-notes = Notes scellées
button-sealing = Ma clé des notes scellées
button-hosts = Organisations
button-status = Où en est ma demande

## Commands, as Telegram lists them: at most 256 characters, no markup.

command-start = Accueil
command-language = Choisir votre langue
command-status = Où en est votre demande d’adhésion
command-withdraw = Retirer votre demande d’adhésion
command-topics = Tous les sujets : lire et suivre
command-post = Écrire une publication
command-topic = Ouvrir un nouveau sujet
command-digest = Votre récapitulatif : le lire maintenant, ou dire quand il arrive
command-settings = Nom, langue, ville, heures calmes
command-pause = Ne rien recevoir pendant un temps
command-mydata = Tout ce qui est gardé sur vous, dans un fichier
command-forget = Partir, et tout faire effacer
command-help = Ce que je peux faire
command-privacy = Ce qui est gardé, qui le voit, ce qui ne peut pas être protégé
command-cancel = Abandonner ce que vous étiez en train d’écrire
command-invite = Inviter quelqu’un : un lien pour une seule personne
command-applications = Les demandes d’adhésion
command-members = Les membres dont vous vous occupez
command-notes = Les notes scellées sur des personnes
command-sealing = Votre clé pour les notes scellées
command-audit = Ce qui a été fait, par qui, quand
command-outbox = Messages en route et messages incertains
command-lock = Verrouiller le réseau jusqu’à ce que l’opérateur l’ouvre
command-roles = Qui coordonne, qui est responsable
command-hosts = Les organisations hôtes du réseau

### What every part of the bot says. Telegram HTML: <b>, <i>, <code> and <blockquote> may be used, nothing else.
### A variable is escaped and isolated before it stands in a sentence.
name-looks-alike = ⚠️ <b>Ce nom ressemble à celui d’une personne de la coordination de ce réseau.</b> Des lettres d’apparence identique peuvent être différentes. Avant de décider, vérifiez de qui il s’agit, par une autre voie que cette discussion.

# $network: name of the network
home =
    <b>{ $network }</b>

    Que voulez-vous faire ?
home-paused = Vous êtes en pause : rien ne vous est envoyé tant que vous n’y mettez pas fin.

greeting =
    Bonjour. Je suis un bot réservé aux membres.

    Si quelqu’un vous a donné une invitation, ouvrez son lien, s’il vous plaît. S’il y a des boutons plus haut dans cette conversation, servez-vous-en. Sinon, il n’y a rien à faire ici pour vous, et je ne garde rien sur vous.

# $controller: a name; $contact: an address
responsible = <b>Responsable :</b> { $controller }. Contact : { $contact }
responsible-unnamed = <b>Responsable :</b> qui fait fonctionner ce bot. Quelqu’un qui connaît le réseau, comme la personne qui vous a invité, peut vous dire comment joindre ce responsable.

# A number of people, as a part of a sentence
fewer-than-ten = moins de 10

# What stays of a screen whose time is over.
blank = C’est refermé. Quand vous voudrez, continuez d’ici.
knock = Il y a quelque chose pour vous ici.

expired = Ce bouton a déjà servi, ou il est trop ancien. Rien n’est perdu : continuez d’ici.
unknown-command = Je ne connais pas cette commande. /help montre ce que je peux faire pour vous.
did-not-understand = Je n’attendais pas de texte à cet instant, et n’en ai rien gardé. Que voulez-vous faire ?
cannot-take-that = Je ne peux pas prendre cela. Envoyez-le sous forme de texte, ou envoyez une photo avec quelques mots en légende : en tant que photo et non en tant que fichier, car un fichier peut révéler où, quand et avec quel appareil elle a été prise. Rien n’en a été gardé ; si cela contient quelque chose de sensible, supprimez-le aussi de cette conversation.
edits-are-not-seen = Vous avez modifié un message. Je ne tiens pas compte des modifications : envoyez le nouveau texte dans un nouveau message.
only-first-hand = Je ne prends une commande que si vous l’écrivez vous-même, ni transférée ni par un autre bot. Rien n’a été fait.
only-in-private = Je ne parle qu’en privé, pas dans les groupes. Écrivez-moi ici.

# $reference: a short code
went-wrong =
    Quelque chose n’a pas marché de mon côté. Rien n’a été changé ; réessayez, s’il vous plaît.

    Si cela continue, donnez ce code à une personne de la coordination : { $reference }
row-unreadable =
    Ce qui est gardé ici à votre sujet est endommagé, et je ne peux pas l’ouvrir. Pour l’instant je ne peux donc rien faire pour vous, et ce que vous écrivez n’est pas gardé.

    Donnez ce code à une personne de la coordination, pour la personne responsable du réseau : { $reference }

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
        [frozen] membre, compte gelé
       *[declined] demande d’adhésion refusée
    }
no-host = aucune
unreadable-host = une organisation dont le nom n’est plus lisible

bot-description =
    Un lieu où les membres d’un réseau continuent à se parler entre leurs rencontres.

    À savoir avant d’écrire : les bots Telegram ne sont pas chiffrés de bout en bout. Les détails des dossiers n’ont pas leur place ici.

    Si vous avez une invitation, ouvrez son lien.
bot-short-description = Pour les membres d’un réseau. Sur invitation seulement.

## Buttons. Telegram shows them as plain text, on a small screen: keep them short.
button-back = ← Retour
button-open = Ouvrir
button-close = Fermer
button-next-page = Page suivante →
button-previous-page = ← Page précédente
# $number: counts the photos of a page
button-photo = 📷 Photo { $number }

# $title: of a topic
digest-topic = <b>▪ { $title }</b>
# $name: of the author; $when: date and time
post-heading = <b>{ $name }</b> <code>{ $mark }</code> · <i>{ $when }</i>
post-heading-alike = ⚠️ <i>Pas la personne de la coordination dont le nom ressemble à celui-ci</i>
# $former, $name: of a member; $when: date and time
renamed-since = <i>{ $former } s’appelle { $name } depuis : { $when }.</i>
# $number: of the button that shows it
post-has-photo = 📷 <i>Photo { $number }</i>
button-unpause = Mettre fin à la pause
unknown-zone = Je ne connais pas cette ville. Écrivez la grande ville la plus proche, ou quelque chose comme <i>UTC+2</i>.
# $cities: a list of cities
unknown-zone-did-you-mean = Je ne connais pas cette ville. Vouliez-vous dire : { $cities } ?
button-write-again = Recommencer
# $by: an instant
receipt-backups = Sauvegardes : ce qui y reste de vous quitte celles que je garde d’ici au { $by }. Jusque-là, et dans une copie emportée ailleurs, qui a la clé du réseau peut encore lire qu’il y avait une personne de votre organisation et quand elle a écrit, mais pas qui.

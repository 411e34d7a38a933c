
resume = La connexion a manqué un instant. S’il manque une réponse, redemandez-la. Tout ce que vous avez fait est gardé. Il y a peut-être dans cette conversation une réponse que je ne peux pas retirer : merci de la supprimer vous-même.
delete-yourself = Une partie de cette conversation a plus de 48 heures, et Telegram ne me laisse plus la retirer. Merci de la supprimer vous-même : ouvrez le menu de cette conversation dans Telegram et choisissez « Effacer l’historique », des deux côtés.
alarm = J’ai dû m’arrêter : un autre programme reçoit ce que l’on écrit à ce bot. Merci de prévenir tout de suite la personne qui le fait fonctionner, et de ne rien écrire ici avant qu’elle dise que c’est réglé.

## Buttons. Telegram shows them as plain text, on a small screen: keep them short.
button-cancel = Annuler
button-help = ❓ Aide
button-privacy = 🔒 Confidentialité

## Commands, as Telegram lists them: at most 256 characters, no markup.
command-help = Ce que je peux faire
command-privacy = Ce qui est gardé, qui le voit, ce qui ne peut pas être protégé
command-cancel = Abandonner ce que vous étiez en train d’écrire

# $network: name of the network
help =
    <b>{ $network }</b>

    Le plus utile se trouve sur l’accueil ; le reste est ci-dessous. Ces commandes font la même chose :
# $badge: the sign behind the names of coordinators and owners
help-badge = Le signe { $badge } après un nom indique les personnes qui coordonnent ce réseau ou en sont responsables ; personne ne peut le mettre dans son nom. Le numéro à côté d’un nom reste le même dans un sujet, quel que soit le nom.
help-outside = Voici les commandes que vous pouvez utiliser :

privacy =
    <b>Ce qui est gardé.</b> Si vous êtes membre, ou si vous avez demandé à le devenir : l’identifiant de votre compte Telegram (pas votre numéro de téléphone), le nom que vous avez choisi (l’ancien pendant trente jours), votre organisation, votre fuseau horaire, ce qui vous amène, ce que vous avez publié, annoncé ou êtes en train d’écrire, les sujets que vous suivez, vos réglages, les notes scellées à votre sujet, et une trace sans paroles de ce qui a été fait. Si votre adhésion a été retirée : de quoi vous le dire, sept jours au plus. Si vous n’avez pas accepté la notice : rien.

    <b>Comment.</b> Le tout est chiffré, sur la machine du réseau lui-même ; ce qui vous nomme et ce que vous écrivez avec vos propres mots est chiffré une seconde fois, sous une clé qui ne sert que pour vous.

    <b>Qui le voit.</b> Les personnes qui coordonnent le réseau pour votre organisation et les responsables du réseau voient vos réponses. Les membres voient votre nom avec ce que vous publiez. Les notes scellées sont ce que la coordination a noté à votre sujet, et ce que vous avez laissé pour une urgence (/settings) : elle seule et les responsables peuvent les ouvrir, sur leurs propres ordinateurs ; moi, non. Qui volerait le disque sans la clé n’y lirait rien.

    <b>Ce qui ne peut pas être protégé.</b> Telegram voit ce que vous écrivez et ce que je réponds : les bots ne sont pas chiffrés de bout en bout. Qui contrôle la machine en marche peut aussi le lire. Qui tient votre téléphone déverrouillé peut lire cette conversation ; ce que vous ouvrez ici et ce que vous écrivez en disparaît au bout d’un moment. /clear le retire aussitôt ; ce qui a plus de 48 heures, vous êtes la seule personne à pouvoir le supprimer.

    <b>Vos droits.</b> /mydata vous donne tout ce qui est gardé sur vous, dans un fichier. /forget l’efface aussitôt : vos mots, tout le reste, et votre clé. Après cela, on ne peut plus lire ni ce qui vous nomme ni vos mots dans les sauvegardes plus anciennes, à moins que quelqu’un n’ait gardé une ancienne copie des clés. Là où je fais des sauvegardes, ce qui y reste de vous les quitte en un jour ; une copie emportée ailleurs dit encore qu’il y avait une personne de votre organisation et quand elle a écrit, mais pas qui. La trace de ce qui a été fait ne mène plus à vous non plus. Elle vide aussi cette conversation autant que Telegram le permet ; supprimez-la également dans Telegram.

cancelled = Abandonné. Rien n’a été envoyé.
nothing-to-cancel = Vous n’aviez rien en cours d’écriture.

## Kinds of delivery, in /outbox and in the file of /mydata: plain text, as few words as it takes.

delivery-alarm = avertissement : le bot a dû s’arrêter
delivery-delete-yourself = demande de supprimer ce qui n’a pas pu être retiré
delivery-resume = avis de réponse perdue
delivery-unknown = message que cette version ne sait pas nommer

## What stands in the audit, and in the file of /mydata: plain text, as few words as it takes.

action-audit-begun = journal recommencé
action-erased = effacement
action-keys-rotated = clé maîtresse renouvelée
action-unknown = quelque chose que cette version ne sait pas nommer
action-member-read = fiche d’un membre consultée
action-members-listed = liste des membres consultée

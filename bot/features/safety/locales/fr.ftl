### Buddies, freezing an account, /panic. Whoever reads this may be in a hurry and afraid.

## Buttons. Telegram shows them as plain text, on a small screen: keep them short.
button-buddies = Mes proches de confiance
button-freeze = ❄️ Geler le compte …
button-panic = Tout arrêter

## Commands, as Telegram lists them: at most 256 characters, no markup.
command-buddies = Qui veille sur votre compte
command-freeze = Geler le compte de quelqu’un en danger
command-panic = Tout arrêter sur ce compte, tout de suite

## Buddies

buddies = <b>Les proches de confiance</b> sont deux membres que vous choisissez. Si votre téléphone tombe en d’autres mains, les deux ensemble, ou l’un des deux avec la coordination, peuvent geler votre compte : plus rien n’y est envoyé, et qui le tient voit un réseau vide.
buddies-none = Vous n’avez encore choisi personne.
buddies-mine = Veillent sur votre compte :
# $name: of the buddy
buddy-mine = • { $name }
# $when: date and time
buddy-leaves = • { $name }, jusqu’au { $when }
buddy-link-open = • un lien que personne n’a encore utilisé
buddies-theirs = Vous veillez sur le compte de :
buddy-of = • { $name }
button-name-buddy = ➕ Choisir un proche
button-end-buddy = Retirer : { $name } …
button-keep-buddy = Garder { $name } finalement
button-step-down = Ne plus veiller sur { $name } …
buddy-link =
    <b>Un lien pour un proche de confiance.</b> Transmettez-le à quelqu’un que vous connaissez bien, par une voie sûre pour vous deux. Qui l’ouvre apprend que vous êtes ici : ne l’envoyez qu’à un membre. Il sert une fois, pendant trois jours.

    Je vous préviens quand la personne a accepté.
buddy-bad-link = Ce lien ne fonctionne pas, ou ne fonctionne plus.
# $name: of the member whose account it is
ask-be-buddy =
    <b>Voulez-vous veiller sur le compte de { $name } ?</b>

    En cas d’arrestation de { $name }, ou si le téléphone est perdu, vous pouvez geler le compte avec une deuxième personne, par /freeze. Vous ne voyez rien de ce que { $name } lit ou écrit. Convenez d’un mot qui vous dit que { $name } est en sécurité, et d’une autre personne à appeler.

    Vous pouvez arrêter à tout moment ; { $name } en est averti. Pour être joint la nuit aussi, autorisez les messages urgents dans /settings.
button-be-buddy = Oui, pour { $name }
button-no-buddy = Non
buddy-agreed = <b>Vous veillez désormais sur le compte de { $name }.</b> Un avis lui est envoyé.
ask-end-buddy =
    <b>Retirer { $name } ?</b>

    Un avis lui est envoyé tout de suite, et votre compte peut encore être gelé de sa part pendant trois jours, pour que personne ayant votre téléphone ne puisse l’écarter. D’ici là, vous pouvez revenir en arrière.
ask-end-buddy-link = <b>Reprendre le lien ?</b> Il prend fin tout de suite.
button-end-buddy-yes = Oui, retirer
ask-step-down = <b>Ne plus veiller sur le compte de { $name } ?</b> Un avis lui est envoyé.
button-step-down-yes = Oui, arrêter

## Freezing

freeze = <b>De quel compte s’agit-il ?</b>
freeze-nobody = Vous ne veillez sur le compte de personne, et personne ne vous demande ici.
freeze-nobody-found = Je ne trouve personne de ce nom dont vous vous occupiez.
freeze-find = Pour quelqu’un de votre organisation, envoyez <code>/freeze</code> suivi d’une partie du nom.
# $name: of a member. A button: plain text.
freeze-line = { $name }
# The entry; $name: of the member
account = <b>Le compte de { $name }</b>
# $when: date and time
account-panic = ⚠️ <b>/panic a été utilisé le { $when }.</b>
account-asked = Quelqu’un a demandé le { $when } de le geler. Il faut une deuxième personne.
account-frozen = <b>Gelé depuis le { $when }.</b> Rien n’y est envoyé ; qui le tient voit un réseau vide.
account-left = Qui le tient a demandé le { $when } de tout effacer, et a vu cela fait. Rien n’a été effacé.
button-withdraw-vote = Retirer ma demande
button-thaw = Rouvrir le compte …
ask-freeze =
    <b>Geler le compte de { $name } ?</b>

    Il faut être deux : deux proches de confiance, ou un proche et la coordination. Les autres sont sollicités maintenant. Dès que la deuxième personne accepte, plus rien n’est envoyé au compte, ce qui y est ouvert est retiré, et qui le tient voit un réseau vide. Seuls vous deux et les responsables le savent.
button-freeze-yes = Oui, geler : { $name }
freeze-noted = <b>Votre demande vaut trois jours.</b> Le compte de { $name } est gelé dès qu’une deuxième personne accepte. Les autres sont sollicités ; si possible, appelez quelqu’un.
freeze-done = <b>Le compte de { $name } est gelé.</b> Pour le rouvrir, il faut la coordination et un proche de confiance.
ask-thaw =
    <b>Rouvrir le compte de { $name } ?</b>

    Seulement si vous avez parlé à { $name } et que personne d’autre, c’est certain, ne tient le téléphone. Il faut la coordination et un proche de confiance.
button-thaw-yes = Oui, rouvrir : { $name }
thaw-noted = <b>Votre demande vaut trois jours.</b> Si le compte de { $name } est gelé, il s’ouvre dès que la coordination et un proche de confiance le veulent.
thaw-done = <b>Le compte de { $name } est rouvert.</b> Il reste en pause jusqu’à ce que { $name } réponde.
no-account = Ce compte n’existe pas, ou vous ne veillez pas sur lui.
button-account = Compte et proches
thawed-you =
    <b>Votre compte était gelé ; il est rouvert.</b>

    Celles et ceux qui veillent sur lui craignaient que quelqu’un d’autre ne tienne votre téléphone. Pendant ce temps, rien ne vous a été envoyé, et rien de ce qui a été écrit ou pressé ici n’a été gardé ni exécuté.

    Vous êtes en pause jusqu’à votre réponse. Est-ce bien vous, sans personne d’autre devant ce téléphone ?
button-its-me = Oui, c’est moi : continuer

## Panic

ask-panic =
    <b>Tout arrêter ?</b>

    Plus rien ne vous est envoyé, ce qui est ouvert ici est retiré, et vos proches de confiance sont avertis. Vous pourrez continuer plus tard en mettant fin à la pause.
button-panic-yes = Oui, maintenant

## In the file of /mydata: plain text.

export-buddies = Proches de confiance
export-buddy-mine = { $name } veille sur votre compte
export-buddy-theirs = Vous veillez sur le compte de { $name }
# $when: date and time; $wants: what was wanted
export-freeze-vote =
    { $when } : { $wants ->
        [freeze] vous avez demandé de geler le compte de { $name }
        [thaw] vous avez demandé de rouvrir le compte de { $name }
       *[help] vous avez utilisé /panic ({ $name })
    }

## Kinds of delivery, in /outbox and in the file of /mydata: plain text, as few words as it takes.

delivery-buddies = avis sur un proche de confiance
delivery-freeze = avis sur un compte sur lequel on veille
delivery-thawed = avis que le compte est rouvert

## What stands in the audit, and in the file of /mydata: plain text, as few words as it takes.

action-freeze-asked = gel d’un compte demandé
action-frozen = compte gelé
action-panic = /panic utilisé
action-thaw-asked = réouverture d’un compte demandée
action-thawed = compte rouvert

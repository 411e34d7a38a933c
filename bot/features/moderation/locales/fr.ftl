### Stopping members and hiding posts, for coordinators and owners.

# $name: of the member
ask-suspend =
    <b>Suspendre { $name } ?</b>

    À partir de maintenant, cette personne ne lit plus rien, n’envoie plus rien et ne reçoit plus rien, jusqu’à son rétablissement. Les écrans qu’elle a ouverts quittent sa conversation. Rien n’est effacé. Les responsables en sont informés.
button-suspend-yes = Oui, suspendre { $name }
suspended-now = <b>{ $name } : adhésion suspendue.</b> Les responsables en sont informés. /restore annule la suspension.
suspend-whom = Qui ? Écrivez le nom après la commande : <i>/suspend Salma</i>. Ou choisissez parmi les membres.
restore-whom = Qui ? Écrivez le nom après la commande : <i>/restore Salma</i>. Ou choisissez parmi les membres.
ask-restore = <b>Rétablir { $name } ?</b> Cette personne peut lire et écrire comme avant, et en est informée.
button-restore-yes = Oui, rétablir { $name }
restored-now = <b>{ $name } : adhésion rétablie.</b> Cette personne et les responsables en sont informés.
restored-by-owners = C’est un responsable qui a décidé cette suspension ; seuls les responsables peuvent l’annuler.
nobody-to-stop = Il n’y a personne de ce nom pour qui vous puissiez le faire.
which-member = <b>Plusieurs personnes portent ce nom, ou un nom semblable.</b> De qui s’agit-il ?
# On a button: plain text. $when: since when they are a member
member-choice = { $name } · membre depuis le { $when }
# $when: date and time; $name: of the coordinator
suspended-since = <b>Adhésion suspendue</b> depuis : { $when }, par { $name }.

removals =
    { $count ->
        [0] <b>Aucun retrait n’attend une deuxième personne.</b>
        [one] <b>{ $count } retrait attend une deuxième personne.</b>
       *[other] <b>{ $count } retraits attendent une deuxième personne.</b>
    }
remove-whom = Pour en demander un, écrivez le nom après la commande : <i>/remove Salma</i>. Ou choisissez parmi les membres.
ask-removal-reason = <b>Pourquoi retirer { $name } ?</b>
# Also on a button: plain text.
removal-reason =
    { $reason ->
        [left] Ne fait plus partie de l’organisation
        [impostor] N’est pas qui on croit
        [conduct] Nuit aux autres ici
       *[danger] Compte en d’autres mains, ou danger
    }
# $reason: see removal-reason
ask-removal =
    <b>Demander le retrait de { $name } ?</b>
    Motif : { $reason }

    Une autre personne de la coordination de l’organisation, ou un responsable, doit le confirmer dans les sept jours. Alors tout est effacé, comme par /forget, et la personne en est informée. Pour arrêter quelqu’un tout de suite, suspendez d’abord son adhésion.
button-ask-removal-yes = Oui, demander : { $name }
removal-asked = <b>Le retrait de { $name } est demandé.</b> Les personnes qui peuvent le confirmer sont informées. D’ici là, rien ne change.
removal-nobody-confirms = Personne d’autre ne peut confirmer le retrait de { $name }. Un responsable peut nommer quelqu’un à la coordination de cette organisation avec /roles. Vous pouvez suspendre l’adhésion tout de suite.
# $asker: who asked; $when, $until: dates and times
removal =
    <b>Retrait de { $name }</b>
    Demandé par : { $asker }, { $when }
    Motif : { $reason }
    Fin sans confirmation : { $until }
removal-needs-another = C’est vous qui l’avez demandé ; une autre personne doit le confirmer.
button-confirm-removal = Confirmer : retirer { $name } …
button-withdraw-removal = Y renoncer
ask-confirm-removal =
    <b>Retirer { $name } ?</b>

    Tout ce qui est gardé sur cette personne est effacé aussitôt, ses publications aussi. Elle en est informée et reçoit un reçu, sans nom ni motif. C’est définitif.
removal-confirmed = <b>{ $name } : retrait effectué.</b> Tout est effacé, et la personne en est informée.
removal-withdrawn = Le retrait de { $name } n’est plus demandé.
no-removal = Il n’y a pas de telle demande, ou elle a pris fin.
removal-is-asked = <b>Son retrait est demandé,</b> et attend une deuxième personne.

hide-in-which-topic = <b>Dans quel sujet se trouve la publication à masquer ?</b>
hide-which-post = <b>{ $title }</b> : quelle publication ? Vous voyez celles des personnes dont vous vous occupez, les plus récentes d’abord.
nothing-to-hide = Dans { $title }, il n’y a aucune publication d’une personne dont vous vous occupez.
# On a button: plain text. $words: the beginning of the post; $hidden: yes or no
hide-line =
    { $name } · { $when } · { $words }{ $hidden ->
        [yes] {" "}(masquée)
       *[no] {""}
    }
ask-hide =
    <b>Masquer cette publication de { $name } dans { $title } ?</b>

    Elle disparaît des sujets, des résumés et des écrans ouverts. La personne qui l’a écrite en est informée. Vous pouvez l’afficher de nouveau.
button-hide-yes = Oui, masquer : { $name }
button-show-again = L’afficher de nouveau
post-is-hidden = <b>Cette publication dans { $title } est masquée.</b> Seule la personne qui l’a écrite la garde.
hidden-now = La publication est masquée. La personne qui l’a écrite en est informée.
shown-again-now = La publication est de nouveau affichée. La personne qui l’a écrite en est informée.
your-post-hidden =
    <b>La coordination a masqué cette publication de vous dans { $title }.</b>

    Les autres ne la voient plus. Si vous ne savez pas pourquoi, parlez-en à une personne de la coordination.
your-post-shown = <b>Cette publication de vous dans { $title } est de nouveau affichée.</b>

## Buttons. Telegram shows them as plain text, on a small screen: keep them short.
button-suspend = Suspendre un membre
button-restore = Rétablir un membre
button-remove = Retraits de membres
button-hide = Masquer une publication
button-suspend-member = Suspendre …
button-restore-member = Rétablir …
button-remove-member = Demander le retrait …
button-open-removal = Retrait : voir la demande
button-open-member = Ouvrir la fiche
button-hide-post = Masquer une publication …

## Commands, as Telegram lists them: at most 256 characters, no markup.
command-suspend = Arrêter un membre tout de suite
command-restore = Annuler une suspension
command-remove = Retirer un membre : à deux
command-hide = Masquer une publication

## Kinds of delivery, in /outbox and in the file of /mydata: plain text, as few words as it takes.

delivery-suspension = avis de suspension
delivery-restored = avis de rétablissement
delivery-removal = question sur un retrait
delivery-removal-done = avis de retrait
delivery-post-hidden = avis de publication masquée

## What stands in the audit, and in the file of /mydata: plain text, as few words as it takes.

action-post-hidden = publication masquée
action-post-shown-again = publication de nouveau affichée
action-removal-asked = retrait demandé
action-removal-confirmed = retrait confirmé ; la personne est effacée
action-removal-withdrawn = retrait abandonné
action-restored = suspension annulée
action-suspended = adhésion suspendue

## In the file of /mydata: plain text.
export-moderation = Suspension et retrait
export-suspended = Adhésion suspendue depuis : { $when }
# $mine: whether the person asked for somebody else’s
export-removal =
    { $mine ->
        [yes] Vous avez demandé le retrait de quelqu’un : { $when } ({ $reason })
       *[no] Votre retrait a été demandé : { $when } ({ $reason })
    }

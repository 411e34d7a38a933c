### For coordinators and owners.

members =
    { $count ->
        [0] <b>Il n’y a pas encore de membres ici.</b>
        [one] <b>{ $count } membre</b>
       *[other] <b>{ $count } membres</b>
    }
members-found =
    { $count ->
        [0] <b>Personne n’a un tel nom.</b>
        [one] <b>Une personne a un tel nom.</b>
       *[other] <b>{ $count } personnes ont un tel nom.</b> Laquelle ?
    }
# $name, $role: of a member. Also on a button: plain text.
member-line =
    { $name }{ $role ->
        [owner] {" "}(responsable)
        [coordinator] {" "}(coordination)
       *[member] {""}
    }
member-line-alike = ⚠️ { $member } – nom semblable à celui d’une personne de la coordination

# $member: see member-line
member-line-suspended = { $member } (adhésion suspendue)
# Also on a button: plain text, and what can be typed after /members.
members-of-state =
    { $state ->
        [active] membres actifs
        [paused] en pause
        [suspended] adhésion suspendue
       *[all] tout le monde
    }
button-members-of-state =
    { $state ->
        [active] Seulement les membres actifs
        [paused] Seulement les membres en pause
        [suspended] Seulement les adhésions suspendues
       *[all] Tout le monde
    }
# $state: see members-of-state
members-state = Affichage : { $state }
members-host = Organisation : { $host }
button-members-of-host = D’une organisation …
members-of-which-host = <b>Les membres de quelle organisation ?</b>
button-search-members = 🔎 Chercher par nom
ask-member-search = <b>Quel est le nom ?</b> Une partie suffit.
members-more = Voici les premiers résultats. Écrivez une plus grande partie du nom.
# $role, $host, $state: of the member; $when: since when they are one
member-entry =
    <b>{ $name }</b>

    <b>Rôle :</b> { $role }
    <b>Organisation :</b> { $host }
    <b>État :</b> { $state }
    <b>Ici depuis :</b> { $when }

roles = <b>Rôles.</b> De quelle personne voulez-vous voir ou changer le rôle ?
role-of =
    <b>{ $name }</b> { $role ->
        [owner] est responsable du réseau.
        [coordinator] fait partie de la coordination.
       *[member] est membre.
    }
button-make-member = Donner le rôle de membre
button-make-coordinator = Nommer à la coordination
button-make-owner = Nommer responsable
ask-role =
    { $role ->
        [owner] <b>Nommer { $name } responsable du réseau ?</b> Les responsables voient tout le monde et peuvent tout faire, même changer votre rôle.
        [coordinator] <b>Nommer { $name } à la coordination ?</b> Les personnes qui coordonnent invitent, décident des demandes d’adhésion qui passent par leur organisation, en voient les membres et ouvrent des sujets.
       *[member] <b>Donner à { $name } le rôle de membre, sans autre rôle ?</b>
    }
button-role-yes = Oui, pour { $name }
role-set =
    { $role ->
        [owner] <b>{ $name } est maintenant responsable du réseau.</b>
        [coordinator] <b>{ $name } fait maintenant partie de la coordination.</b>
       *[member] <b>{ $name } est maintenant membre.</b>
    } La personne en est informée.
# $role: the reader's own, from now on
your-role =
    { $role ->
        [owner] <b>Vous êtes maintenant responsable de ce réseau.</b> Le menu montre ce que vous pouvez faire.
        [coordinator] <b>Vous faites maintenant partie de la coordination.</b> Vous pouvez inviter des personnes, décider des demandes d’adhésion à votre organisation et ouvrir des sujets ; le menu montre comment.
       *[member] <b>Vous êtes maintenant membre, sans autre rôle.</b>
    }
role-not-set = Rien n’a changé. La personne avait déjà ce rôle, ou bien le réseau n’aurait plus de responsable.
no-member = Membre introuvable.

hosts =
    { $count ->
        [0] <b>Il n’y a pas encore d’organisation hôte.</b>
        [one] <b>Une organisation hôte</b>
       *[other] <b>{ $count } organisations hôtes</b>
    }
host-line = { $name }
button-add-host = Ajouter une organisation
ask-host-name = <b>Comment s’appelle la nouvelle organisation hôte ?</b>
host-added = L’organisation { $name } est ajoutée.
host-exists = Il y a déjà une organisation nommée { $name }.
ask-role-no-host = À savoir : cette personne n’appartient à aucune organisation, et ne verra donc aucune demande d’adhésion.

audit = <b>Ce qui a été fait.</b> Les entrées les plus récentes viennent d’abord ; ce que les membres écrivent n’y figure pas. Votre consultation devient aussi une entrée.
# $number: of the entry; $when: date and time; $actor: who; $what: see audit-action
audit-line = <b>{ $number }</b> · { $when } · { $actor } : { $what }
# $subject: the person whom it is about
audit-line-about = <b>{ $number }</b> · { $when } · { $actor } : { $what } · { $subject }
audit-operator = l’équipe technique
audit-left = quelqu’un qui est parti
audit-left-or-outside = quelqu’un d’une autre organisation, ou qui est parti
audit-holds = <b>Le journal est intact.</b> Aucune entrée n’a été modifiée, retirée ni ajoutée après coup.
# $number: of an entry
audit-begun = Les entrées jusqu’au numéro { $number } existaient avant le début de ce contrôle ; ce qui leur est arrivé plus tôt ne se voit pas.
audit-broken =
    <b>Le journal n’est plus intact à partir de l’entrée { $number }.</b> Des entrées ont été modifiées, retirées ou ajoutées, ou bien une ancienne copie des données a été remise en place.

    Prévenez tout de suite, par un autre canal, la personne qui fait fonctionner ce bot : halqa doctor dit que faire.
button-verify-audit = Vérifier le journal
ask-lock =
    <b>Verrouiller le réseau ?</b>

    J’oublie aussitôt toutes les clés, et plus personne ne peut lire ni écrire ici tant que l’opérateur ne m’a pas déverrouillé à la main. Telegram garde pendant 24 heures ce qui s’écrit entre-temps.
button-lock-yes = Oui, verrouiller maintenant
locking = <b>Le réseau se verrouille.</b> Je répondrai de nouveau quand l’opérateur m’aura déverrouillé.
not-lockable = Je ne peux pas être verrouillé : ma clé est gardée de façon que je démarre tout seul, et je me rouvrirais aussitôt. Demandez à l’opérateur de m’arrêter.

# Members who blocked the bot or left Telegram. $name: of the member
unreachable =
    <b>{ $name } : injoignable depuis trente jours.</b>

    Cette personne a bloqué le bot ou quitté Telegram. Si elle écrit de nouveau, elle retrouve tout comme avant. Avez-vous de ses nouvelles ?
button-remove-unreachable = Retirer { $name } …
ask-remove =
    <b>Retirer { $name } ?</b>

    Tout ce qui est gardé ici sur cette personne est effacé, ses publications aussi. Elle n’en est pas informée. C’est définitif.
button-remove-yes = Oui, retirer { $name }
removed = { $name } : retrait effectué. Ce que cette personne a écrit est effacé.
not-unreachable = Il n’y a plus rien à décider.

# What is on its way to people
outbox = <b>Messages aux membres</b>, des trente derniers jours
# $state, $number
outbox-line =
    { $state ->
        [pending] En attente de leur heure : { $number }
        [sending] En route : { $number }
        [sent] Envoyés : { $number }
        [failed] Refusés par Telegram : { $number }
        [cancelled] Devenus inutiles : { $number }
       *[uncertain] Incertains : { $number }
    }
outbox-empty = Il n’y en a pas.
outbox-doubtful = Un message incertain est peut-être arrivé, peut-être pas : la réponse de Telegram s’est perdue. Je ne l’envoie pas deux fois, sauf si vous en décidez ainsi. Duquel s’agit-il ?
# On a button: plain text. $kind: see outbox-kind; $when: date and time; $name: of the reader
outbox-item = { $when } · { $kind } · { $name }
outbox-message =
    <b>{ $kind }</b>
    À : { $name }
    Tentative : { $when }

    Le message est peut-être arrivé, peut-être pas. Son contenu n’apparaît pas ici.
button-send-again = L’envoyer de nouveau
button-drop-message = En rester là
outbox-sent-again = Le message est envoyé de nouveau.
outbox-dropped = Le message ne sera pas renvoyé.
outbox-decided = Quelqu’un a déjà décidé pour ce message.

## An owner code that the operator made, and who has a new role

# $when: date and time
owner-code =
    <b>Quelqu’un a créé un code de responsable sur la machine.</b>

    Qui le détient peut devenir responsable, mais pas avant { $when }. D’ici là, chaque responsable peut le révoquer.

    Si vous ne savez pas pourquoi il a été créé, révoquez-le, et demandez à qui gère la machine, par une autre voie que cette conversation.
button-revoke-owner-code = ✋ Révoquer le code
owner-code-revoked = <b>Le code est révoqué.</b> Personne ne peut plus devenir responsable par lui.
owner-code-over = Il n’y a plus de tel code.
role-news-reads = Ce qui est scellé désormais peut l’être aussi pour cette personne. Si cela vous surprend, demandez aux responsables par une autre voie que cette conversation.
locked-too-often = Vous avez verrouillé le réseau deux fois en un jour. Demandez à une autre personne de la coordination, ou à l’opérateur, de le faire.

## Buttons. Telegram shows them as plain text, on a small screen: keep them short.
button-roles = Rôles
button-members = Membres
button-audit = Journal
button-outbox = Messages aux membres
button-lock = 🔒 Verrouiller le réseau
button-hosts = Organisations

## Commands, as Telegram lists them: at most 256 characters, no markup.
command-members = Les membres dont vous vous occupez
command-audit = Ce qui a été fait, par qui, quand
command-outbox = Messages en route et messages incertains
command-lock = Verrouiller le réseau jusqu’à ce que l’opérateur l’ouvre
command-roles = Qui coordonne, qui est responsable
command-hosts = Les organisations hôtes du réseau

## Kinds of delivery, in /outbox and in the file of /mydata: plain text, as few words as it takes.

delivery-owner-code = avis d’un code de responsable
delivery-role-news = avis du rôle de quelqu’un
delivery-role = avis de rôle
delivery-unreachable = question sur un membre

## What stands in the audit, and in the file of /mydata: plain text, as few words as it takes.

action-audit-read = journal consulté
action-host-added = organisation ajoutée
action-locked = bot verrouillé
action-made-coordinator = rôle de coordination donné
action-made-member = rôle « membre » donné
action-made-owner = rôle de responsable donné
action-message-dropped = message incertain laissé tel quel
action-outbox-read = messages incertains consultés
action-owner-code-made = code de responsable créé
action-owner-code-revoked = code de responsable révoqué
action-removed = retrait d’un membre injoignable
action-sent-again = message incertain envoyé de nouveau

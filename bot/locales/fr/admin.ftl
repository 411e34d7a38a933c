### For coordinators and owners.

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
name-looks-alike = ⚠️ <b>Ce nom ressemble à celui d’une personne de la coordination de ce réseau.</b> Des lettres d’apparence identique peuvent être différentes. Avant de décider, vérifiez de qui il s’agit, par une autre voie que cette discussion.
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

members =
    { $count ->
        [0] <b>Il n’y a pas encore de membres ici.</b>
        [one] <b>{ $count } membre</b>
       *[other] <b>{ $count } membres</b>
    }
# $name, $role: of a member. Also on a button: plain text.
member-line =
    { $name }{ $role ->
        [owner] {" "}(responsable)
        [coordinator] {" "}(coordination)
       *[member] {""}
    }
member-line-alike = ⚠️ { $member } – nom semblable à celui d’une personne de la coordination

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
ask-approve =
    <b>Accepter { $name } ?</b>

    Cette personne lira tous les sujets, et pourra y écrire. N’acceptez que quelqu’un que vous connaissez, vous ou une personne de confiance.
button-approve-yes = Oui, accepter { $name }
no-inviter = le code de départ, ou quelqu’un qui est parti
ask-role-no-host = À savoir : cette personne n’appartient à aucune organisation, et ne verra donc aucune demande d’adhésion.

# What stands in the audit, in as few words as it takes; also in the file of what is held about somebody: plain text.
audit-action =
    { $action ->
        [locked] bot verrouillé
        [agreed] notice acceptée
        [applied] demande d’adhésion envoyée
        [approved] une demande d’adhésion a été acceptée
        [declined] une demande d’adhésion a été refusée
        [owner-claimed] devenue responsable du réseau avec le code
        [invited] invitation créée
        [invite-revoked] invitation révoquée
        [application-read] une demande d’adhésion a été lue
        [members-listed] liste des membres consultée
        [renamed] nom changé
        [posted] publication écrite
        [post-taken-back] publication retirée
        [topic-opened] sujet ouvert
        [topic-closed] sujet fermé
        [topic-reopened] sujet rouvert
        [made-member] rôle « membre » donné
        [made-coordinator] rôle de coordination donné
        [made-owner] rôle de responsable donné
        [applications-listed] liste des demandes d’adhésion consultée
        [member-read] fiche d’un membre consultée
        [audit-read] journal consulté
        [host-added] organisation ajoutée
        [audit-begun] journal recommencé
        [announcement-asked] approbation d’une annonce demandée
        [announcement-approved] annonce approuvée
        [announcement-returned] annonce renvoyée
        [announcement-changed] annonce modifiée après avoir été montrée
        [announced] annonce partie
        [announcement-halted] annonce arrêtée
        [announcement-resumed] annonce reprise
        [removed] retrait d’un membre injoignable
        [outbox-read] messages incertains consultés
        [sent-again] message incertain envoyé de nouveau
        [message-dropped] message incertain laissé tel quel
        [sealing-key-set] clé des notes scellées enregistrée
        [sealing-key-removed] clé des notes scellées retirée
        [sealed-note-written] une note scellée a été écrite
        [sealed-notes-fetched] des notes scellées ont été reçues
        [sealed-notes-removed] ses notes scellées retirées
        [contact-sealed] informations d’urgence laissées
        [contact-removed] informations d’urgence retirées
        [keys-rotated] clé maîtresse renouvelée
       *[erased] effacement
    }

audit = <b>Ce qui a été fait.</b> Les entrées les plus récentes viennent d’abord ; ce que les membres écrivent n’y figure pas. Votre consultation devient aussi une entrée.
# $number: of the entry; $when: date and time; $actor: who; $what: see audit-action
audit-line = <b>{ $number }</b> · { $when } · { $actor } : { $what }
# $subject: the person whom it is about
audit-line-about = <b>{ $number }</b> · { $when } · { $actor } : { $what } · { $subject }
audit-operator = l’équipe technique
audit-left = quelqu’un qui est parti
audit-left-or-outside = quelqu’un d’une autre organisation, ou qui est parti
audit-holds = <b>Le journal est intact.</b> Aucune entrée n’a été modifiée, retirée ni ajoutée après coup.
# $number: of an entry
audit-begun = Les entrées jusqu’au numéro { $number } existaient avant le début de ce contrôle ; ce qui leur est arrivé plus tôt ne se voit pas.
audit-broken =
    <b>Le journal n’est plus intact à partir de l’entrée { $number }.</b> Des entrées ont été modifiées, retirées ou ajoutées, ou bien une ancienne copie des données a été remise en place.

    Prévenez tout de suite, par un autre canal, la personne qui fait fonctionner ce bot : halqa doctor dit que faire.
button-verify-audit = Vérifier le journal
ask-lock =
    <b>Verrouiller le réseau ?</b>

    J’oublie aussitôt toutes les clés, et plus personne ne peut lire ni écrire ici tant que l’opérateur ne m’a pas déverrouillé à la main. Telegram garde pendant 24 heures ce qui s’écrit entre-temps.
button-lock-yes = Oui, verrouiller maintenant
locking = <b>Le réseau se verrouille.</b> Je répondrai de nouveau quand l’opérateur m’aura déverrouillé.
not-lockable = Je ne peux pas être verrouillé : ma clé est gardée de façon que je démarre tout seul, et je me rouvrirais aussitôt. Demandez à l’opérateur de m’arrêter.

# Members who blocked the bot or left Telegram. $name: of the member
unreachable =
    <b>{ $name } : injoignable depuis trente jours.</b>

    Cette personne a bloqué le bot ou quitté Telegram. Si elle écrit de nouveau, elle retrouve tout comme avant. Avez-vous de ses nouvelles ?
button-remove = Retirer { $name } …
ask-remove =
    <b>Retirer { $name } ?</b>

    Tout ce qui est gardé ici sur cette personne est effacé, ses publications aussi. Elle n’en est pas informée. C’est définitif.
button-remove-yes = Oui, retirer { $name }
removed = { $name } : retrait effectué. Ce que cette personne a écrit est effacé.
not-unreachable = Il n’y a plus rien à décider.

# What is on its way to people
outbox = <b>Messages aux membres</b>, des trente derniers jours
# $state, $number
outbox-line =
    { $state ->
        [pending] En attente de leur heure : { $number }
        [sending] En route : { $number }
        [sent] Envoyés : { $number }
        [failed] Refusés par Telegram : { $number }
        [cancelled] Devenus inutiles : { $number }
       *[uncertain] Incertains : { $number }
    }
outbox-empty = Il n’y en a pas.
outbox-doubtful = Un message incertain est peut-être arrivé, peut-être pas : la réponse de Telegram s’est perdue. Je ne l’envoie pas deux fois, sauf si vous en décidez ainsi. Duquel s’agit-il ?
# A kind of message, in few words; also on a button: plain text.
outbox-kind =
    { $kind ->
        [resume] avis de réponse perdue
        [application] avis de demande d’adhésion
        [decision] réponse à une demande d’adhésion
        [role] avis de rôle
        [post] avis de publication
        [digest] avis de récapitulatif
        [unreachable] question sur un membre
        [announcement] annonce
        [close] écran qui se ferme
        [digest-close] récapitulatif qui se ferme
       *[other] message
    }
# On a button: plain text. $kind: see outbox-kind; $when: date and time; $name: of the reader
outbox-item = { $when } · { $kind } · { $name }
outbox-message =
    <b>{ $kind }</b>
    À : { $name }
    Tentative : { $when }

    Le message est peut-être arrivé, peut-être pas. Son contenu n’apparaît pas ici.
button-send-again = L’envoyer de nouveau
button-drop-message = En rester là
outbox-sent-again = Le message est envoyé de nouveau.
outbox-dropped = Le message ne sera pas renvoyé.
outbox-decided = Quelqu’un a déjà décidé pour ce message.

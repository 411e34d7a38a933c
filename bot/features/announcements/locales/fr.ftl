### Announcements: for the coordinators who write and approve them, and for those who read them.

button-announce = 📣 Faire une annonce
button-halt = ✋ Arrêter les annonces
command-announce = Dire quelque chose à tout le réseau, ou à une partie
command-halt = Arrêter toutes les annonces qui partent ou vont partir

announcements = <b>Les annonces</b> en cours, ou parties récemment.
# $state: see below; $whom: for whom; $when: date and time. A button: plain text.
announcement-line =
    { $state ->
        [draft] Pas terminée : { $whom } · { $when }
        [asked] À approuver : { $whom } · { $when }
        [returned] Renvoyée : { $whom } · { $when }
        [approved] Va partir : { $whom } · { $when }
        [waiting] Envoyée, quelques personnes attendent : { $whom } · { $when }
        [sending] En train de partir : { $whom } · { $when }
        [halted] Arrêtée : { $whom } · { $when }
       *[sent] Envoyée : { $whom } · { $when }
    }
button-new-announcement = ➕ Nouvelle annonce
announcement-gone = Cette annonce n’existe plus, ou ne vous est pas destinée.

## For whom

ask-whom =
    <b>Pour qui est l’annonce ?</b> Choisissez, ou écrivez un nom : celui d’une organisation, d’un sujet, d’une langue ou d’une partie du monde.
# $kind: of people; $name: of the host, topic, language or region. Also on a button: plain text.
announce-whom =
    { $kind ->
        [host] les membres de { $name }
        [topic] les personnes qui suivent « { $name } »
        [language] les personnes qui lisent : { $name }
        [region] { $name }
       *[everybody] tout le monde
    }
region =
    { $region ->
        [Africa] Afrique
        [America] Amériques
        [Asia] Asie
        [Atlantic] îles de l’Atlantique
        [Australia] Australie
        [Europe] Europe
        [Indian] îles de l’océan Indien
       *[Pacific] Pacifique
    }
button-whom-host = Les membres d’une organisation
button-whom-topic = Les personnes qui suivent un sujet
button-whom-language = Les personnes qui lisent une langue
button-whom-region = Une partie du monde
ask-whom-host = <b>Quelle organisation ?</b>
ask-whom-topic = <b>Quel sujet ?</b> L’annonce va aux personnes qui le suivent sans l’avoir mis en sourdine.
ask-whom-language = <b>Quelle langue ?</b>
ask-whom-region = <b>Quelle partie du monde ?</b> C’est la ville dont un membre a donné l’heure qui compte.
whom-not-understood = Je n’ai pas compris pour qui. Choisissez, ou écrivez un nom tel qu’il est sur un bouton.

## The words

# $whom: for whom; $language: name of a language
ask-announcement-words =
    <b>Écrivez l’annonce maintenant</b>, sous forme de texte ; langue : { $language }. Elle est pour : { $whom }. Vous la verrez encore une fois, et quelqu’un d’autre l’approuvera, avant qu’elle ne parte.

    Pas de détails de dossiers, s’il vous plaît, et rien qui mène à une personne.
# $length and $most: numbers
announcement-too-long =
    { $length ->
        [0] Ceci semble être la suite du texte trop long. Rien n’en a été gardé : envoyez-en un plus court, de { $most } caractères au plus.
       *[other] C’est trop long : { $length } caractères. Une annonce en a { $most } au plus. Rien n’a été gardé ; raccourcissez-la, s’il vous plaît.
    }

## What it looks like before it goes out

# $language: name of a language
announcement-preview = <b>Voici ce que voient les personnes qui lisent : { $language }.</b>
announcement-preview-first = <b>Voici ce que voient les personnes qui lisent : { $language }</b>, et toutes celles dont la langue n’a pas son propre texte.
announcement-for = <b>Pour :</b> { $whom }
# $count: rounded; 0: fewer than ten
announcement-reaches =
    { $count ->
        [0] Elle va à moins de 10 personnes.
        [one] Elle va à environ { $count } personne.
       *[other] Elle va à environ { $count } personnes.
    }
announcement-resting =
    { $count ->
        [0] Si elle partait maintenant, moins de 10 d’entre elles devraient attendre la fin de leurs heures calmes.
        [one] Si elle partait maintenant, environ { $count } d’entre elles devrait attendre la fin de ses heures calmes.
       *[other] Si elle partait maintenant, environ { $count } d’entre elles devraient attendre la fin de leurs heures calmes.
    }
announcement-urgent = <b>Urgente :</b> elle arrive aussi pendant les heures calmes, mais seulement chez les personnes qui l’ont permis dans /settings. Les autres la reçoivent ensuite.
announcement-not-urgent = <b>Pas urgente :</b> pendant les heures calmes elle attend, et arrive ensuite.
announcement-draft = <b>Rien n’est encore parti.</b> Quand elle est comme vous la voulez, demandez une approbation.
# $elsewhere: whether there are coordinators of other hosts
announcement-asked =
    { $elsewhere ->
        [yes] <b>Elle attend l’approbation</b> d’une personne qui coordonne une autre organisation et qui en est avertie. Toute modification retire la demande.
       *[no] <b>Elle attend l’approbation</b> d’une autre personne de la coordination, qui en est avertie. Toute modification retire la demande.
    }
announcement-asked-you = <b>{ $name } vous demande d’approuver cette annonce.</b> Personne n’approuve la sienne.
announcement-returned = <b>{ $name } l’a renvoyée.</b> Parlez-vous si vous ne savez pas pourquoi ; puis modifiez-la et redemandez une approbation.
announcement-returned-left = <b>Elle a été renvoyée</b> par quelqu’un qui est parti. Modifiez-la et redemandez une approbation.
announcement-nobody-approves = <b>Personne ne peut l’approuver.</b> Il faut une deuxième personne à la coordination, d’une autre organisation s’il y en a une, et le réseau n’en a pas. Une personne responsable du réseau peut en nommer une avec /roles.
announcement-changed = <b>Elle a changé depuis que vous l’avez vue.</b> Voici où elle en est maintenant ; regardez-la encore une fois.
announcement-voided = La modification a retiré la demande d’approbation, ou l’approbation.
# $language: name of a language
button-show-version = La voir : { $language }
button-change-words = ✏️ Modifier ce texte
button-add-version = ➕ L’écrire aussi : { $language }
button-remove-version = Retirer le texte : { $language }
button-change-whom = Changer pour qui
button-make-urgent = La rendre urgente
button-not-urgent = Finalement pas urgente
button-ask-approval = Demander une approbation
button-throw-away = La jeter…
button-approve-announcement = ✔ Approuver
button-send-back = Renvoyer
# $whom: for whom
ask-throw-away = <b>Jeter l’annonce pour : { $whom } ?</b> Son texte est effacé. Rien n’en est parti.
button-throw-away-yes = Oui, la jeter
thrown-away = Annonce jetée. Rien n’est parti.
announcement-sent-back = Annonce renvoyée. Un avis part pour { $name }.

## On its way

# $name: of whoever approved it; $time: of day
announcement-approved = <b>Approuvée par { $name }. Elle part à { $time }.</b> D’ici là, il y a le temps de réfléchir : on peut l’arrêter, et toute modification retire l’approbation.
announcement-approved-left = <b>Approuvée. Elle part à { $time }.</b> D’ici là, il y a le temps de réfléchir : on peut l’arrêter, et toute modification retire l’approbation.
announcement-sending = <b>Elle est en train de partir.</b>
announcement-waiting = <b>Elle est partie.</b> Les personnes qui attendent la reçoivent ensuite.
announcement-halted = <b>Elle est arrêtée.</b> Qui ne l’a pas encore reçue ne la reçoit pas, et qui a reçu l’avis ne peut pas l’ouvrir pour le moment.
announcement-halted-early = <b>Elle est arrêtée.</b> Rien n’est parti.
announcement-sent = <b>Elle est partie.</b>
# All numbers: $sent, $due, $later, $missed, $uncertain
announcement-tally =
    Remises : { $sent }
    Encore à envoyer : { $due }
    En attente de la fin d’heures calmes ou d’une pause, ou hors d’atteinte : { $later }
    Non remises : { $missed }
    Incertaines : { $uncertain }
# The same once nothing goes out any more
announcement-tally-end =
    Remises : { $sent }
    Non remises : { $missed }
    Incertaines : { $uncertain }
# $time: of day
announcement-as-of = <i>État à { $time }</i>
button-stop-announcement = ✋ L’arrêter
button-go-on = Continuer malgré tout
button-see-words = Voir le texte
nothing-to-halt = Aucune annonce que vous pourriez arrêter ne part ni ne va partir.
announcements-halted = <b>Ces annonces sont arrêtées.</b>
not-resumed = Elle ne peut pas continuer : c’est à la personne qui l’a arrêtée, ou à une personne responsable du réseau, de le dire.

## What readers see

# $network: name of the network; $urgent: yes or no
announcement-heading =
    { $urgent ->
        [yes] <b>Annonce urgente · { $network }</b>
       *[no] <b>Annonce · { $network }</b>
    }
waiting-announcement = 📢 Annonce
waiting-asked = Une annonce à approuver
waiting-news = Du nouveau sur votre annonce
announcement-not-now = Cette annonce a été arrêtée ou retirée. Il n’y a rien à lire pour le moment.

## Kinds of delivery, in /outbox and in the file of /mydata: plain text, as few words as it takes.

delivery-announcement = annonce
delivery-announcement-asked = demande d’approbation d’une annonce
delivery-announcement-close = annonce qui se ferme
delivery-announcement-news = nouvelles d’une annonce
delivery-announcement-progress = décompte d’une annonce en route

## What stands in the audit, and in the file of /mydata: plain text, as few words as it takes.

action-announced = annonce partie
action-announcement-approved = annonce approuvée
action-announcement-asked = approbation d’une annonce demandée
action-announcement-changed = annonce modifiée après avoir été montrée
action-announcement-halted = annonce arrêtée
action-announcement-resumed = annonce reprise
action-announcement-returned = annonce renvoyée

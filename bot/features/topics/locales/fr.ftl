### Topics and posts.

## Buttons. Telegram shows them as plain text, on a small screen: keep them short.
button-post = ✏️ Écrire une publication
button-topics = 💬 Sujets
button-topic = ➕ Nouveau sujet

## Commands, as Telegram lists them: at most 256 characters, no markup.
command-topics = Tous les sujets : lire et suivre
command-post = Écrire une publication
command-topic = Ouvrir un nouveau sujet

topics = <b>Sujets</b>. Choisissez-en un pour le lire, le suivre ou y écrire.
no-topics = Il n’y a pas encore de sujets.
# $title: of the topic; $mode: how the reader follows it. A button: plain text.
topic-label =
    { $mode ->
        [digest] ✔ { $title }
        [at_once] ✔✔ { $title }
        [muted] { $title } (en sourdine)
        [closed] { $title } (fermé)
       *[none] { $title }
    }
topic = <b>{ $title }</b>
topic-mode =
    { $mode ->
        [digest] Vous suivez ce sujet : ses publications sont dans votre récapitulatif.
        [at_once] Vous suivez ce sujet : un avis vous arrive à chaque publication, ou après vos heures calmes.
        [muted] Vous avez mis ce sujet en sourdine : ses publications ne sont pas dans votre récapitulatif.
       *[none] Vous ne suivez pas ce sujet.
    }
topic-closed = Ce sujet est fermé. On peut encore le lire, mais plus y écrire.
topic-followers =
    { $count ->
        [0] Moins de 10 personnes le suivent.
        [one] Une personne le suit.
       *[other] { $count } personnes le suivent.
    }
topic-gone = Ce sujet n’existe pas, ou il est fermé.
# $title: of the topic
topic-empty = Personne n’a encore écrit dans <b>{ $title }</b>.

button-write = ✏️ Y écrire
button-read-latest = Lire le plus récent
button-follow-digest = Suivre dans mon récapitulatif
button-follow-at-once = M’avertir à chaque publication
button-mute = Mettre en sourdine
button-leave-topic = Ne plus suivre
button-close-topic = Fermer le sujet
button-reopen-topic = Rouvrir le sujet
button-open-topic = Voir le sujet
ask-close-topic =
    <b>Fermer « { $title } » ?</b>

    Tout le monde pourra encore le lire, personne ne pourra y écrire. Vous pourrez le rouvrir.
button-close-topic-yes = Oui, fermer « { $title } »

choose-topic = <b>Dans quel sujet voulez-vous écrire ?</b>
write-post =
    Écrivez maintenant votre publication pour <b>{ $title }</b> : du texte, ou une photo avec quelques mots en légende. Vous la verrez encore une fois avant qu’elle ne parte.

    Pas de détails de dossiers, s’il vous plaît : pas de noms de clientes, de clients ou de témoins, rien qui mène à ces personnes.
# $length and $most: numbers
post-too-long =
    { $length ->
        [0] Ceci semble être la suite du texte trop long. Rien n’en a été gardé : envoyez-en un plus court, de { $most } caractères au plus.
       *[other] C’est trop long : { $length } caractères. Une publication en a { $most } au plus. Rien n’a été envoyé ; raccourcissez-la, s’il vous plaît.
    }
# $title: of the topic; $name: of the author; $count: followers
preview =
    <b>Voici comment ce sera dans « { $title } »</b>, avec la signature « { $name } ». { $count ->
        [0] Moins de 10 personnes suivent ce sujet.
        [one] Une personne suit ce sujet.
       *[other] { $count } personnes suivent ce sujet.
    }
preview-goes-on = <i>… et ainsi de suite. C’est trop long pour être montré ici en entier ; tout sera envoyé.</i>
button-send-post = Publier dans « { $title } »
posted = Publié dans <b>{ $title }</b>.
button-take-back = Retirer la publication
taken-back = Publication retirée. Qui ne l’a pas encore lue ne la verra plus.
post-gone = Cette publication n’est plus là.

ask-topic-title = <b>Comment s’appelle le nouveau sujet ?</b> Quelques mots, par exemple « Détention et protection ».
ask-topic-purpose = <b>À quoi sert « { $title } » ?</b> Une ou deux phrases pour les membres.
topic-exists = Il y a déjà un sujet ouvert nommé « { $title } ». Choisissez un autre titre.
button-no-purpose = Laisser vide
topic-opened = <b>{ $title }</b> est ouvert. Les membres le voient avec /topics.
preview-replaces = <i>Ceci remplace ce que vous aviez écrit auparavant.</i>
# $when: date and time
posts-full = Vous avez beaucoup publié : dix publications au plus partent en une heure et quarante en un jour, pour qu’aucun téléphone n’en soit inondé. Vous pourrez publier de nouveau à partir de : { $when }. Ce que vous avez écrit reste ici ; la coordination peut lever la limite pour un jour.
# On the entry of a member. $when: date and time; $name: of the member
quota-lifted-until = Pour cette personne, la limite de publications est levée jusqu’à : { $when }.
quota-lifted = Pour { $name }, la limite de publications est levée jusqu’à : { $when }.
button-lift-quota = Lever la limite de publications pour un jour

## Kinds of delivery, in /outbox and in the file of /mydata: plain text, as few words as it takes.

delivery-post = avis de publication

## What stands in the audit, and in the file of /mydata: plain text, as few words as it takes.

action-post-limit-lifted = limite de publications levée
action-post-taken-back = publication retirée
action-posted = publication écrite
action-topic-closed = sujet fermé
action-topic-opened = sujet ouvert
action-topic-reopened = sujet rouvert

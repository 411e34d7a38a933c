### A member’s own affairs.

# $network: name of the network
help =
    <b>{ $network }</b>

    Le plus utile se trouve sur l’accueil ; le reste est ci-dessous. Ces commandes font la même chose :
help-outside = Voici les commandes que vous pouvez utiliser :

privacy =
    <b>Ce qui est gardé.</b> Si vous êtes membre, ou si vous avez demandé à le devenir : l’identifiant de votre compte Telegram (pas votre numéro de téléphone), le nom que vous avez choisi, votre organisation, votre fuseau horaire, ce qui vous amène, ce que vous avez publié, annoncé ou êtes en train d’écrire, les sujets que vous suivez, vos réglages, les notes scellées à votre sujet, et une trace sans paroles de ce qui a été fait. Si vous n’avez pas accepté la notice : rien.

    <b>Comment.</b> Le tout est chiffré, sur la machine du réseau lui-même ; ce qui vous nomme et ce que vous écrivez avec vos propres mots est chiffré une seconde fois, sous une clé qui ne sert que pour vous.

    <b>Qui le voit.</b> Les personnes qui coordonnent le réseau pour votre organisation et les responsables du réseau voient vos réponses. Les membres voient votre nom avec ce que vous publiez. Les notes scellées sont ce que la coordination a noté à votre sujet, et ce que vous avez laissé pour une urgence (/settings) : elle seule et les responsables peuvent les ouvrir, sur leurs propres ordinateurs ; moi, non. Qui volerait le disque sans la clé n’y lirait rien.

    <b>Ce qui ne peut pas être protégé.</b> Telegram voit ce que vous écrivez et ce que je réponds : les bots ne sont pas chiffrés de bout en bout. Qui contrôle la machine en marche peut aussi le lire. Qui tient votre téléphone déverrouillé peut lire cette conversation ; ce que vous ouvrez ici en disparaît au bout d’un moment.

    <b>Vos droits.</b> /mydata vous donne tout ce qui est gardé sur vous, dans un fichier. /forget l’efface aussitôt : vos mots, tout le reste, et votre clé. Après cela, on ne peut plus lire ni ce qui vous nomme ni vos mots dans les sauvegardes plus anciennes, à moins que quelqu’un n’ait gardé une ancienne copie des clés. Dans Telegram, supprimez aussi cette conversation.

cancelled = Abandonné. Rien n’a été envoyé.
nothing-to-cancel = Vous n’aviez rien en cours d’écriture.

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
button-unpause = Mettre fin à la pause

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
goodbye =
    Tout ce qui vous concerne est effacé : vos mots, tout le reste, et votre clé.

    Ce que vous et moi avons écrit est encore dans cette conversation, sur votre téléphone et chez Telegram. Supprimez-la dans Telegram pour l’enlever, ainsi qu’un fichier de /mydata si vous en avez enregistré un. Au revoir, et prenez soin de vous.

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
# $topic, $when, $body; $photo: yes or no
export-post =
    { $topic }, { $when }{ $photo ->
        [yes] {" "}(avec une photo)
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
# $when, $kind, $state: of one notice
export-notice =
    { $when } : { $kind ->
        [resume] un avis après une interruption
        [decision] la réponse à votre demande d’adhésion
        [post] une nouvelle publication
        [digest] un récapitulatif
        [application] une demande d’adhésion
        [role] un nouveau rôle
        [announcement] une annonce
        [announcement-asked] une annonce à approuver
        [announcement-news] des nouvelles de votre annonce
       *[close] un écran qui se ferme
    } ({ $state ->
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

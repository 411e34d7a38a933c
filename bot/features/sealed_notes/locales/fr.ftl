### Sealed notes: what coordinators note about people, and what members leave for an emergency.
### Nobody may think that the words are hidden while they are typed: Telegram and the bot see them at that moment.

## Buttons. Telegram shows them as plain text, on a small screen: keep them short.
button-notes = Notes scellées
button-sealing = Ma clé des notes scellées

## Commands, as Telegram lists them: at most 256 characters, no markup.
command-notes = Les notes scellées sur des personnes
command-sealing = Votre clé pour les notes scellées

# $length and $most: numbers of characters
sealed-too-long =
    C’est trop long : { $length } caractères. Le maximum est de { $most }.

    Rien n’en a été gardé, mais votre message est encore dans cette conversation : supprimez-le quand vous l’aurez raccourci.

sealed-words-only = Écrivez-le sous forme de texte, s’il vous plaît : je ne peux pas sceller une photo. Rien n’en a été gardé ; si elle contient quelque chose de sensible, supprimez-la de cette conversation.

## The key of a coordinator or an owner

sealing-none =
    <b>Vous n’avez pas encore de clé pour les notes scellées.</b>

    Les notes sur les personnes qui demandent à adhérer, et ce que les membres laissent pour une urgence, peuvent être scellées. Cette machine ne peut alors pas les lire ; vous le pouvez, sur votre propre ordinateur.
ask-sealing-key =
    <b>Votre clé publique, s’il vous plaît.</b>

    Sur votre propre ordinateur, tapez <code>halqa sealed keygen my-key</code>. Un texte s’affiche, qui commence par <code>halqa-seal-1:</code>. Collez-le ici en entier, dans un seul message.

    La clé privée reste dans le fichier my-key et ne vient jamais ici. Sans ce fichier, personne ne peut ouvrir ce qui est scellé pour vous : gardez-en une copie en lieu sûr.
sealing = <b>Les notes sont scellées pour vous.</b>
# $fingerprint: groups of digits; $when: date and time
sealing-key =
    Empreinte de votre clé : <b>{ $fingerprint }</b>
    Enregistrée le { $when }
sealing-compare = Comparez-la avec ce que dit votre ordinateur : <code>halqa sealed public my-key</code>. Si elle est différente, quelqu’un d’autre l’a enregistrée : remplacez-la, et prévenez les responsables du réseau.
button-replace-key = Remplacer la clé
button-remove-key = Retirer la clé…
# $why: what is wrong with the text
sealing-key-unreadable =
    { $why ->
        [no-key] Je ne trouve pas de clé publique ici. Elle commence par <code>halqa-seal-1:</code>, sans rien devant.
        [newer] Cette clé vient d’une version de Halqa plus récente que la mienne. Prévenez la personne qui fait fonctionner ce bot.
        [cut] La fin de la clé manque. Copiez-la en entier, jusqu’à la dernière lettre.
       *[mistyped] La clé a été modifiée en route : une lettre est fausse, ou quelque chose la suit. Copiez-la de nouveau, en entier et sans rien d’autre.
    }
# $before and $after: fingerprints
ask-replace-key =
    <b>Remplacer votre clé ?</b>

    Jusqu’ici : { $before }
    Désormais : <b>{ $after }</b>

    Ce qui sera écrit désormais sera scellé pour la nouvelle clé. Ce qui l’a été avant demande toujours l’ancienne clé privée : gardez son fichier.
button-replace-key-yes = Oui, la remplacer
ask-remove-key =
    <b>Retirer votre clé ?</b>

    Plus rien ne sera scellé pour vous tant que vous n’en aurez pas donné une autre. Ce qui l’a été avant s’ouvre toujours avec votre clé privée : gardez son fichier.
button-remove-key-yes = Oui, la retirer

## Notes about people

notes =
    { $count ->
        [0] <b>Il n’y a de notes scellées sur aucune des personnes que vous suivez.</b>
        [one] <b>Il y a des notes scellées sur une personne.</b>
       *[other] <b>Il y a des notes scellées sur { $count } personnes.</b>
    }
notes-find = Pour trouver quelqu’un, envoyez <code>/notes</code> suivi d’une partie du nom.
# $name: of a person; $number: of notes. On a button: plain text.
note-line = { $name } ({ $number })
notes-of = <b>Notes scellées sur { $name }</b>
note-count =
    { $count ->
        [0] Il n’y a pas de note scellée sur cette personne.
        [one] Il y a une note scellée sur cette personne.
       *[other] Il y a { $count } notes scellées sur cette personne.
    }
notes-mine =
    { $count ->
        [0] Votre clé actuelle n’en ouvre aucune.
        [one] Votre clé actuelle en ouvre une.
       *[other] Votre clé actuelle en ouvre { $count }.
    }
button-write-note = ✏️ Écrire une note scellée
button-notes-of = Notes scellées
button-get-notes = Recevoir les notes scellées
button-remove-notes = Retirer ce que j’ai écrit…
# $name: of the person; $count: of notes
ask-remove-notes =
    { $count ->
        [one] <b>Retirer votre note sur { $name } ?</b>
       *[other] <b>Retirer vos { $count } notes sur { $name } ?</b>
    }

    C’est définitif. Les notes des autres restent, ainsi que les fichiers déjà enregistrés.
button-remove-notes-yes = Oui, retirer ce que j’ai écrit
write-note =
    <b>Votre note sur { $name }.</b> Écrivez-la maintenant, en un seul message. Elle est scellée aussitôt, et je retire votre message de cette conversation.

    Ensuite, personne ne peut la lire ici, pas même vous : elle s’ouvre avec une clé privée, sur l’ordinateur de la personne qui la détient. Telegram et cette machine la voient une fois, au moment de l’envoi. N’écrivez donc que le nécessaire, et pas de détails de dossiers.

    Elle reste si vous quittez le réseau, sans votre nom.
note-readers = Peuvent l’ouvrir :
note-reader = • { $name }
note-no-key =
    <b>Rien ne peut encore être scellé.</b>

    Parmi les personnes qui décident de cette demande, aucune n’a donné de clé. /sealing dit comment faire ; cela prend quelques minutes sur un ordinateur.
note-sealed = <b>C’est scellé.</b> Je retire votre message de cette conversation. S’il y est encore dans une minute, supprimez-le vous-même.
no-notes = Il n’y a personne de tel ici, ou ce n’est pas quelqu’un que vous suivez.
notes-file =
    { $count ->
        [one] Une note scellée.
       *[other] { $count } notes scellées.
    } Pour lire : enregistrez le fichier sur l’ordinateur où se trouve votre clé privée, et tapez <code>halqa sealed open sealed.txt --key my-key</code>.

    Le fichier disparaît de cette conversation au bout d’un moment. Supprimez ce que vous avez enregistré quand vous n’en avez plus besoin.

## What a member leaves for an emergency

button-contact = En cas d’urgence
contact =
    <b>En cas d’urgence</b>

    S’il vous arrive quelque chose, les personnes qui vous cherchent peuvent avoir besoin de votre vrai nom, et de quelqu’un à appeler. Vous pouvez laisser les deux ici, scellés : je ne peux pas les lire ensuite, et les membres ne les voient pas.
contact-readers =
    { $count ->
        [one] Une personne peut l’ouvrir, sur son propre ordinateur : quelqu’un de la coordination de votre organisation, ou responsable du réseau.
       *[other] { $count } personnes peuvent l’ouvrir, sur leurs propres ordinateurs : la coordination de votre organisation, et les responsables du réseau.
    }
contact-not-set-up = Ce n’est pas encore possible : personne, à la coordination de votre organisation, n’a donné de clé pour cela. Si vous souhaitez vous en servir, parlez-en à une personne de la coordination que vous connaissez.
contact-none = Vous n’avez rien laissé ici.
# $when: date and time
contact-since = Ce que vous avez laissé le { $when } est gardé. Je ne peux plus vous le montrer, mais vous pouvez le remplacer ou le retirer.
button-write-contact = Laisser quelque chose
button-replace-contact = Le remplacer
button-remove-contact = Le retirer…
ask-contact =
    <b>Écrivez-le maintenant, en un seul message :</b> votre vrai nom, qui appeler, son numéro, et la langue que parle cette personne. Demandez-lui d’abord son accord.

    C’est scellé aussitôt, et je retire votre message de cette conversation. Telegram et cette machine le voient une fois, au moment de l’envoi. Si c’est déjà trop, dites-le plutôt de vive voix à une personne de la coordination.
contact-sealed = <b>C’est scellé.</b> Je retire votre message de cette conversation. S’il y est encore dans une minute, supprimez-le vous-même.
ask-remove-contact = <b>Retirer ce que vous avez laissé pour une urgence ?</b> C’est définitif ; vous pourrez l’écrire de nouveau.
button-remove-contact-yes = Oui, le retirer
contact-removed = Ce que vous aviez laissé pour une urgence est retiré.

## In the file of /mydata: plain text.

export-sealing-key = Empreinte de votre clé des notes scellées

## The notice of a new key

# $name: of its holder; $fingerprint: groups of digits
key-news =
    <b>{ $name } a une nouvelle clé pour les notes scellées.</b>

    Empreinte : <b>{ $fingerprint }</b>

    Ce que vous scellez désormais peut être ouvert avec elle. Si possible, comparez-la avec { $name } par une autre voie que cette conversation.
key-news-over = Il n’y a plus rien à comparer.

## Kinds of delivery, in /outbox and in the file of /mydata: plain text, as few words as it takes.

delivery-sealing-key = avis d’une clé pour notes scellées

## What stands in the audit, and in the file of /mydata: plain text, as few words as it takes.

action-contact-removed = informations d’urgence retirées
action-contact-sealed = informations d’urgence laissées
action-sealed-note-written = une note scellée a été écrite
action-sealed-notes-fetched = des notes scellées ont été reçues
action-sealed-notes-removed = ses notes scellées retirées
action-sealing-key-removed = clé des notes scellées retirée
action-sealing-key-set = clé des notes scellées enregistrée

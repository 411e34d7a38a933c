### The digest: when it comes, and what it looks like.

## Buttons. Telegram shows them as plain text, on a small screen: keep them short.
button-digest = 📰 Récapitulatif

## Commands, as Telegram lists them: at most 256 characters, no markup.
command-digest = Votre récapitulatif : le lire maintenant, ou dire quand il arrive

# $cadence, $time (of day), $weekday (its name)
digest-schedule =
    { $cadence ->
        [daily] <b>Votre récapitulatif arrive chaque jour à { $time }.</b> S’il n’y a rien de nouveau, rien n’arrive.
        [weekly] <b>Votre récapitulatif arrive chaque { $weekday } à { $time }.</b> S’il n’y a rien de nouveau, rien n’arrive.
       *[off] <b>Votre récapitulatif est désactivé.</b>
    }
digest-waiting =
    { $count ->
        [0] Il n’y a rien de nouveau pour vous en ce moment.
        [one] Une nouvelle publication vous attend.
       *[other] { $count } nouvelles publications vous attendent.
    }
digest-empty = Ce qui se trouvait ici n’y est plus.
button-read-now = 📰 Le lire maintenant
button-cadence-daily = Chaque jour
button-cadence-weekly = Une fois par semaine
button-cadence-off = Désactiver
button-change-hour = Changer l’heure
button-change-weekday = Changer le jour
ask-hour = <b>À quelle heure de votre journée ?</b> Choisissez, ou écrivez une heure, par exemple 18h30.
hour-not-understood = Je n’ai pas compris cette heure. Écrivez-la comme ceci : 18h30.
ask-weekday = <b>Quel jour ?</b>
schedule-not-understood = Je n’ai pas compris. Vous pouvez écrire, par exemple, <code>/digest quotidien 18h</code>, <code>/digest hebdomadaire lundi 9h</code> ou <code>/digest non</code>.
waiting-digest = 📰 Votre récapitulatif
button-read-again = Relire le dernier

## Kinds of delivery, in /outbox and in the file of /mydata: plain text, as few words as it takes.

delivery-digest = avis de récapitulatif
delivery-digest-close = récapitulatif qui se ferme

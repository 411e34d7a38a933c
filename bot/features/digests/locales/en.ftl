### The digest: when it comes, and what it looks like.

## Buttons. Telegram shows them as plain text, on a small screen: keep them short.
button-digest = 📰 Digest

## Commands, as Telegram lists them: at most 256 characters, no markup.
command-digest = Your digest: read it now, or say when it comes

# $cadence, $time (of day), $weekday (its name)
digest-schedule =
    { $cadence ->
        [daily] <b>Your digest comes every day at { $time }.</b> Where there is nothing new, nothing comes.
        [weekly] <b>Your digest comes every { $weekday } at { $time }.</b> Where there is nothing new, nothing comes.
       *[off] <b>Your digest is switched off.</b>
    }
digest-waiting =
    { $count ->
        [0] There is nothing new for you now.
        [one] One new post waits for you.
       *[other] { $count } new posts wait for you.
    }
digest-empty = What stood here is not there any more.
button-read-now = 📰 Read it now
button-cadence-daily = Every day
button-cadence-weekly = Once a week
button-cadence-off = Switch it off
button-change-hour = Change the hour
button-change-weekday = Change the day
ask-hour = <b>At what time of your day?</b> Choose, or type a time such as 18:30.
hour-not-understood = I did not understand this time. Please type it like 18:30.
ask-weekday = <b>On which day?</b>
schedule-not-understood = I did not understand this. You can write, for example, <code>/digest daily 18:00</code>, <code>/digest weekly monday 9</code> or <code>/digest off</code>.
waiting-digest = 📰 Your digest
button-read-again = Read the last one again

## Kinds of delivery, in /outbox and in the file of /mydata: plain text, as few words as it takes.

delivery-digest = notice of a digest
delivery-digest-close = a digest that closes

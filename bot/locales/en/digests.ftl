### The digest: when it comes, and what it looks like.

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

# $title: of a topic
digest-topic = <b>▪ { $title }</b>
# $name: of the author; $when: date and time
post-heading = <b>{ $name }</b> · <i>{ $when }</i>
# $number: of the button that shows it
post-has-photo = 📷 <i>Photo { $number }</i>
button-read-again = Read the last one again

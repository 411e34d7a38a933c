### Announcements: for the coordinators who write and approve them, and for those who read them.

button-announce = 📣 Announce
button-halt = ✋ Stop announcements
command-announce = Say something to everybody, or to some of the network
command-halt = Stop every announcement that is going out or about to

announcements = <b>Announcements</b> that are under way, or went out lately.
# $state: see below; $whom: for whom; $when: date and time. A button: plain text.
announcement-line =
    { $state ->
        [draft] Unfinished: { $whom } · { $when }
        [asked] Waits for approval: { $whom } · { $when }
        [returned] Sent back: { $whom } · { $when }
        [approved] About to go out: { $whom } · { $when }
        [waiting] Sent, some wait: { $whom } · { $when }
        [sending] Going out: { $whom } · { $when }
        [halted] Stopped: { $whom } · { $when }
       *[sent] Sent: { $whom } · { $when }
    }
button-new-announcement = ➕ New announcement
announcement-gone = This announcement is not there any more, or is not yours to see.

## For whom

ask-whom =
    <b>For whom is the announcement?</b> Choose, or type a name: of a host, a topic, a language or a part of the world.
# $kind: of people; $name: of the host, topic, language or region. Also on a button: plain text.
announce-whom =
    { $kind ->
        [host] members of { $name }
        [topic] followers of “{ $name }”
        [language] readers of { $name }
        [region] { $name }
       *[everybody] everybody
    }
region =
    { $region ->
        [Africa] Africa
        [America] the Americas
        [Asia] Asia
        [Atlantic] islands of the Atlantic
        [Australia] Australia
        [Europe] Europe
        [Indian] islands of the Indian Ocean
       *[Pacific] the Pacific
    }
button-whom-host = The members of a host
button-whom-topic = Those who follow a topic
button-whom-language = Those who read a language
button-whom-region = A part of the world
ask-whom-host = <b>Which host?</b>
ask-whom-topic = <b>Which topic?</b> It reaches those who follow it and have not muted it.
ask-whom-language = <b>Which language?</b>
ask-whom-region = <b>Which part of the world?</b> Members count by the city whose time they gave.
whom-not-understood = I did not understand for whom. Please choose, or type a name as it stands on a button.

## The words

# $whom: for whom; $language: name of a language
ask-announcement-words =
    <b>Write the announcement now</b>, in { $language }, as text. It is for: { $whom }. You see it once more, and somebody else approves it, before it goes out.

    No case details, please, and nothing that leads to a person.
# $length and $most: numbers
announcement-too-long =
    { $length ->
        [0] This looks like the rest of the text that was too long. Nothing of it was kept: please send a shorter one, of at most { $most } characters.
       *[other] This is too long: { $length } characters. An announcement has at most { $most }. Nothing was kept; please shorten it.
    }

## What it looks like before it goes out

# $language: name of a language
announcement-preview = <b>This is what readers of { $language } see:</b>
announcement-preview-first = <b>This is what readers of { $language } see</b>, and readers of every language that has no words of its own:
announcement-for = <b>For:</b> { $whom }
# $count: rounded; 0: fewer than ten
announcement-reaches =
    { $count ->
        [0] It reaches fewer than 10 people.
        [one] It reaches about { $count } person.
       *[other] It reaches about { $count } people.
    }
announcement-resting =
    { $count ->
        [0] Fewer than 10 of them would have to wait for the end of their quiet hours if it went out now.
        [one] About { $count } of them would have to wait for the end of their quiet hours if it went out now.
       *[other] About { $count } of them would have to wait for the end of their quiet hours if it went out now.
    }
announcement-urgent = <b>Urgent:</b> it also comes in quiet hours, but only to those who allowed that in /settings. The others get it afterwards.
announcement-not-urgent = <b>Not urgent:</b> whoever has quiet hours gets it afterwards.
announcement-draft = <b>Nothing was sent yet.</b> Ask for approval when it is as you want it.
# $elsewhere: whether there are coordinators of other hosts
announcement-asked =
    { $elsewhere ->
        [yes] <b>It waits for approval</b> by a coordinator of another host, who was told. Every change takes the request back.
       *[no] <b>It waits for approval</b> by another coordinator, who was told. Every change takes the request back.
    }
announcement-asked-you = <b>{ $name } asks you to approve this announcement.</b> Nobody approves their own.
announcement-returned = <b>{ $name } sent it back.</b> Speak to each other if you do not know why; then change it and ask again.
announcement-returned-left = <b>It was sent back</b> by somebody who has left. Change it and ask again.
announcement-nobody-approves = <b>Nobody can approve this.</b> It takes a second coordinator, of another host if there is one, and the network has none. An owner can make somebody a coordinator with /roles.
announcement-changed = <b>It has changed since you saw it.</b> This is how it stands now; please look again.
announcement-voided = The change took the request for approval, or the approval, back.
# $language: name of a language
button-show-version = See it in { $language }
button-change-words = ✏️ Change these words
button-add-version = ➕ Write it in { $language } too
button-remove-version = Take the words in { $language } out
button-change-whom = Change for whom
button-make-urgent = Make it urgent
button-not-urgent = Not urgent after all
button-ask-approval = Ask for approval
button-throw-away = Throw it away …
button-approve-announcement = ✔ Approve it
button-send-back = Send it back
# $whom: for whom
ask-throw-away = <b>Throw the announcement for { $whom } away?</b> Its words are erased. Nothing of it was sent.
button-throw-away-yes = Yes, throw it away
thrown-away = Thrown away. Nothing was sent.
announcement-sent-back = Sent back. { $name } is told.

## On its way

# $name: of whoever approved it; $time: of day
announcement-approved = <b>Approved by { $name }. It goes out at { $time }.</b> Until then there is time to think: it can be stopped, and every change takes the approval back.
announcement-approved-left = <b>Approved. It goes out at { $time }.</b> Until then there is time to think: it can be stopped, and every change takes the approval back.
announcement-sending = <b>It is going out.</b>
announcement-waiting = <b>It has gone out.</b> Whoever waits gets it afterwards.
announcement-halted = <b>It is stopped.</b> Whoever has not got it does not get it, and whoever got the notice cannot open it now.
announcement-halted-early = <b>It is stopped.</b> Nothing was sent.
announcement-sent = <b>It has gone out.</b>
# All numbers: $sent, $due, $later, $missed, $uncertain
announcement-tally =
    Delivered: { $sent }
    Still to be sent: { $due }
    Waiting for the end of quiet hours or a pause, or out of reach: { $later }
    Not delivered: { $missed }
    Uncertain: { $uncertain }
# The same once nothing goes out any more
announcement-tally-end =
    Delivered: { $sent }
    Not delivered: { $missed }
    Uncertain: { $uncertain }
# $time: of day
announcement-as-of = <i>As of { $time }</i>
button-stop-announcement = ✋ Stop it
button-go-on = Go on after all
button-see-words = See the words
nothing-to-halt = Nothing is going out or about to go out that you could stop.
announcements-halted = <b>These announcements are stopped.</b>
not-resumed = It cannot go on: whoever stopped it, or an owner, has to say so.

## What readers see

# $network: name of the network; $urgent: yes or no
announcement-heading =
    { $urgent ->
        [yes] <b>Urgent announcement · { $network }</b>
       *[no] <b>Announcement · { $network }</b>
    }
waiting-announcement = 📢 Announcement
waiting-asked = An announcement to approve
waiting-news = News of your announcement
announcement-not-now = This announcement was stopped or taken back. There is nothing to read just now.

## Kinds of delivery, in /outbox and in the file of /mydata: plain text, as few words as it takes.

delivery-announcement = announcement
delivery-announcement-asked = request to approve an announcement
delivery-announcement-close = an announcement that closes
delivery-announcement-news = news of an announcement
delivery-announcement-progress = a count of an announcement under way

## What stands in the audit, and in the file of /mydata: plain text, as few words as it takes.

action-announced = an announcement went out
action-announcement-approved = approved an announcement
action-announcement-asked = asked for approval of an announcement
action-announcement-changed = changed an announcement that others had seen
action-announcement-halted = stopped an announcement
action-announcement-resumed = let an announcement go on
action-announcement-returned = sent an announcement back

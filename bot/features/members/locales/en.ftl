### A member’s own affairs.

## In the settings of a member

urgent-in-quiet =
    { $allowed ->
        [yes] <b>Urgent announcements:</b> may come in your quiet hours
       *[no] <b>Urgent announcements:</b> wait for the end of your quiet hours
    }
button-allow-urgent = Let urgent ones come in my quiet hours
button-forbid-urgent = Let urgent ones wait as well

## Buttons. Telegram shows them as plain text, on a small screen: keep them short.
button-settings = ⚙️ Settings
button-pause = Pause
button-clear = Empty this chat now
button-mydata = What is held about me
button-forget = Leave and erase everything

## Commands, as Telegram lists them: at most 256 characters, no markup.
command-settings = Name, language, city, quiet hours
command-pause = Receive nothing for a while
command-clear = Remove from this chat what you wrote and opened
command-mydata = Everything that is held about you, as a file
command-forget = Leave, and have everything erased

# $name, $host, $city, $time: the member’s own
settings =
    <b>Your settings</b>

    <b>Name:</b> { $name }
    <b>Host:</b> { $host }
    <b>Time of:</b> { $city } (now { $time })
quiet-none = <b>Quiet hours:</b> none
# $start and $end: times of day
quiet-span = <b>Quiet hours:</b> from { $start } to { $end }. Nothing arrives then.
button-change-quiet = Change the quiet hours
ask-quiet = <b>When shall nothing arrive?</b> Choose, or type something like <i>22-7</i>.
button-quiet-span = { $start } to { $end }
button-quiet-none = No quiet hours
quiet-not-understood = I did not understand this. Please type it like 22-7, or off.

ask-pause =
    <b>Take a pause?</b>

    Nothing is sent to you until you end it. You can still read and write. What you miss waits for you.
button-pause-yes = Yes, pause
paused = You are on a pause. Nothing is sent to you.

my-data = Here is everything that is held about you. Photos are named in it, not shown. Keep a saved copy as carefully as the chat itself; it is not protected.

# $name: of the member; $posts: a number
ask-forget =
    <b>Leave, and erase everything about you?</b> You are known here as: { $name }

    { $posts ->
        [0] Your name, your answers and your settings
        [one] Your name, your answers, your settings and your one post
       *[other] Your name, your answers, your settings and your { $posts } posts
    } are erased at once. <b>This cannot be undone.</b> To come back you would need a new invitation.
button-forget-yes = Yes, erase everything
button-forget-no = No, stay
only-owner = You are the only owner, and the network would be left without one. Please make somebody else an owner first, with /roles.
# $count: of messages
cleared =
    { $count ->
        [0] <b>There was nothing left for me to remove.</b> Notices that name nothing stay.
        [one] <b>One message leaves this chat now,</b> for both of us. Notices that name nothing stay.
       *[other] <b>{ $count } messages leave this chat now,</b> for both of us. Notices that name nothing stay.
    }
# $left: of messages
clear-left =
    { $left ->
        [one] One message of yours is older than 48 hours: Telegram does not let me remove it.
       *[other] { $left } messages of yours are older than 48 hours: Telegram does not let me remove them.
    }
clear-yourself = If anything else is still here, please delete it yourself: open the menu of this chat in Telegram and choose “Clear history”, for both sides.
goodbye =
    Everything about you is erased: your words, all the rest, and your key.

    I empty this chat as far as Telegram lets me: what is older than 48 hours stays. Delete the chat in Telegram as well, and a file of /mydata if you saved one. Goodbye, and take care.

# What was erased: $written, $announced, $drafts, $followed, $digests, $notices, $sealed, $messages are numbers; $when; $number: of the receipt
receipt =
    <b>Receipt</b>, { $when }
    Your name, your answers and your settings: erased
    Posts: { $written }
    Announcements: { $announced }
    Drafts: { $drafts }
    Topics you followed: { $followed }
    Digests: { $digests }
    Notices to you: { $notices }
    Sealed notes about you: { $sealed }
    Messages that waited: { $messages }
    Your key: erased; backups open nothing of yours without it, once their copy of the keys is renewed
    Number of this state of the data: { $number }


## The file of /mydata: plain text.

export-title = What { $network } holds about you
# $what: a heading below; $value: what is held
export-line = { $what }: { $value }
export-identity = Who you are here
export-made = Made
export-telegram-id = Id of your Telegram account
export-name = Name
export-host = Host
export-reason = What brings you
export-language = Language
export-zone = Time of
export-state = You are
export-role = Role
export-agreed = Agreed to the notice
export-applied = Asked to join
export-decided = Decided
export-quiet = Quiet hours
export-cadence = Digest
export-hour = Digest at
export-next-digest = Next digest
export-subscriptions = Topics you follow
export-posts = Your posts
# $topic, $when, $body; $photo, $hidden: yes or no
export-post =
    { $topic }, { $when }{ $photo ->
        [yes] {" "}(with a photo)
       *[no] {""}
    }{ $hidden ->
        [yes] {" "}(hidden by a coordinator)
       *[no] {""}
    }:
    { $body }
export-announcements = Announcements you wrote
# $when, $state; $body: the words
export-announcement =
    { $when } ({ $state ->
        [draft] not sent
        [asked] waiting for approval
        [returned] sent back
        [approved] about to go out
        [sending] going out
        [halted] stopped
       *[sent] sent
    }):
    { $body }
export-urgent = Urgent announcements in quiet hours
export-urgent-yes = yes
export-urgent-no = no
export-draft = What you were writing
export-digests = Digests you were sent
export-outbox = Notices to you: when due, what, state
export-audit = What was done about you
# $when; $what: the words of a kind of delivery; $state: what became of it
export-notice =
    { $when }: { $what } ({ $state ->
        [pending] waiting
        [sending] on its way
        [sent] sent
        [failed] not delivered
        [uncertain] perhaps delivered
       *[cancelled] cancelled
    })
# $when: date and time; $what: see audit-action
export-action = { $when }: { $what }
ask-my-data =
    <b>Everything that is held about you, as a file?</b>

    The file names you and this network, and anybody with your phone can open it. It leaves this chat again after a while; a copy that you save does not.
button-send-data = Send me the file
export-nothing = (nothing)
export-acts = What you did
ask-name =
    <b>What name do you want to be known by?</b>

    It need not be the one in your passport. Members see it with what you post.
ask-zone =
    <b>In which city’s time do you live?</b>

    So that nothing arrives at night. You need not say where you are: any city with the same time will do. Choose one, or type a city, or something like <i>UTC+2</i>.
rename-rule = A name can be changed once in thirty days. Those who know the present one are told the new one.
# $when: date and time
rename-not-yet = You changed your name lately. You can change it again from { $when }.
export-former-name = Former name
button-change-name = Change the name
button-change-zone = Change the city

## In the file of /mydata: plain text.
export-sealed = Sealed notes about you. This machine cannot read them; the coordinators of your host and the owners can, on computers of their own
# $when: date and time; $kind: who left it
export-sealed-note =
    { $when }: { $kind ->
        [contact] what you left for an emergency
       *[vetting] a note of those who decide about requests to join
    }

## What stands in the audit, and in the file of /mydata: plain text, as few words as it takes.

action-renamed = changed the name

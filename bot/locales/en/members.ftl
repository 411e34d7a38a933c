### A member’s own affairs.

# $network: name of the network
help =
    <b>{ $network }</b>

    Whatever you need most is on the home screen; the rest is below. These commands do the same:
help-outside = These are the commands you can use:

privacy =
    <b>What is kept.</b> Of members, and of people who asked to join: the id of your Telegram account (not your phone number), the name you chose, your host, your time zone, why you came, what you posted, announced or were writing, the topics you follow, your settings, sealed notes about you, and a record of what was done, without words. Of people who did not agree to the notice: nothing.

    <b>How.</b> Encrypted as a whole on the network’s own machine; what names you or is in your words once more, under a key used only for you.

    <b>Who sees it.</b> The coordinators of your host and the owners of the network see your answers. Members see your name with what you post. Sealed notes are what coordinators noted about you, and what you left for an emergency (/settings): only the coordinators of your host and the owners can open them, on computers of their own; I cannot. A thief with the disk but without the key reads nothing.

    <b>What cannot be protected.</b> Telegram sees what you type and what I answer: bots are not end-to-end encrypted. Whoever controls the running machine can read it. Whoever holds your unlocked phone can read this chat; what you open here leaves the chat after a while.

    <b>Your rights.</b> /mydata gives you everything that is held, as a file. /forget erases it at once: your words, everything else about you, and your key. After that, what names you and your words can no longer be read in older backups either, unless somebody kept an old copy of the keys. In Telegram itself, delete this chat as well.

cancelled = Thrown away. Nothing was sent.
nothing-to-cancel = There was nothing half written.

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
button-unpause = End the pause

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
goodbye =
    Everything about you is erased: your words, all the rest, and your key.

    What you and I wrote is still in this chat, on your phone and with Telegram. Delete the chat in Telegram to remove it, and a file of /mydata if you saved one. Goodbye, and take care.

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
# $topic, $when, $body; $photo: yes or no
export-post =
    { $topic }, { $when }{ $photo ->
        [yes] {" "}(with a photo)
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
# $when, $kind, $state: of one notice
export-notice =
    { $when }: { $kind ->
        [resume] a notice after an interruption
        [decision] an answer to your request to join
        [post] a new post
        [digest] a digest
        [application] a request to join
        [role] a new role
        [announcement] an announcement
        [announcement-asked] an announcement to approve
        [announcement-news] news of your announcement
       *[close] a screen that closes
    } ({ $state ->
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

### Stopping members and hiding posts, for coordinators and owners.

# $name: of the member
ask-suspend =
    <b>Suspend { $name }?</b>

    From this moment they read nothing, send nothing and get nothing, until they are restored. Screens they have open leave their chat. Nothing of theirs is erased. The owners are told.
button-suspend-yes = Yes, suspend { $name }
suspended-now = <b>{ $name } is suspended.</b> The owners are told. /restore undoes it.
suspend-whom = Whom? Write the name after the command: <i>/suspend Salma</i>. Or choose somebody from the members.
restore-whom = Whom? Write the name after the command: <i>/restore Salma</i>. Or choose somebody from the members.
ask-restore = <b>Restore { $name }?</b> They can read and write again as before, and are told so.
button-restore-yes = Yes, restore { $name }
restored-now = <b>{ $name } is restored,</b> and is told so. The owners are told, too.
restored-by-owners = An owner decided this suspension, so only an owner can undo it.
nobody-to-stop = There is nobody of this name for whom you can do this.
which-member = <b>Several people have this name, or one that looks like it.</b> Whom do you mean?
# On a button: plain text. $when: since when they are a member
member-choice = { $name } · since { $when }
# $when: date and time; $name: of the coordinator
suspended-since = <b>Suspended</b> since { $when }, by { $name }.

removals =
    { $count ->
        [0] <b>No removal waits for a second person.</b>
        [one] <b>One removal waits for a second person.</b>
       *[other] <b>{ $count } removals wait for a second person.</b>
    }
remove-whom = To ask for one, write the name after the command: <i>/remove Salma</i>. Or choose somebody from the members.
ask-removal-reason = <b>Why should { $name } be removed?</b>
# Also on a button: plain text.
removal-reason =
    { $reason ->
        [left] No longer part of the host
        [impostor] Not who they say they are
        [conduct] Harms others here
       *[danger] In somebody else’s hands, or in danger
    }
# $reason: see removal-reason
ask-removal =
    <b>Ask for the removal of { $name }?</b>
    Reason: { $reason }

    Another coordinator of the host, or an owner, has to confirm it within seven days. Then everything of theirs is erased, as by /forget, and they are told. To stop somebody at once, suspend them first.
button-ask-removal-yes = Yes, ask to remove { $name }
removal-asked = <b>The removal of { $name } is asked for.</b> Those who can confirm it are told. Until then nothing changes.
removal-nobody-confirms = Nobody else can confirm the removal of { $name }. An owner can make somebody a coordinator of this host with /roles. You can suspend them at once.
# $asker: who asked; $when, $until: dates and times
removal =
    <b>Removal of { $name }</b>
    Asked by: { $asker }, { $when }
    Reason: { $reason }
    Ends by itself: { $until }
removal-needs-another = You asked for it yourself, so somebody else has to confirm it.
button-confirm-removal = Confirm: remove { $name } …
button-withdraw-removal = Let it drop
ask-confirm-removal =
    <b>Remove { $name }?</b>

    Everything that is held about them is erased at once, their posts too. They are told so and get a receipt, without names or reasons. This cannot be undone.
removal-confirmed = <b>{ $name } is removed.</b> Everything of theirs is erased, and they are told.
removal-withdrawn = The removal of { $name } is not asked for any more.
no-removal = There is no such request, or it has ended.
removal-is-asked = <b>Their removal is asked for,</b> and waits for a second person.

hide-in-which-topic = <b>In which topic is the post that should be hidden?</b>
hide-which-post = <b>{ $title }</b>: which post? You see those of people you look after, the newest first.
nothing-to-hide = In { $title } there is no post of somebody you look after.
# On a button: plain text. $words: the beginning of the post; $hidden: yes or no
hide-line =
    { $name } · { $when } · { $words }{ $hidden ->
        [yes] {" "}(hidden)
       *[no] {""}
    }
ask-hide =
    <b>Hide this post of { $name } in { $title }?</b>

    It leaves topics, digests and open screens. Its author is told. You can show it again.
button-hide-yes = Yes, hide this post of { $name }
button-show-again = Show it again
post-is-hidden = <b>This post in { $title } is hidden.</b> Only its author has it.
hidden-now = It is hidden now. Its author is told.
shown-again-now = It is shown again. Its author is told.
your-post-hidden =
    <b>A coordinator hid this post of yours in { $title }.</b>

    Others do not see it any more. If you do not know why, please speak to a coordinator.
your-post-shown = <b>This post of yours in { $title } is shown again.</b>

## Buttons. Telegram shows them as plain text, on a small screen: keep them short.
button-suspend = Suspend a member
button-restore = Restore a member
button-remove = Removals of members
button-hide = Hide a post
button-suspend-member = Suspend …
button-restore-member = Restore …
button-remove-member = Ask for removal …
button-open-removal = Removal: look at the request
button-open-member = Open the entry
button-hide-post = Hide a post …

## Commands, as Telegram lists them: at most 256 characters, no markup.
command-suspend = Stop a member at once
command-restore = Undo a suspension
command-remove = Remove a member: takes two of you
command-hide = Hide a post

## Kinds of delivery, in /outbox and in the file of /mydata: plain text, as few words as it takes.

delivery-suspension = notice of a suspension
delivery-restored = notice of being restored
delivery-removal = question about a removal
delivery-removal-done = notice of a removal
delivery-post-hidden = notice of a hidden post

## What stands in the audit, and in the file of /mydata: plain text, as few words as it takes.

action-post-hidden = a post was hidden
action-post-shown-again = a hidden post was shown again
action-removal-asked = a removal was asked for
action-removal-confirmed = confirmed a removal; the person is erased
action-removal-withdrawn = a removal was not asked for any more
action-restored = a suspension was undone
action-suspended = was suspended

## In the file of /mydata: plain text.
export-moderation = Suspension and removal
export-suspended = Suspended since { $when }
# $mine: whether the person asked for somebody else’s
export-removal =
    { $mine ->
        [yes] You asked for somebody’s removal: { $when } ({ $reason })
       *[no] Your removal was asked for: { $when } ({ $reason })
    }

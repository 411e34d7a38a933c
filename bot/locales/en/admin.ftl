### For coordinators and owners.

# $expires: date and time
invite =
    <b>An invitation for one person.</b> Pass on the link or show the code; it works once, until { $expires }.

    Give it only to somebody you know, over a channel you both trust. I keep no copy of it.
button-revoke-invite = Revoke it
invite-revoked = The invitation is revoked. Its link does not work any more.
invite-not-open = This invitation was used or had ended already.

applications =
    { $count ->
        [0] <b>No requests to join are waiting.</b>
        [one] <b>One request to join is waiting.</b>
       *[other] <b>{ $count } requests to join are waiting.</b>
    }
# $name, $host, $city, $language, $inviter, $reason: of the applicant; $when: date and time
application =
    <b>{ $name } would like to join.</b>

    <b>Host:</b> { $host }
    <b>Time of:</b> { $city }
    <b>Language:</b> { $language }
    <b>Invited by:</b> { $inviter }
    <b>What brings them:</b> { $reason }

    <i>Asked { $when }</i>
name-looks-alike = ⚠️ <b>This name looks like that of somebody who coordinates this network.</b> Letters that look the same can be different ones. Before you decide, make sure who it is, by another way than this chat.
button-approve = ✔ Approve { $name }
button-decline = Decline { $name } …
ask-decline =
    <b>Decline { $name }?</b>

    They are told, without a reason. Their answers are erased once they have read so, at the latest after seven days. This cannot be undone.
button-decline-yes = Yes, decline { $name }
approved = <b>{ $name } is in.</b> They are told now, or after their quiet hours.
application-declined = The request of { $name } is declined. They are told; their answers are erased once they have read so, at the latest after seven days.
# $name: of the coordinator who was faster
decided-already =
    { $outcome ->
        [declined] The request of { $name } was declined already, by { $coordinator }.
       *[approved] { $name } was let in already, by { $coordinator }.
    }
no-application = There is no such request, or it does not wait any more.

members =
    { $count ->
        [0] <b>There are no members here yet.</b>
        [one] <b>One member</b>
       *[other] <b>{ $count } members</b>
    }
# $name, $role: of a member. Also on a button: plain text.
member-line =
    { $name }{ $role ->
        [owner] {" "}(owner)
        [coordinator] {" "}(coordinator)
       *[member] {""}
    }
member-line-alike = ⚠️ { $member } – a name like a coordinator’s

roles = <b>Roles.</b> Whose role do you want to see or change?
role-of =
    <b>{ $name }</b> is { $role ->
        [owner] an owner.
        [coordinator] a coordinator.
       *[member] a member.
    }
button-make-member = Make them a member
button-make-coordinator = Make them a coordinator
button-make-owner = Make them an owner
ask-role =
    { $role ->
        [owner] <b>Make { $name } an owner?</b> Owners see everybody and can do everything, also change your role.
        [coordinator] <b>Make { $name } a coordinator?</b> Coordinators invite people, decide about requests to join their host, see its members and open topics.
       *[member] <b>Make { $name } a member without a further role?</b>
    }
button-role-yes = Yes, for { $name }
role-set =
    { $role ->
        [owner] <b>{ $name } is an owner now.</b>
        [coordinator] <b>{ $name } is a coordinator now.</b>
       *[member] <b>{ $name } is a member now.</b>
    } They are told.
# $role: the reader's own, from now on
your-role =
    { $role ->
        [owner] <b>You are an owner of this network now.</b> The menu shows what you can do.
        [coordinator] <b>You are a coordinator now.</b> You can invite people, decide about requests to join your host, and open topics; the menu shows how.
       *[member] <b>You are a member without a further role now.</b>
    }
role-not-set = Nothing was changed. The role was theirs already, or the network would have no owner left.
no-member = There is no such member.

hosts =
    { $count ->
        [0] <b>There are no hosts yet.</b>
        [one] <b>One host</b>
       *[other] <b>{ $count } hosts</b>
    }
host-line = { $name }
button-add-host = Add a host
ask-host-name = <b>What is the new host called?</b>
host-added = { $name } is added.
host-exists = There is a host called { $name } already.
ask-approve =
    <b>Let { $name } in?</b>

    They will read every topic, and can write in it. Approve only somebody whom you, or somebody you trust, know.
button-approve-yes = Yes, let { $name } in
no-inviter = the operator, or somebody who has left
ask-role-no-host = Please note: they belong to no host, so they will see no requests to join.

# What stands in the audit, in as few words as it takes; also in the file of what is held about somebody: plain text.
audit-action =
    { $action ->
        [locked] the bot was locked
        [agreed] agreed to the notice
        [applied] asked to join
        [approved] a request to join was approved
        [declined] a request to join was declined
        [owner-claimed] became an owner with the operator’s code
        [invited] made an invitation
        [invite-revoked] revoked an invitation
        [application-read] a request to join was read
        [members-listed] saw the list of members
        [renamed] changed the name
        [posted] wrote a post
        [post-taken-back] took a post back
        [topic-opened] opened a topic
        [topic-closed] closed a topic
        [topic-reopened] opened a topic again
        [made-member] the role “member” was given
        [made-coordinator] the role “coordinator” was given
        [made-owner] the role “owner” was given
        [applications-listed] saw the list of requests to join
        [member-read] a member’s entry was looked at
        [audit-read] looked at the audit
        [host-added] added a host
        [audit-begun] began the audit anew
        [announcement-asked] asked for approval of an announcement
        [announcement-approved] approved an announcement
        [announcement-returned] sent an announcement back
        [announcement-changed] changed an announcement that others had seen
        [announced] an announcement went out
        [announcement-halted] stopped an announcement
        [announcement-resumed] let an announcement go on
        [removed] removed a member who could not be reached
        [outbox-read] looked at uncertain messages
        [sent-again] an uncertain message was sent again
        [message-dropped] an uncertain message was left at that
        [sealing-key-set] set the key for sealed notes
        [sealing-key-removed] removed the key for sealed notes
        [sealed-note-written] a sealed note was written
        [sealed-notes-fetched] sealed notes were fetched
        [sealed-notes-removed] removed own sealed notes
        [contact-sealed] left something for an emergency
        [contact-removed] removed what was left for an emergency
        [keys-rotated] renewed the master key
       *[erased] was erased
    }

audit = <b>What was done.</b> The newest entries stand first; what members write is not listed. Looking here becomes an entry too.
# $number: of the entry; $when: date and time; $actor: who; $what: see audit-action
audit-line = <b>{ $number }</b> · { $when } · { $actor }: { $what }
# $subject: the person whom it is about
audit-line-about = <b>{ $number }</b> · { $when } · { $actor }: { $what } · { $subject }
audit-operator = the operator
audit-left = somebody who has left
audit-left-or-outside = somebody of another host, or who has left
audit-holds = <b>The audit is whole.</b> No entry was changed, removed or put in.
# $number: of an entry
audit-begun = Entries up to number { $number } were there before the check began; what happened to them earlier does not show.
audit-broken =
    <b>The audit is not whole, from entry { $number } on.</b> Somebody changed, removed or put in entries, or an older copy of the data was put back.

    Please tell whoever runs this bot at once, by another channel: halqa doctor says what to do.
button-verify-audit = Check that it is whole
ask-lock =
    <b>Lock the network?</b>

    I forget all keys at once, and nobody can read or write here until the operator unlocks me again by hand. Telegram keeps what people write meanwhile, for 24 hours.
button-lock-yes = Yes, lock it now
locking = <b>The network is being locked.</b> I answer again when the operator has unlocked me.
not-lockable = I cannot be locked: my key is kept so that I start by myself, and I would open again at once. Ask the operator to stop me.

# Members who blocked the bot or left Telegram. $name: of the member
unreachable =
    <b>{ $name } has not been reachable for thirty days.</b>

    They have blocked the bot or left Telegram. Whoever writes again is there as before; do you know how they are?
button-remove = Remove { $name } …
ask-remove =
    <b>Remove { $name }?</b>

    Everything that is kept about them here is erased, their posts too. They are not told. This cannot be undone.
button-remove-yes = Yes, remove { $name }
removed = { $name } is removed, and what they wrote is erased.
not-unreachable = There is nothing to decide any more.

# What is on its way to people
outbox = <b>Messages to members</b>, of the last thirty days
# $state, $number
outbox-line =
    { $state ->
        [pending] Waiting for their time: { $number }
        [sending] On their way: { $number }
        [sent] Sent: { $number }
        [failed] Refused by Telegram: { $number }
        [cancelled] Not wanted any more: { $number }
       *[uncertain] Uncertain: { $number }
    }
outbox-empty = There are none.
outbox-doubtful = An uncertain message may have arrived or not, since Telegram’s answer was lost. I do not send it twice unless you decide so. Which one is it about?
# A kind of message, in few words; also on a button: plain text.
outbox-kind =
    { $kind ->
        [resume] note that an answer was lost
        [application] notice of a request to join
        [decision] answer to a request to join
        [role] notice of a role
        [post] notice of a post
        [digest] notice of a digest
        [unreachable] question about a member
        [announcement] announcement
        [close] a screen that closes
        [digest-close] a digest that closes
       *[other] message
    }
# On a button: plain text. $kind: see outbox-kind; $when: date and time; $name: of the reader
outbox-item = { $when } · { $kind } · { $name }
outbox-message =
    <b>{ $kind }</b>
    To: { $name }
    Tried: { $when }

    It may have arrived or not. What it says does not show here.
button-send-again = Send it again
button-drop-message = Leave it at that
outbox-sent-again = It is sent once more.
outbox-dropped = It is not sent again.
outbox-decided = Somebody has decided about that message already.

### For coordinators and owners.

members =
    { $count ->
        [0] <b>There are no members here yet.</b>
        [one] <b>One member</b>
       *[other] <b>{ $count } members</b>
    }
members-found =
    { $count ->
        [0] <b>Nobody has a name with this in it.</b>
        [one] <b>One member has a name with this in it.</b>
       *[other] <b>{ $count } members have a name with this in it.</b> Which one?
    }
# $name, $role: of a member. Also on a button: plain text.
member-line =
    { $name }{ $role ->
        [owner] {" "}(owner)
        [coordinator] {" "}(coordinator)
       *[member] {""}
    }
member-line-alike = ⚠️ { $member } – a name like a coordinator’s

# $member: see member-line
member-line-suspended = { $member } (suspended)
# Also on a button: plain text, and what can be typed after /members.
members-of-state =
    { $state ->
        [active] active
        [paused] on a pause
        [suspended] suspended
       *[all] everybody
    }
button-members-of-state =
    { $state ->
        [active] Only the active
        [paused] Only those on a pause
        [suspended] Only the suspended
       *[all] Everybody
    }
# $state: see members-of-state
members-state = Shown: { $state }
members-host = Of the host { $host }
button-members-of-host = Of one host …
members-of-which-host = <b>The members of which host?</b>
button-search-members = 🔎 Search by name
ask-member-search = <b>What is the name?</b> A part of it is enough.
members-more = These are the first ones. Please type more of the name.
# $role, $host, $state: of the member; $when: since when they are one
member-entry =
    <b>{ $name }</b>

    <b>Role:</b> { $role }
    <b>Host:</b> { $host }
    <b>State:</b> { $state }
    <b>Here since:</b> { $when }

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
ask-role-no-host = Please note: they belong to no host, so they will see no requests to join.

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
button-remove-unreachable = Remove { $name } …
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

## An owner code that the operator made, and who has a new role

# $when: date and time
owner-code =
    <b>Somebody at the machine has made an owner code.</b>

    Whoever holds it can become an owner, but not before { $when }. Until then every owner can revoke it.

    If you do not know why it was made, revoke it, and ask whoever runs the machine by another way than this chat.
button-revoke-owner-code = ✋ Revoke the code
owner-code-revoked = <b>The code is revoked.</b> Nobody can become an owner by it.
owner-code-over = There is no such code any more.
role-news-reads = What is sealed from now on may be sealed for them too. If you did not expect this, ask the owners by another way than this chat.
locked-too-often = You have locked the network twice within a day. Ask another coordinator, or the operator, to do it.

## Buttons. Telegram shows them as plain text, on a small screen: keep them short.
button-roles = Roles
button-members = Members
button-audit = Audit
button-outbox = Messages to members
button-lock = 🔒 Lock the network
button-hosts = Hosts

## Commands, as Telegram lists them: at most 256 characters, no markup.
command-members = The members you look after
command-audit = What was done, by whom, when
command-outbox = Messages on their way, and uncertain ones
command-lock = Lock the network until the operator opens it
command-roles = Who coordinates, who owns
command-hosts = The hosts of the network

## Kinds of delivery, in /outbox and in the file of /mydata: plain text, as few words as it takes.

delivery-owner-code = notice of an owner code
delivery-role-news = notice of somebody’s role
delivery-role = notice of a role
delivery-unreachable = question about a member

## What stands in the audit, and in the file of /mydata: plain text, as few words as it takes.

action-audit-read = looked at the audit
action-host-added = added a host
action-locked = the bot was locked
action-made-coordinator = the role “coordinator” was given
action-made-member = the role “member” was given
action-made-owner = the role “owner” was given
action-message-dropped = an uncertain message was left at that
action-outbox-read = looked at uncertain messages
action-owner-code-made = an owner code was made
action-owner-code-revoked = revoked an owner code
action-removed = removed a member who could not be reached
action-sent-again = an uncertain message was sent again

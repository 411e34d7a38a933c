### Buddies, freezing an account, /panic. Whoever reads this may be in a hurry and afraid.

## Buttons. Telegram shows them as plain text, on a small screen: keep them short.
button-buddies = My buddies
button-freeze = ❄️ Freeze the account …
button-panic = Stop everything

## Commands, as Telegram lists them: at most 256 characters, no markup.
command-buddies = Who looks after your account
command-freeze = Freeze the account of somebody in danger
command-panic = Stop everything on this account, at once

## Buddies

buddies = <b>Buddies</b> are two members whom you choose. If your phone falls into other hands, both of them, or one and a coordinator, can freeze your account: nothing is sent to it any more, and whoever holds it sees an empty network.
buddies-none = You have chosen nobody yet.
buddies-mine = They look after your account:
# $name: of the buddy
buddy-mine = • { $name }
# $when: date and time
buddy-leaves = • { $name }, until { $when }
buddy-link-open = • a link that nobody has used yet
buddies-theirs = You look after the account of:
buddy-of = • { $name }
button-name-buddy = ➕ Choose a buddy
button-end-buddy = Take out: { $name } …
button-keep-buddy = Keep { $name } after all
button-step-down = No longer look after { $name } …
buddy-link =
    <b>A link for one buddy.</b> Pass it on to somebody whom you know well, over a channel you both trust. Who opens it learns that you are here, so send it to a member only. It works once, for three days.

    I tell you when they have agreed.
buddy-bad-link = This link does not work, or does not work any more.
# $name: of the member whose account it is
ask-be-buddy =
    <b>Will you look after the account of { $name }?</b>

    If { $name } is arrested, or the phone is lost, you can freeze the account with a second person, by /freeze. You see nothing of what { $name } reads or writes. Agree on a word by which you know that { $name } is safe, and on somebody else to call.

    You can stop at any time; { $name } is told then. To be reached at night too, let urgent messages come in /settings.
button-be-buddy = Yes, for { $name }
button-no-buddy = No
buddy-agreed = <b>You look after the account of { $name } now.</b> They are told.
ask-end-buddy =
    <b>Take { $name } out?</b>

    They are told at once, and can still freeze your account for three days, so that nobody who has your phone can get rid of them. Until then you can keep them after all.
ask-end-buddy-link = <b>Take the link back?</b> It ends at once.
button-end-buddy-yes = Yes, take out
ask-step-down = <b>No longer look after the account of { $name }?</b> They are told.
button-step-down-yes = Yes, stop it

## Freezing

freeze = <b>Whose account is it about?</b>
freeze-nobody = You look after nobody’s account, and nobody asks for you here.
freeze-nobody-found = I find nobody of that name whom you look after.
freeze-find = For somebody of your host, send <code>/freeze</code> with a part of the name behind it.
# $name: of a member. A button: plain text.
freeze-line = { $name }
# The entry; $name: of the member
account = <b>The account of { $name }</b>
# $when: date and time
account-panic = ⚠️ <b>They pressed /panic on { $when }.</b>
account-asked = Somebody asked on { $when } to freeze it. It takes a second person.
account-frozen = <b>Frozen since { $when }.</b> Nothing goes out to it; who holds it sees an empty network.
account-left = Whoever holds it asked on { $when } to have everything erased, and saw that done. Nothing was erased.
button-withdraw-vote = Take my word back
button-thaw = Open the account again …
ask-freeze =
    <b>Freeze the account of { $name }?</b>

    It takes two: two buddies, or a buddy and a coordinator. The others are asked now. As soon as the second one agrees, nothing goes out to the account any more, what is open there is removed, and whoever holds it sees an empty network. Only you two and the owners know of it.
button-freeze-yes = Yes, freeze it: { $name }
freeze-noted = <b>Your word counts for three days.</b> The account of { $name } is frozen as soon as a second person agrees. The others are asked; if you can, call one of them.
freeze-done = <b>The account of { $name } is frozen.</b> To open it again takes a coordinator and a buddy.
ask-thaw =
    <b>Open the account of { $name } again?</b>

    Only if you have spoken to { $name } and are sure that nobody else holds the phone. It takes a coordinator and a buddy.
button-thaw-yes = Yes, open it: { $name }
thaw-noted = <b>Your word counts for three days.</b> If the account of { $name } is frozen, it opens as soon as a coordinator and a buddy both want that.
thaw-done = <b>The account of { $name } is open again.</b> It stays on a pause until { $name } answers.
no-account = There is no such account, or you do not look after it.
button-account = Account and buddies
thawed-you =
    <b>Your account was frozen, and is open again.</b>

    Those who look after it were afraid that somebody else held your phone. Meanwhile nothing was sent to you, and nothing that was typed or pressed here was kept or done.

    You are on a pause until you answer. Is it you, and are you alone with this phone?
button-its-me = Yes, it is me: go on

## Panic

ask-panic =
    <b>Stop everything?</b>

    Nothing more is sent to you, what is open here is removed, and your buddies are told. You can go on later by ending the pause.
button-panic-yes = Yes, now

## In the file of /mydata: plain text.

export-buddies = Buddies
export-buddy-mine = { $name } looks after your account
export-buddy-theirs = You look after the account of { $name }
# $when: date and time; $wants: what was wanted
export-freeze-vote =
    { $when }: { $wants ->
        [freeze] you asked to freeze the account of { $name }
        [thaw] you asked to open the account of { $name } again
       *[help] you pressed /panic ({ $name })
    }

## Kinds of delivery, in /outbox and in the file of /mydata: plain text, as few words as it takes.

delivery-buddies = notice about a buddy
delivery-freeze = notice about an account that is looked after
delivery-thawed = notice that the account is open again

## What stands in the audit, and in the file of /mydata: plain text, as few words as it takes.

action-freeze-asked = asked to freeze an account
action-frozen = an account was frozen
action-panic = pressed /panic
action-thaw-asked = asked to open a frozen account
action-thawed = a frozen account was opened

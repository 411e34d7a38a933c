### The way in. Whoever reads this may be frightened, and has never used the bot before.

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
ask-approve =
    <b>Let { $name } in?</b>

    They will read every topic, and can write in it. Approve only somebody whom you, or somebody you trust, know.
button-approve-yes = Yes, let { $name } in
you-were-removed =
    <b>Your membership has ended:</b> two people who coordinate this network decided so.

    Everything that was held about you is erased, and with this message also where to reach you. If you think this is a mistake, please speak to a coordinator you know.
no-inviter = the operator, or somebody who has left
suspended = Your membership is suspended. Please speak to a coordinator you know. You can still see what is held about you (/mydata) and have it erased (/forget).

## Buttons. Telegram shows them as plain text, on a small screen: keep them short.

button-start = 🏠 Home
button-language = 🌐 Language · Langue · اللغة
button-withdraw = Withdraw
button-invite = 🔗 Invite somebody
button-applications = 📥 Requests to join
button-status = Where my request stands

## Commands, as Telegram lists them: at most 256 characters, no markup.

command-start = Home
command-language = Choose your language
command-status = Where your request to join stands
command-withdraw = Withdraw your request to join
command-invite = Invite somebody: a link for one person
command-applications = Requests to join

bad-invite =
    This invitation does not work, or does not work any more.

    Invitations are for one person and end after three days. Please ask whoever sent it for a new one.

# $network: name of the network
notice =
    <b>{ $network }</b>

    Here the members of a network talk by topic, and read one digest a day. Coming in takes about two minutes. Please read this first.

    <b>This is not a secret channel.</b> Telegram bots are not end-to-end encrypted: Telegram can see what you type here. Case details, names of clients or witnesses, and evidence do not belong here.

    <b>What is kept:</b> the id of your Telegram account (not your phone number), the name you choose, your host, your time zone, why you come, and what you post. It is kept encrypted on the network’s own machine; what names you, and your own words, once more under a key used only for you.

    <b>Who sees it:</b> the coordinators of your host and the owners of the network see your answers. Members see the name you choose and what you post. I show it to nobody else.

    <b>How to leave:</b> /forget erases everything at once, without asking why. What others have opened by then leaves their chats within a while; what they copied, nobody can take back.
notice-go-on = Do you want to go on?
button-agree = Yes, I agree
button-disagree = No, keep nothing
not-agreed =
    That is fine. Nothing was kept, and your invitation is still unused.

    If you change your mind within its three days, open its link again.

# $step and $steps: numbers
step = <i>Question { $step } of { $steps }</i>
ask-host =
    <b>Which host organisation do you belong to?</b>

    Its coordinators, or the owners of the network, read your answers and decide.
button-no-host = None of these
unknown-host = I do not know a host of that name. Please choose one of these, or “None of these”.
ask-reason =
    <b>What brings you here?</b>

    One or two sentences, so that the coordinators know who you are. No case details, please.

# $name, $host, $city, $reason: the person’s answers
review-answers =
    <b>These are your answers.</b> Is everything right?

    <b>Name:</b> { $name }
    <b>Host:</b> { $host }
    <b>Time of:</b> { $city }
    <b>What brings you:</b> { $reason }
button-send-application = ✔ Send
button-change-host = Change the host
button-change-reason = Change what brings you
application-waiting =
    Thank you. Your answers were sent to the coordinators.

    They decide, usually within a few days, and I will write to you here. You can close the chat until then.

ask-withdraw =
    <b>Withdraw your request to join?</b>

    All your answers are erased at once. To come back you would need a new invitation.
button-withdraw-yes = Yes, withdraw and erase
button-keep-going = No, go on
withdrawn = Your request is withdrawn, and everything about you is erased. Goodbye, and take care.
declined =
    Your request to join was not accepted.

    Everything that you had answered is erased now. If you think this is a mistake, please speak to whoever invited you.

# $name: the new member; $network: name of the network
welcome =
    Welcome, { $name }. You are in.

    A good way to begin: look at the topics and follow one or two. You then get one digest a day at the most, and nothing at night.
owner-welcome =
    <b>{ $network }</b> is yours to run.

    A good way to begin: open a topic with /topic, and invite the first coordinator with /invite. When they are in, /roles makes them a coordinator.
choose-language = Choose your language

## Kinds of delivery, in /outbox and in the file of /mydata: plain text, as few words as it takes.

delivery-application = notice of a request to join
delivery-decision = answer to a request to join

## What stands in the audit, and in the file of /mydata: plain text, as few words as it takes.

action-agreed = agreed to the notice
action-application-read = a request to join was read
action-applications-listed = saw the list of requests to join
action-applied = asked to join
action-approved = a request to join was approved
action-declined = a request to join was declined
action-invite-revoked = revoked an invitation
action-invited = made an invitation
action-owner-claimed = became an owner with the operator’s code

### The way in. Whoever reads this may be frightened, and has never used the bot before.

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

    Do you want to go on?
button-agree = Yes, I agree
button-disagree = No, keep nothing
not-agreed =
    That is fine. Nothing was kept, and your invitation is still unused.

    If you change your mind within its three days, open its link again.

# $step and $steps: numbers
step = <i>Question { $step } of { $steps }</i>
ask-name =
    <b>What name do you want to be known by?</b>

    It need not be the one in your passport. Members see it with what you post.
ask-host =
    <b>Which host organisation do you belong to?</b>

    Its coordinators, or the owners of the network, read your answers and decide.
button-no-host = None of these
unknown-host = I do not know a host of that name. Please choose one of these, or “None of these”.
ask-zone =
    <b>In which city’s time do you live?</b>

    So that nothing arrives at night. You need not say where you are: any city with the same time will do. Choose one, or type a city, or something like <i>UTC+2</i>.
unknown-zone = I do not know this city. Please type the nearest large city, or something like <i>UTC+2</i>.
# $cities: a list of cities
unknown-zone-did-you-mean = I do not know this city. Did you mean: { $cities }?
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
button-change-name = Change the name
button-change-host = Change the host
button-change-zone = Change the city
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

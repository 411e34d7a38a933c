### What every part of the bot says. Telegram HTML: <b>, <i>, <code> and <blockquote> may be used, nothing else.
### A variable is escaped and isolated before it stands in a sentence.

# $network: name of the network
home =
    <b>{ $network }</b>

    What would you like to do?
home-paused = You are on a pause: nothing is sent to you until you end it.

greeting =
    Hello. I am a bot for members only.

    If somebody gave you an invitation, please open its link. If there are buttons further up in this chat, go on with them. Otherwise there is nothing for you to do here, and I keep nothing about you.

knock = There is something for you here.
resume = The connection failed for a moment. If an answer is missing, please ask again. Everything you did is kept.
alarm = I had to stop: another program receives what people write to this bot. Please tell whoever runs it, at once, and write nothing here until they say that it is mended.

expired = This button has done its work, or is too old. Nothing is lost: go on from here.
unknown-command = I do not know this command. /help shows what I can do for you.
did-not-understand = I did not expect a text just now, and kept nothing of it. What would you like to do?
cannot-take-that = I cannot take this. Please send it as text, or send a photo with a few words under it: as a photo and not as a file, for a file can tell where, when and with which device it was taken. Nothing of it was kept; if it holds something sensitive, delete it from this chat as well.
edits-are-not-seen = You changed a message. I do not follow changes: please send the new words as a new message.
only-first-hand = I take commands only as you write them yourself, not forwarded and not through another bot. Nothing was done.
only-in-private = I speak in private only, not in groups. Please write to me here.
suspended = Your membership is suspended. Please speak to a coordinator you know. You can still see what is held about you (/mydata) and have it erased (/forget).

# $reference: a short code
went-wrong =
    Something went wrong on my side. Nothing was changed; please try again.

    If it goes on, tell a coordinator this code: { $reference }
row-unreadable =
    What is kept here about you is damaged, and I cannot open it. So I cannot do anything for you just now, and what you write is not kept.

    Please tell a coordinator this code, for the person who runs this network: { $reference }

saved = Saved.
# $length and $most: numbers of characters
answer-too-long = This is too long: { $length } characters. At most { $most } fit. Please send a shorter text.
answer-empty = There were no words in that. Please write them as text.
words-please = Please answer in words; I cannot use a photo here.
# $page and $pages: numbers
page = <i>Page { $page } of { $pages }</i>

cadence =
    { $cadence ->
        [daily] daily
        [weekly] weekly
       *[off] off
    }
role =
    { $role ->
        [owner] owner
        [coordinator] coordinator
       *[member] member
    }
state =
    { $state ->
        [applicant] applicant
        [active] member
        [paused] member, on a pause
        [suspended] suspended
       *[declined] declined
    }
no-host = none

bot-description =
    A place for the members of a network to keep talking between their meetings.

    Please know before you write: Telegram bots are not end-to-end encrypted. Case details do not belong here.

    If you have an invitation, open its link.
bot-short-description = For members of a network. By invitation only.

## Buttons. Telegram shows them as plain text, on a small screen: keep them short.

button-start = 🏠 Home
button-back = ← Back
button-cancel = Cancel
button-open = Open
button-close = Close
button-next-page = Next page →
button-previous-page = ← Previous page
# $number: counts the photos of a page
button-photo = 📷 Photo { $number }
button-help = ❓ Help
button-privacy = 🔒 Privacy
button-language = 🌐 Language · Langue · اللغة
button-post = ✏️ Write a post
button-topics = 💬 Topics
button-topic = ➕ New topic
button-digest = 📰 Digest
button-settings = ⚙️ Settings
button-pause = Pause
button-mydata = What is held about me
button-forget = Leave and erase everything
button-withdraw = Withdraw
button-invite = 🔗 Invite somebody
button-applications = 📥 Requests to join
button-roles = Roles
button-members = Members
button-audit = Audit
button-outbox = Messages to members
button-lock = 🔒 Lock the network
button-notes = Sealed notes
button-sealing = My key for sealed notes
button-hosts = Hosts
button-status = Where my request stands

## Commands, as Telegram lists them: at most 256 characters, no markup.

command-start = Home
command-language = Choose your language
command-status = Where your request to join stands
command-withdraw = Withdraw your request to join
command-topics = All topics: read and follow
command-post = Write a post
command-topic = Open a new topic
command-digest = Your digest: read it now, or say when it comes
command-settings = Name, language, city, quiet hours
command-pause = Receive nothing for a while
command-mydata = Everything that is held about you, as a file
command-forget = Leave, and have everything erased
command-help = What I can do
command-privacy = What is kept, who sees it, what cannot be protected
command-cancel = Throw away what you were writing
command-invite = Invite somebody: a link for one person
command-applications = Requests to join
command-members = The members you look after
command-notes = Sealed notes about people
command-sealing = Your key for sealed notes
command-audit = What was done, by whom, when
command-outbox = Messages on their way, and uncertain ones
command-lock = Lock the network until the operator opens it
command-roles = Who coordinates, who owns
command-hosts = The hosts of the network

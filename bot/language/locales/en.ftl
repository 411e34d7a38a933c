### What every part of the bot says. Telegram HTML: <b>, <i>, <code> and <blockquote> may be used, nothing else.
### A variable is escaped and isolated before it stands in a sentence.
name-looks-alike = ⚠️ <b>This name looks like that of somebody who coordinates this network.</b> Letters that look the same can be different ones. Before you decide, make sure who it is, by another way than this chat.

# $network: name of the network
home =
    <b>{ $network }</b>

    What would you like to do?
home-paused = You are on a pause: nothing is sent to you until you end it.

greeting =
    Hello. I am a bot for members only.

    If somebody gave you an invitation, please open its link. If there are buttons further up in this chat, go on with them. Otherwise there is nothing for you to do here, and I keep nothing about you.

# $controller: a name; $contact: an address
responsible = <b>Who is responsible:</b> { $controller }. How to reach them: { $contact }
responsible-unnamed = <b>Who is responsible:</b> whoever runs this bot. Somebody who knows the network, such as whoever invited you, can tell you how to reach them.

# A number of people, as a part of a sentence
fewer-than-ten = fewer than 10

# What stays of a screen whose time is over.
blank = Closed. When you are ready, go on from here.
knock = There is something for you here.

expired = This button has done its work, or is too old. Nothing is lost: go on from here.
unknown-command = I do not know this command. /help shows what I can do for you.
did-not-understand = I did not expect a text just now, and kept nothing of it. What would you like to do?
cannot-take-that = I cannot take this. Please send it as text, or send a photo with a few words under it: as a photo and not as a file, for a file can tell where, when and with which device it was taken. Nothing of it was kept; if it holds something sensitive, delete it from this chat as well.
edits-are-not-seen = You changed a message. I do not follow changes: please send the new words as a new message.
only-first-hand = I take commands only as you write them yourself, not forwarded and not through another bot. Nothing was done.
only-in-private = I speak in private only, not in groups. Please write to me here.

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
        [frozen] member, the account is frozen
       *[declined] declined
    }
no-host = none
unreadable-host = a host whose name cannot be read

bot-description =
    A place for the members of a network to keep talking between their meetings.

    Please know before you write: Telegram bots are not end-to-end encrypted. Case details do not belong here.

    If you have an invitation, open its link.
bot-short-description = For members of a network. By invitation only.

## Buttons. Telegram shows them as plain text, on a small screen: keep them short.
button-back = ← Back
button-open = Open
button-close = Close
button-next-page = Next page →
button-previous-page = ← Previous page
# $number: counts the photos of a page
button-photo = 📷 Photo { $number }

# $title: of a topic
digest-topic = <b>▪ { $title }</b>
# $name: of the author; $when: date and time
post-heading = <b>{ $name }</b> <code>{ $mark }</code> · <i>{ $when }</i>
post-heading-alike = ⚠️ <i>Not the coordinator whose name looks like this</i>
# $former, $name: of a member; $when: date and time
renamed-since = <i>{ $former } is called { $name } since { $when }.</i>
# $number: of the button that shows it
post-has-photo = 📷 <i>Photo { $number }</i>
button-unpause = End the pause
unknown-zone = I do not know this city. Please type the nearest large city, or something like <i>UTC+2</i>.
# $cities: a list of cities
unknown-zone-did-you-mean = I do not know this city. Did you mean: { $cities }?
button-write-again = Write it again
# $by: an instant
receipt-backups = Backups: the rest of your rows leaves those that I keep by { $by }. Until then, and in a copy that somebody carried elsewhere, it can be told, by whoever has the key of the network, that there was a member of your host and when they wrote, but not who.

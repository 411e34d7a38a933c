
resume = The connection failed for a moment. If an answer is missing, please ask again. Everything you did is kept. Perhaps an answer of mine is in this chat that I cannot remove: please delete it yourself.
delete-yourself = Some of this chat is older than 48 hours, and Telegram no longer lets me remove it. Please delete it yourself: open the menu of this chat in Telegram and choose “Clear history”, for both sides.
alarm = I had to stop: another program receives what people write to this bot. Please tell whoever runs it, at once, and write nothing here until they say that it is mended.

## Buttons. Telegram shows them as plain text, on a small screen: keep them short.
button-cancel = Cancel
button-help = ❓ Help
button-privacy = 🔒 Privacy

## Commands, as Telegram lists them: at most 256 characters, no markup.
command-help = What I can do
command-privacy = What is kept, who sees it, what cannot be protected
command-cancel = Throw away what you were writing

# $network: name of the network
help =
    <b>{ $network }</b>

    Whatever you need most is on the home screen; the rest is below. These commands do the same:
# $badge: the sign behind the names of coordinators and owners
help-badge = { $badge } behind a name marks those who coordinate or own this network; nobody can put it into a name. The number beside an author stays the same in one topic, whatever they are called.
help-outside = These are the commands you can use:

privacy =
    <b>What is kept.</b> Of members, and of people who asked to join: the id of your Telegram account (not your phone number), the name you chose (a former one for thirty days), your host, your time zone, why you came, what you posted, announced or were writing, the topics you follow, your settings, sealed notes about you, and a record of what was done, without words. Of people who were removed: where to tell them so, for at most seven days. Of people who did not agree to the notice: nothing.

    <b>How.</b> Encrypted as a whole on the network’s own machine; what names you or is in your words once more, under a key used only for you.

    <b>Who sees it.</b> The coordinators of your host and the owners of the network see your answers. Members see your name with what you post. Sealed notes are what coordinators noted about you, and what you left for an emergency (/settings): only the coordinators of your host and the owners can open them, on computers of their own; I cannot. A thief with the disk but without the key reads nothing.

    <b>What cannot be protected.</b> Telegram sees what you type and what I answer: bots are not end-to-end encrypted. Whoever controls the running machine can read it. Whoever holds your unlocked phone can read this chat; what you open here and what you type leaves the chat after a while. /clear removes it at once; what is older than 48 hours only you can delete.

    <b>Your rights.</b> /mydata gives you everything that is held, as a file. /forget erases it at once: your words, everything else about you, and your key. After that, what names you and your words can no longer be read in older backups either, unless somebody kept an old copy of the keys. Where I make backups, the rest of your rows leaves them within a day; a copy that somebody carried elsewhere still tells that there was a member of your host and when they wrote, but not who. The record of what was done no longer leads to you either. It also empties this chat as far as Telegram lets me; delete the chat in Telegram as well.

cancelled = Thrown away. Nothing was sent.
nothing-to-cancel = There was nothing half written.

## Kinds of delivery, in /outbox and in the file of /mydata: plain text, as few words as it takes.

delivery-alarm = warning that the bot had to stop
delivery-delete-yourself = request to delete what could not be removed
delivery-resume = note that an answer was lost
delivery-unknown = message that this version has no word for

## What stands in the audit, and in the file of /mydata: plain text, as few words as it takes.

action-audit-begun = began the audit anew
action-erased = was erased
action-keys-rotated = renewed the master key
action-unknown = something that this version has no word for
action-member-read = a member’s entry was looked at
action-members-listed = saw the list of members

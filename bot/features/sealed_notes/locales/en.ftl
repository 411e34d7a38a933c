### Sealed notes: what coordinators note about people, and what members leave for an emergency.
### Nobody may think that the words are hidden while they are typed: Telegram and the bot see them at that moment.

## Buttons. Telegram shows them as plain text, on a small screen: keep them short.
button-notes = Sealed notes
button-sealing = My key for sealed notes

## Commands, as Telegram lists them: at most 256 characters, no markup.
command-notes = Sealed notes about people
command-sealing = Your key for sealed notes

# $length and $most: numbers of characters
sealed-too-long =
    This is too long: { $length } characters. At most { $most } fit.

    Nothing of it was kept, but your message is still in this chat: delete it when you have shortened it.

sealed-words-only = Please write it as text: I cannot seal a photo. Nothing of it was kept; delete it from this chat if it holds something sensitive.

## The key of a coordinator or an owner

sealing-none =
    <b>You have no key for sealed notes yet.</b>

    Notes about people who ask to join, and what members leave for an emergency, can be sealed. This machine cannot read them then; you can, on a computer of your own.
ask-sealing-key =
    <b>Your public key, please.</b>

    On your own computer, type <code>halqa sealed keygen my-key</code>. It prints a text that begins with <code>halqa-seal-1:</code>. Paste all of it here, as one message.

    The private key stays in the file my-key and never comes here. Without that file nobody can open what is sealed for you, so keep a copy of it in a safe place.
sealing = <b>Notes are sealed for you.</b>
# $fingerprint: groups of digits; $when: date and time
sealing-key =
    Fingerprint of your key: <b>{ $fingerprint }</b>
    Set on { $when }
sealing-compare = Compare it with what your computer says: <code>halqa sealed public my-key</code>. If it is another one, somebody else has set it: replace it, and tell the owners.
button-replace-key = Replace the key
button-remove-key = Remove the key …
# $why: what is wrong with the text
sealing-key-unreadable =
    { $why ->
        [no-key] I find no public key in this. It begins with <code>halqa-seal-1:</code>, and nothing stands before that.
        [newer] This key was made by a newer version of Halqa than I am. Please tell whoever runs this bot.
        [cut] The end of the key is missing. Please copy all of it, down to the last letter.
       *[mistyped] The key has changed on its way: a letter is wrong, or there is something behind it. Please copy it again, all of it and nothing else.
    }
# $before and $after: fingerprints
ask-replace-key =
    <b>Replace your key?</b>

    Until now: { $before }
    From now on: <b>{ $after }</b>

    What is written from now on is sealed to the new key. What was sealed before still needs the old private key: keep its file.
button-replace-key-yes = Yes, replace it
ask-remove-key =
    <b>Remove your key?</b>

    Nothing more is sealed for you until you set one again. What was sealed before can still be opened with your private key: keep its file.
button-remove-key-yes = Yes, remove it

## Notes about people

notes =
    { $count ->
        [0] <b>There are no sealed notes about anybody whom you look after.</b>
        [one] <b>There are sealed notes about one person.</b>
       *[other] <b>There are sealed notes about { $count } people.</b>
    }
notes-find = To find somebody, send <code>/notes</code> with a part of the name behind it.
# $name: of a person; $number: of notes. On a button: plain text.
note-line = { $name } ({ $number })
notes-of = <b>Sealed notes about { $name }</b>
note-count =
    { $count ->
        [0] There is no sealed note about this person.
        [one] There is one sealed note about this person.
       *[other] There are { $count } sealed notes about this person.
    }
notes-mine =
    { $count ->
        [0] Your present key opens none of them.
        [one] Your present key opens one of them.
       *[other] Your present key opens { $count } of them.
    }
button-write-note = ✏️ Write a sealed note
button-notes-of = Sealed notes
button-get-notes = Get the sealed notes
button-remove-notes = Remove what I wrote …
# $name: of the person; $count: of notes
ask-remove-notes =
    { $count ->
        [one] <b>Remove your note about { $name }?</b>
       *[other] <b>Remove your { $count } notes about { $name }?</b>
    }

    This cannot be undone. Notes of others stay, and so do files that somebody has saved.
button-remove-notes-yes = Yes, remove what I wrote
write-note =
    <b>Your note about { $name }.</b> Write it now, as one message. It is sealed at once, and I take your message out of this chat.

    After that nobody can read it here, not even you: it is opened with a private key, on a computer of its owner. Telegram and this machine see it once, as you send it. So write no more than is needed, and no case details.

    It stays when you leave the network, without your name.
note-readers = These can open it:
note-reader = • { $name }
note-no-key =
    <b>Nothing can be sealed yet.</b>

    None of those who decide about this person has set a key. /sealing tells how; it takes a few minutes at a computer.
note-sealed = <b>Sealed.</b> I am taking your message out of this chat. If it is still there in a minute, please delete it yourself.
no-notes = There is nobody like that here, or you do not look after them.
notes-file =
    { $count ->
        [one] One sealed note.
       *[other] { $count } sealed notes.
    } To read: save the file on the computer with your private key, and type <code>halqa sealed open sealed.txt --key my-key</code>.

    The file leaves this chat after a while. Delete what you saved when you no longer need it.

## What a member leaves for an emergency

button-contact = For an emergency
contact =
    <b>For an emergency</b>

    If something happens to you, those who look for you may need your real name, and somebody to call. You can leave both here, sealed: I cannot read it afterwards, and members do not see it.
contact-readers =
    { $count ->
        [one] One person can open it, on a computer of their own: somebody who coordinates for your host, or an owner of the network.
       *[other] { $count } people can open it, on computers of their own: those who coordinate for your host, and owners of the network.
    }
contact-not-set-up = This is not set up yet: nobody who coordinates for your host has a key for it. If you would like to use it, ask a coordinator whom you know.
contact-none = You have left nothing here.
# $when: date and time
contact-since = What you left on { $when } is kept. I cannot show it again, but you can replace it or remove it.
button-write-contact = Leave something
button-replace-contact = Replace it
button-remove-contact = Remove it …
ask-contact =
    <b>Write it now, as one message:</b> your real name, whom to call, the number, and the language they speak. Please ask that person first.

    It is sealed at once, and I take your message out of this chat. Telegram and this machine see it once, as you send it. If that is too much, tell a coordinator in person instead.
contact-sealed = <b>Sealed.</b> I am taking your message out of this chat. If it is still there in a minute, please delete it yourself.
ask-remove-contact = <b>Remove what you left for an emergency?</b> This cannot be undone; you can write it again.
button-remove-contact-yes = Yes, remove it
contact-removed = What you left for an emergency is removed.

## In the file of /mydata: plain text.

export-sealing-key = Fingerprint of your key for sealed notes

## The notice of a new key

# $name: of its holder; $fingerprint: groups of digits
key-news =
    <b>{ $name } has a new key for sealed notes.</b>

    Fingerprint: <b>{ $fingerprint }</b>

    What you seal from now on can be opened with it. If you can, compare it with { $name } by another way than this chat.
key-news-over = There is nothing to compare any more.

## Kinds of delivery, in /outbox and in the file of /mydata: plain text, as few words as it takes.

delivery-sealing-key = notice of a key for sealed notes

## What stands in the audit, and in the file of /mydata: plain text, as few words as it takes.

action-contact-removed = removed what was left for an emergency
action-contact-sealed = left something for an emergency
action-sealed-note-written = a sealed note was written
action-sealed-notes-fetched = sealed notes were fetched
action-sealed-notes-removed = removed own sealed notes
action-sealing-key-removed = removed the key for sealed notes
action-sealing-key-set = set the key for sealed notes

### Topics and posts.

## Buttons. Telegram shows them as plain text, on a small screen: keep them short.
button-post = ✏️ Write a post
button-topics = 💬 Topics
button-topic = ➕ New topic

## Commands, as Telegram lists them: at most 256 characters, no markup.
command-topics = All topics: read and follow
command-post = Write a post
command-topic = Open a new topic

topics = <b>Topics</b>. Choose one to read it, follow it or write in it.
no-topics = There are no topics yet.
# $title: of the topic; $mode: how the reader follows it. A button: plain text.
topic-label =
    { $mode ->
        [digest] ✔ { $title }
        [at_once] ✔✔ { $title }
        [muted] { $title } (muted)
        [closed] { $title } (closed)
       *[none] { $title }
    }
topic = <b>{ $title }</b>
topic-mode =
    { $mode ->
        [digest] You follow this topic: its posts are in your digest.
        [at_once] You follow this topic: you are told of each post as it is written, or after your quiet hours.
        [muted] You muted this topic: its posts are not in your digest.
       *[none] You do not follow this topic.
    }
topic-closed = This topic is closed. It can be read, but not written in.
topic-followers =
    { $count ->
        [0] Fewer than 10 members follow it.
        [one] One member follows it.
       *[other] { $count } members follow it.
    }
topic-gone = This topic is not there, or is closed.
# $title: of the topic
topic-empty = Nobody has written in <b>{ $title }</b> yet.

button-write = ✏️ Write in it
button-read-latest = Read the latest
button-follow-digest = Follow in my digest
button-follow-at-once = Tell me of each post at once
button-mute = Mute
button-leave-topic = Stop following
button-close-topic = Close the topic
button-reopen-topic = Open it again
button-open-topic = See the topic
ask-close-topic =
    <b>Close “{ $title }”?</b>

    Everybody can still read it, nobody can write in it. You can open it again.
button-close-topic-yes = Yes, close “{ $title }”

choose-topic = <b>In which topic do you want to write?</b>
write-post =
    Write your post for <b>{ $title }</b> now: as text, or as a photo with a few words under it. You see it once more before it goes out.

    No case details, please: no names of clients or witnesses, nothing that leads to them.
# $length and $most: numbers
post-too-long =
    { $length ->
        [0] This looks like the rest of the text that was too long. Nothing of it was kept: please send a shorter one, of at most { $most } characters.
       *[other] This is too long: { $length } characters. A post has at most { $most }. Nothing was sent; please shorten it.
    }
# $title: of the topic; $name: of the author; $count: followers
preview =
    <b>This is how it will stand in “{ $title }”</b>, signed “{ $name }”. { $count ->
        [0] Fewer than 10 members follow this topic.
        [one] One member follows this topic.
       *[other] { $count } members follow this topic.
    }
preview-goes-on = <i>… and so on. It is too long to be shown here in full; all of it goes out.</i>
button-send-post = Send it to “{ $title }”
posted = Sent to <b>{ $title }</b>.
button-take-back = Take it back
taken-back = Taken back. Whoever has not read it yet will not see it any more.
post-gone = This post is not there any more.

ask-topic-title = <b>What is the new topic called?</b> A few words, such as “Detention and protection”.
ask-topic-purpose = <b>What is “{ $title }” for?</b> One or two sentences for the members.
topic-exists = There is an open topic called “{ $title }” already. Please choose another title.
button-no-purpose = Leave it empty
topic-opened = <b>{ $title }</b> is open. Members see it under /topics.
preview-replaces = <i>This takes the place of what you had written before.</i>
# $when: date and time
posts-full = You have posted a lot: at most ten posts go out in an hour and forty in a day, so that no phone is flooded. You can post again from { $when } on. What you have written stays here; a coordinator can lift the limit for a day.
# On the entry of a member. $when: date and time; $name: of the member
quota-lifted-until = For them the limit of posts is lifted until { $when }.
quota-lifted = For { $name } the limit of posts is lifted until { $when }.
button-lift-quota = Lift the limit of posts for a day

## Kinds of delivery, in /outbox and in the file of /mydata: plain text, as few words as it takes.

delivery-post = notice of a post

## What stands in the audit, and in the file of /mydata: plain text, as few words as it takes.

action-post-limit-lifted = lifted the limit of posts
action-post-taken-back = took a post back
action-posted = wrote a post
action-topic-closed = closed a topic
action-topic-opened = opened a topic
action-topic-reopened = opened a topic again

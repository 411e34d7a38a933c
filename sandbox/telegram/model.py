"""The model: one bot, the people who can talk to it, their chats, and the updates that result.

It holds what a person does and what both sides see. What a bot may do, and how it is refused, is in `sandbox.bot_api`.
Nothing is written to disk.
"""

import copy
from datetime import timedelta
from typing import Any, Self

from sandbox.telegram import api_objects
from sandbox.telegram.changes import Changes
from sandbox.telegram.clock import Clock
from sandbox.telegram.entities import Entity, finish
from sandbox.telegram.faults import Faults
from sandbox.telegram.files import Files
from sandbox.telegram.profile import Profile
from sandbox.telegram.records import CallbackQuery, Chat, Json, Message, Person, Toast
from sandbox.telegram.updates import Updates

TOASTS_KEPT = 100


class NotPossible(Exception):
    """An action that a person's client does not allow; the message is the reason."""


class Telegram:
    """One bot and everybody who can talk to it."""

    def __init__(self, *, clock: Clock, faults: Faults, bot_id: int, bot_name: str, bot_username: str) -> None:
        self.clock = clock
        self.faults = faults
        self.bot_id = bot_id
        self.bot_username = bot_username
        self.profile = Profile(bot_name)
        self.files = Files()
        self.updates = Updates(clock, faults)
        self.changes = Changes()  # of the whole model; each chat has its own besides
        self.chats: dict[int, Chat] = {}
        self.callback_queries: dict[str, CallbackQuery] = {}
        self.callback_lifetime = timedelta(seconds=15)  # how long after a button is pressed its answer is accepted
        self._message_id = 0  # the last one given; one sequence for all private chats of a bot, as in Telegram
        self._toast_id = 0

    def bot_user(self) -> Json:
        """The bot as a User."""
        name = self.profile.name("")
        return {"id": self.bot_id, "is_bot": True, "first_name": name, "username": self.bot_username}

    def close(self) -> None:
        """End all long polls."""
        for changes in (self.changes, self.updates.changes, *(chat.changes for chat in self.chats.values())):
            changes.close()

    def copied(self) -> Self:
        """An independent copy: people, messages, files, updates, faults, and a clock that shows the same time.

        Nothing that happens in one is seen in the other. Waiting calls stay with the original.
        """
        return copy.deepcopy(self)

    # What people do.

    def add_person(self, first_name: str, **details: Any) -> Person:
        """Create an account with an empty chat. Ids need more than 32 bits, as real ones do."""
        person = Person(id=7_100_000_000 + (len(self.chats) + 1) * 104_729, first_name=first_name, **details)
        self.chats[person.id] = Chat(person, instance=str(-(person.id * 1_000_003 % 2**62)))
        self.touch(self.chats[person.id])
        return person

    def write(self, chat: Chat, text: str, **fields: Any) -> Message:
        """A person sends a message; `fields` are those of `Message`. Raises NotPossible where they blocked the bot."""
        if chat.person.blocked:
            raise NotPossible("this person has blocked the bot and would have to unblock it first")
        text, entities = finish(text, [])
        chat.person.started = True
        message = self.append(chat, text, entities, by_bot=False, **fields)
        self.updates.add("message", chat.person.id, api_objects.message(message, chat, self.bot_user()))
        return message

    def rewrite(self, chat: Chat, message: Message, text: str) -> None:
        """A person edits a message of theirs; raises NotPossible where the client does not allow it."""
        text, entities = finish(text, [])
        if chat.person.blocked or message.by_bot or text == message.text or not (text or message.has_media):
            raise NotPossible("this message cannot be edited like this")
        message.text, message.entities = text, entities
        self.mark_edited(chat, message)
        self.updates.add("edited_message", chat.person.id, api_objects.message(message, chat, self.bot_user()))

    def press(self, chat: Chat, message: Message, data: str) -> CallbackQuery:
        """A person presses a button; raises NotPossible without such a button now, or where they blocked the bot."""
        if all(button.get("callback_data") != data for row in message.keyboard for button in row):
            raise NotPossible("this message has no such button now")
        if chat.person.blocked:
            raise NotPossible("this person has blocked the bot")
        identity = str((chat.person.id << 24) + len(self.callback_queries) + 1)
        press = CallbackQuery(identity, chat.person.id, message.id, self.clock.now())
        self.callback_queries[identity] = press
        self.touch(chat)
        query = api_objects.callback_query(press, message, chat, self.bot_user(), data)
        self.updates.add("callback_query", chat.person.id, query)
        return press

    def read(self, chat: Chat) -> None:
        """A person opens the chat: no message is unread any more."""
        for message in chat.messages.values():
            message.unread = False
        self.touch(chat)

    def block(self, chat: Chat, blocked: bool) -> None:
        """A person blocks or unblocks the bot. The bot gets an update if they ever wrote to it."""
        before, chat.person.blocked = chat.person.blocked, blocked
        self.touch(chat)
        if before == blocked or not chat.person.started:
            return
        bot = self.bot_user()
        change = {
            "chat": api_objects.chat(chat.person),
            "from": api_objects.user(chat.person),
            "date": int(self.clock.now().timestamp()),
            "old_chat_member": api_objects.chat_member(bot, blocked=before),
            "new_chat_member": api_objects.chat_member(bot, blocked=blocked),
        }
        self.updates.add("my_chat_member", chat.person.id, change)

    def clear(self, chat: Chat) -> None:
        """A person clears the chat on their side; the bot's side keeps the messages."""
        for message in chat.messages.values():
            message.cleared, message.unread = True, False
        chat.toasts.clear()
        self.touch(chat)

    # What either side sees.

    def append(self, chat: Chat, text: str, entities: list[Entity], *, by_bot: bool, **fields: Any) -> Message:
        """Add a message at the end of a chat."""
        now = self.clock.now()
        self._message_id += 1
        message = Message(self._message_id, chat.person.id, by_bot, now, text, entities, **fields)
        message.unread = by_bot
        chat.messages[message.id] = message
        self.touch(chat, message)
        return message

    def mark_edited(self, chat: Chat, message: Message, *, text_changed: bool = True) -> None:
        """Date an edit. A change of buttons alone is not marked as edited for the person."""
        message.edit_date = self.clock.now()
        message.edited = message.edited or text_changed
        self.touch(chat, message)

    def remove(self, chat: Chat, message: Message) -> None:
        """Delete a message for both sides."""
        del chat.messages[message.id]
        self.touch(chat)

    def toast(self, query: CallbackQuery, text: str, alert: bool) -> None:
        """Show the text of an answered callback query; with an empty text the button only stops waiting."""
        chat = self.chats[query.person_id]
        self.touch(chat)
        self._toast_id += 1
        chat.toasts.append(Toast(self._toast_id, text, alert, self.changes.revision))
        del chat.toasts[:-TOASTS_KEPT]

    def touch(self, chat: Chat | None = None, message: Message | None = None) -> None:
        """Count a change of the model, of a chat and of a message in it, and wake the long polls that wait for it."""
        revision = self.changes.revision + 1
        if message is not None:
            message.revision = revision
        if chat is not None:
            chat.changes.advance_to(revision)
        self.changes.advance_to(revision)

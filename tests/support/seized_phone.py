"""What somebody who holds a phone finds in the chat with the bot."""

from bot.demo.stage import Stage
from bot.language.texts import LANGUAGES, texts_in
from sandbox.telegram.records import Message

# Sentences without a name, a host, a topic, the network's name or anybody's words.
SAYS_NOTHING = ("knock", "blank", "resume", "delete-yourself", "suspended", "greeting", "choose-language")


def found(stage: Stage, *, but: tuple[str, ...] = ()) -> list[str]:
    """Everything in all chats that names somebody or something, or that a person typed: who, and the text.

    `but`: more messages that may be there, by the sentence that they are.
    """
    harmless = {texts_in(language)(each) for language in LANGUAGES for each in (*SAYS_NOTHING, *but)}
    return [
        f"{chat.person.first_name}: {message.text}"
        for chat in stage.sandbox.telegram.chats.values()
        for message in chat.messages.values()
        if not _says_nothing(message, harmless)
    ]


def _says_nothing(message: Message, harmless: set[str]) -> bool:
    languages = "\n".join(texts_in(language)("choose-language") for language in LANGUAGES)
    if message.document is not None and message.by_bot:  # a file whose content was replaced
        return not message.text and message.document.data.decode(errors="replace") in harmless
    return message.by_bot and not message.has_media and message.text in (*harmless, languages)


def shown_to(stage: Stage, telegram_id: int) -> list[str]:
    """The texts in one chat, of both sides."""
    return [message.text for message in stage.sandbox.telegram.chats[telegram_id].messages.values()]

"""Objects of the control API as JSON, made from the records, for the page and for the driver in Python."""

from typing import Any

from sandbox.telegram.model import Telegram
from sandbox.telegram.records import Chat, Json, Message, Person, StoredFile

EXCERPT = 80  # characters of the newest message in the list of people


def person(chat: Chat) -> Json:
    """An entry in the list of people, with the newest message of their chat."""
    it = chat.person
    newest = next(reversed(list(chat.live())), None)
    return {
        **_account(it),
        "unread": sum(message.unread for message in chat.live()),
        "last": _excerpt(newest) if newest else "",
        "last_at": int(newest.date.timestamp()) if newest else None,
    }


def chat(telegram: Telegram, it: Chat) -> Json:
    """All that one person sees, messages oldest first."""
    return {
        "revision": it.changes.revision,
        "messages": [message(one) for one in it.live()],
        "toasts": [
            {"id": toast.id, "text": toast.text, "alert": toast.alert, "revision": toast.revision}
            for toast in it.toasts
        ],
        "commands": telegram.profile.menu_for(it.person),
        "description": telegram.profile.description(it.person.language_code or ""),
    }


def message(it: Message) -> Json:
    """A message; a caption is in `text`."""
    answer: Json = {
        "id": it.id,
        "by_bot": it.by_bot,
        "date": int(it.date.timestamp()),
        "text": it.text,
        "entities": it.entities,
        "keyboard": [[_button(button) for button in row] for row in it.keyboard],
        "edited": it.edited,
        "protected": it.protected,
        "previews": it.previews,
        "unread": it.unread,
        "silent": it.silent,
        "revision": it.revision,
    }
    if it.photo:
        answer["photo"] = {"file_id": it.photo.file_id, "width": it.photo.width, "height": it.photo.height}
    if it.document:
        answer["document"] = _document(it.document)
    if it.kind:
        answer["kind"] = it.kind
    return answer


def state(telegram: Telegram, can: dict[str, bool]) -> Json:
    """The state of the whole sandbox. `can`: which requests the server supports."""
    profile = telegram.profile
    return {
        "revision": telegram.changes.revision,
        "now": telegram.clock.now().isoformat(timespec="seconds"),
        "bot": {
            "id": telegram.bot_id,
            "name": profile.name(""),
            "username": telegram.bot_username,
            "description": profile.description(""),
            "short_description": profile.short_description(""),
        },
        "people": [person(chat) for chat in telegram.chats.values()],
        "faults": telegram.faults.as_json(),
        "can": can,
    }


def _account(it: Person) -> dict[str, Any]:
    return {
        "id": it.id,
        "first_name": it.first_name,
        "last_name": it.last_name,
        "username": it.username,
        "language_code": it.language_code,
        "about": it.about,
        "blocked": it.blocked,
    }


def _document(file: StoredFile) -> Json:
    return {
        "file_id": file.file_id,
        "file_name": file.name,
        "file_size": len(file.data),
        "mime_type": file.mime_type,
    }


def _button(button: Json) -> Json:
    answer = {"text": button["text"]}
    if "callback_data" in button:
        answer["data"] = button["callback_data"]
    if "url" in button:
        answer["url"] = button["url"]
    return answer


def _excerpt(it: Message) -> str:
    words = it.text or (it.document.name if it.document else "") or ("photo" if it.photo else it.kind or "")
    return " ".join(words.split())[:EXCERPT]

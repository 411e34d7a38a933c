"""Objects of the Bot API as JSON, made from the records. Optional fields without a value are left out."""

from sandbox.telegram.records import CallbackQuery, Chat, Json, Message, Person, StoredFile


def present(**fields: object) -> Json:
    """The fields whose value is not None and not empty."""
    return {name: value for name, value in fields.items() if value not in (None, "", [], {})}


def user(person: Person) -> Json:
    """User, of a person."""
    return {"id": person.id, "is_bot": False} | present(
        first_name=person.first_name,
        last_name=person.last_name,
        username=person.username,
        language_code=person.language_code,
    )


def chat(person: Person) -> Json:
    """Chat, of type private."""
    return {"id": person.id, "type": "private"} | present(
        first_name=person.first_name, last_name=person.last_name, username=person.username
    )


def full_chat(person: Person) -> Json:
    """ChatFullInfo of a private chat (getChat)."""
    return {
        **chat(person),
        **present(bio=person.about, active_usernames=[person.username] if person.username else None),
        "accent_color_id": person.id % 7,
        "max_reaction_count": 11,
        "accepted_gift_types": {
            "unlimited_gifts": True,
            "limited_gifts": True,
            "unique_gifts": True,
            "premium_subscription": True,
            "gifts_from_channels": True,
        },
    }


def photo_size(photo: StoredFile) -> Json:
    """PhotoSize of a picture; the sandbox keeps the original alone, no smaller sizes."""
    return {
        "file_id": photo.file_id,
        "file_unique_id": photo.unique_id,
        "width": photo.width,
        "height": photo.height,
        "file_size": len(photo.data),
    }


def document(file: StoredFile) -> Json:
    """Document."""
    return {
        "file_id": file.file_id,
        "file_unique_id": file.unique_id,
        "file_name": file.name,
        "mime_type": file.mime_type,
        "file_size": len(file.data),
    }


def message(it: Message, in_chat: Chat, bot: Json, *, with_reply: bool = True) -> Json:
    """Message, of a chat with the bot, whose User is `bot`. The message that it replies to is included once."""
    answer: Json = {
        "message_id": it.id,
        "from": bot if it.by_bot else user(in_chat.person),
        "chat": chat(in_chat.person),
        "date": int(it.date.timestamp()),
    }
    if it.edit_date is not None:
        answer["edit_date"] = int(it.edit_date.timestamp())
    replied = in_chat.messages.get(it.reply_to) if it.reply_to else None
    if replied is not None and with_reply:
        answer["reply_to_message"] = message(replied, in_chat, bot, with_reply=False)
    words = ("caption", "caption_entities") if it.has_media else ("text", "entities")
    answer |= present(**dict(zip(words, (it.text, it.entities), strict=True)))
    if it.photo:
        answer["photo"] = [photo_size(it.photo)]
    if it.document:
        answer["document"] = document(it.document)
    if it.kind:
        answer[it.kind] = it.extra
    if it.preview_options is not None:
        answer["link_preview_options"] = it.preview_options
    if it.protected:
        answer["has_protected_content"] = True
    if it.keyboard:
        answer["reply_markup"] = {"inline_keyboard": it.keyboard}
    return answer


def callback_query(press: CallbackQuery, pressed: Message, in_chat: Chat, bot: Json, data: str) -> Json:
    """CallbackQuery, with the whole message that the button belongs to."""
    return {
        "id": press.id,
        "from": user(in_chat.person),
        "message": message(pressed, in_chat, bot),
        "chat_instance": in_chat.instance,
        "data": data,
    }


def chat_member(who: Json, *, blocked: bool) -> Json:
    """ChatMember of a private chat: Telegram reports a blocked bot as `kicked`."""
    if blocked:
        return {"user": who, "status": "kicked", "until_date": 0}
    return {"user": who, "status": "member"}

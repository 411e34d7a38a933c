"""The content of a message, checked as Telegram does: text with entities, link previews, inline keyboards."""

from typing import Any

from sandbox.bot_api.parameters import Call
from sandbox.telegram.api_errors import bad_request
from sandbox.telegram.entities import KNOWN, Entity, finish, from_html, units
from sandbox.telegram.markup_parser import MarkupError
from sandbox.telegram.records import Json

LONGEST_TEXT = 4096  # UTF-16 units after entity parsing (Bot API, sendMessage)
LONGEST_CAPTION = 1024  # UTF-16 units after entity parsing (Bot API, sendPhoto)
LONGEST_DATA = 64  # bytes (Bot API, InlineKeyboardButton)
MOST_BUTTONS = 100


def text(call: Call) -> tuple[str, list[Entity]]:
    """The text of a message: 1 to 4,096 UTF-16 units."""
    words, entities = _formatted_text(call, "text", "entities")
    if not words:
        raise bad_request("message text is empty")
    if units(words) > LONGEST_TEXT:
        raise bad_request("message is too long")
    return words, entities


def caption(call: Call) -> tuple[str, list[Entity]]:
    """The caption of a picture or a document: 0 to 1,024 UTF-16 units."""
    words, entities = _formatted_text(call, "caption", "caption_entities")
    if units(words) > LONGEST_CAPTION:
        raise bad_request("message caption is too long")
    return words, entities


def preview_options(call: Call) -> Json | None:
    """LinkPreviewOptions, or None where they are not given; the older disable_web_page_preview is supported too."""
    if call.flag("disable_web_page_preview"):
        return {"is_disabled": True}
    options = call.structure("link_preview_options", "can't parse link preview options JSON object")
    if options is None:
        return None
    if not isinstance(options, dict):
        raise bad_request("object expected as link preview options")
    return options


def keyboard(call: Call) -> list[list[Json]]:
    """The inline keyboard; empty where none is given. Other reply markups are refused by this sandbox."""
    markup = call.structure("reply_markup", "can't parse reply keyboard markup JSON object")
    if markup is None:
        return []
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" not in markup:
        raise bad_request("this sandbox shows inline keyboards only")
    rows = markup["inline_keyboard"]
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request('field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays')
    if sum(len(row) for row in rows) > MOST_BUTTONS:
        raise bad_request("REPLY_MARKUP_TOO_LONG")
    return [[_button(button) for button in row] for row in rows if row]


def _button(button: Any) -> Json:
    complaint = "can't parse inline keyboard button: "
    if not isinstance(button, dict):
        raise bad_request(complaint + "InlineKeyboardButton must be an Object")
    given = {name: value for name, value in button.items() if value is not None}
    label = given.get("text")
    if label is None:
        raise bad_request(complaint + 'Can\'t find field "text"')
    for name in ("text", "callback_data", "url"):
        if not isinstance(given.get(name, ""), str):
            raise bad_request(complaint + f'Field "{name}" must be of type String')
    if not label.strip():
        raise bad_request("BUTTON_TEXT_INVALID")
    if "url" in given:
        if not given["url"].startswith(("http://", "https://", "tg://")):
            raise bad_request("BUTTON_URL_INVALID")
        return {"text": label, "url": given["url"]}
    if "callback_data" in given:
        if not 1 <= len(given["callback_data"].encode()) <= LONGEST_DATA:
            raise bad_request("BUTTON_DATA_INVALID")
        return {"text": label, "callback_data": given["callback_data"]}
    raise bad_request(complaint + "Text buttons are unallowed in the inline keyboard")


def _formatted_text(call: Call, field: str, entities_field: str) -> tuple[str, list[Entity]]:
    raw = call.text(field)
    mode = call.text("parse_mode").lower()
    if not mode:
        return finish(raw, _given_entities(call, entities_field, raw))
    if mode in ("markdown", "markdownv2"):
        raise bad_request(f"can't parse entities: {call.text('parse_mode')} is not spoken in this sandbox; use HTML")
    if mode != "html":
        raise bad_request("unsupported parse_mode")
    try:
        return finish(*from_html(raw))
    except MarkupError as error:
        raise bad_request(f"can't parse entities: {error}") from None


def _given_entities(call: Call, field: str, raw: str) -> list[Entity]:
    given = call.structure(field, f"can't parse {field} JSON object")
    if given is None:
        return []
    if not isinstance(given, list) or not all(isinstance(entity, dict) for entity in given):
        raise bad_request("message entities must be an Array of Objects")
    entities = []
    for entity in given:
        offset, length = entity.get("offset"), entity.get("length")
        if not isinstance(offset, int) or not isinstance(length, int):
            raise bad_request("can't parse MessageEntity: offset and length must be of type Number")
        if offset < 0 or length < 0 or offset + length > units(raw):
            raise bad_request("ENTITY_BOUNDS_INVALID")
        if entity.get("type") == "text_link" and not isinstance(entity.get("url"), str):
            raise bad_request('can\'t parse MessageEntity: field "url" must be of type String')
        if entity.get("type") in KNOWN and length:
            entities.append({name: value for name, value in entity.items() if value is not None})
    return entities

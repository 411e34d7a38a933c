"""What a person can send besides text: the objects of the Bot API for voice, location, contact, sticker, video."""

from typing import Any

from sandbox.telegram.files import Files, Upload
from sandbox.telegram.records import Json, Person

KINDS = ("voice", "video", "sticker", "location", "contact")
_FILES = {
    "voice": ("voice.oga", "audio/ogg"),
    "video": ("video.mp4", "video/mp4"),
    "sticker": ("sticker.webp", "image/webp"),
}
_DEFAULTS: dict[str, Json] = {
    "voice": {"duration": 3, "mime_type": "audio/ogg"},
    "video": {"duration": 3, "width": 320, "height": 240, "mime_type": "video/mp4"},
    "sticker": {
        "type": "regular",
        "width": 512,
        "height": 512,
        "is_animated": False,
        "is_video": False,
        "emoji": "🙂",
    },
    "location": {"latitude": 0.0, "longitude": 0.0},
    "contact": {"phone_number": "+0000000000"},
}


def attachment(kind: str, fields: dict[str, Any], person: Person, files: Files) -> Json:
    """The object of that kind: default values, replaced by `fields`. A few bytes are stored where it has a file.

    Raises ValueError for a field that the kind does not have.
    """
    made: Json = {}
    if kind in _FILES:
        name, mime_type = _FILES[kind]
        file = files.add(kind, Upload(name, mime_type, kind.encode()))
        made = {"file_id": file.file_id, "file_unique_id": file.unique_id, "file_size": len(file.data)}
    if kind == "contact":
        made = {"first_name": person.first_name, "user_id": person.id}
    unknown = set(fields) - set(_DEFAULTS[kind]) - set(made) - {"last_name", "vcard", "horizontal_accuracy"}
    if unknown:
        raise ValueError(f"a {kind} has no {', '.join(sorted(unknown))}")
    return {**made, **_DEFAULTS[kind], **fields}

"""A chat as one person sees it: messages as records, and the whole chat as text."""

from dataclasses import dataclass
from typing import Any

from sandbox.telegram.entities import to_html

_ISOLATES = dict.fromkeys(range(0x2066, 0x206A))


@dataclass(frozen=True)
class ShownMessage:
    """One message as the control API describes it. With a picture or a document, `text` is the caption."""

    id: int
    by_bot: bool
    text: str
    html: str
    buttons: tuple[tuple[str, ...], ...]  # labels per row
    data: dict[str, str]  # label -> callback data
    photo: str | None  # file id
    document: dict[str, str] | None  # file_id, file_name
    kind: str | None  # voice, location, contact, sticker, video
    protected: bool
    edited: bool
    previews: bool  # False where link previews were switched off
    silent: bool
    date: int  # Unix time of the sandbox
    revision: int


def plain(text: str) -> str:
    """Text without direction isolates."""
    return text.translate(_ISOLATES)


def read_message(given: dict[str, Any]) -> ShownMessage:
    """A message from the JSON of the control API."""
    document = given.get("document")
    return ShownMessage(
        id=given["id"],
        by_bot=given["by_bot"],
        text=given["text"],
        html=to_html(given["text"], given["entities"]),
        buttons=tuple(tuple(plain(button["text"]) for button in row) for row in given["keyboard"]),
        data={plain(b["text"]): b["data"] for row in given["keyboard"] for b in row if "data" in b},
        photo=given["photo"]["file_id"] if "photo" in given else None,
        document={name: document[name] for name in ("file_id", "file_name")} if document else None,
        kind=given.get("kind"),
        protected=given["protected"],
        edited=given["edited"],
        previews=given["previews"],
        silent=given["silent"],
        date=given["date"],
        revision=given["revision"],
    )


def transcript(name: str, mark: int, chat: dict[str, Any]) -> str:
    """The chat as text; lines of what came or changed after the mark begin with a star."""
    lines = [f"--- the chat of {name}; * is new since they last did something ---"]
    for message in chat["messages"]:
        star = "*" if message["revision"] > mark else " "
        speaker = "bot" if message["by_bot"] else name
        notes = [note for note in ("edited", "protected", "silent") if message[note]]
        notes += [thing for thing in ("photo", "document") if thing in message]
        notes += [message["kind"]] if "kind" in message else []
        remark = f" ({', '.join(notes)})" if notes else ""
        first, *others = message["text"].split("\n")
        lines.append(f"{star} [{message['id']}] {speaker}{remark}: {first}")
        lines += [f"        {line}" for line in others]
        lines += ["        " + " ".join(f"[{button['text']}]" for button in row) for row in message["keyboard"]]
    for toast in (toast for toast in chat["toasts"] if toast["text"]):
        star = "*" if toast["revision"] > mark else " "
        lines.append(f"{star} notice: {toast['text']}")
    if not chat["messages"]:
        lines.append("  (empty)")
    return "\n".join(lines)

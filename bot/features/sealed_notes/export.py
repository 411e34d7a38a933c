"""Sealed notes in the file of `/mydata`: their times and kinds, and the person's own public key."""

from bot.conversation.request import Request
from storage.records import sealed_notes


async def notes(request: Request) -> list[str]:
    texts, me = request.texts, request.me
    key = await sealed_notes.key_of(request.tx, me)
    fingerprint = (
        [texts.plain("export-line", what=texts.plain("export-sealing-key"), value=key.public.fingerprint)]
        if key
        else []
    )
    return fingerprint + [
        texts.plain("export-sealed-note", when=texts.when(note.written_at, me.zone), kind=note.kind)
        for note in await sealed_notes.about(request.tx, me)
    ]

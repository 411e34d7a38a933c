"""`/mydata`: all that is stored about a person, as a file that they can read (GDPR, articles 15 and 20).

This module has the file as a whole and the person's own row; each feature exports its own tables.
"""

from datetime import datetime

from bot.conversation.people import host_name
from bot.conversation.request import Request
from bot.language.texts import Texts
from bot.language.timezones import lookup
from storage.records import hosts
from storage.records.people import renames

RULE = "-" * 40


async def export(request: Request) -> bytes:
    """A text file in the person's language, UTF-8 with a mark, so that old phones and Windows read its letters."""
    texts = request.texts
    made = texts.plain("export-line", what=texts.plain("export-made"), value=texts.when(request.now, request.me.zone))
    sections = [
        [texts.plain("export-title", network=request.network.name), made],
        *await request.network.catalog.export(request),
    ]
    text = f"\n\n{RULE}\n\n".join(
        "\n".join(section if len(section) > 1 else [*section, texts.plain("export-nothing")]) for section in sections
    )
    return ("\ufeff" + _without_isolates(texts, text) + "\n").encode()


async def identity(request: Request) -> list[str]:
    """The person's own row: who they are, how they became a member, and their settings."""
    texts, me = request.texts, request.me

    def line(what: str, value: object) -> str:
        return texts.plain("export-line", what=texts.plain("export-" + what), value="" if value is None else str(value))

    def moment(what: str, when: datetime | None) -> str:
        return line(what, None if when is None else texts.when(when, me.zone))

    host = await hosts.get(request.tx, me.host_id) if me.host_id else None
    former = await renames.of(request.tx, me.id, request.now)
    return [
        line("telegram-id", me.telegram_id),
        line("name", me.name),
        *([line("former-name", former.former)] if former else []),
        line("host", host_name(texts, host) if host or me.independent else None),
        line("reason", me.application.reason),
        line("language", texts.locale.get_display_name(texts.language)),
        line("zone", lookup.city(me.zone, texts.language) if me.zone else None),
        line("state", texts.plain("state", state=me.state)),
        line("role", texts.plain("role", role=me.role)),
        moment("agreed", me.application.agreed_at),
        moment("applied", me.application.applied_at),
        moment("decided", me.application.decided_at),
        line("quiet", f"{texts.clock(me.preferences.quiet_from)} – {texts.clock(me.preferences.quiet_until)}"),
        line("urgent", texts.plain("export-urgent-yes" if me.preferences.urgent_in_quiet else "export-urgent-no")),
        line("cadence", texts.plain("cadence", cadence=me.digest.cadence)),
        line("hour", texts.clock(me.digest.minute)),
        moment("next-digest", me.digest.due_at),
    ]


async def draft(request: Request) -> list[str]:
    """The text of an unfinished draft."""
    return [request.draft.body] if request.draft and request.draft.body else []


def _without_isolates(texts: Texts, text: str) -> str:
    """Files are read by programs that draw the isolating marks as boxes; in our own they are not needed per line."""
    return text if texts.right_to_left else text.translate(dict.fromkeys(range(0x2066, 0x206A)))

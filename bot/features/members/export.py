"""Everything that is held about a person, as a file they can read (GDPR, articles 15 and 20)."""

from bot.conversation.request import Request
from bot.language.texts import Texts
from bot.language.timezones import lookup
from storage.records import audit, digests, hosts, outbox, posts, sealed_notes, subscriptions, topics
from storage.records.announcements import announcements
from storage.records.audit import Entry

RULE = "-" * 40


async def export(request: Request) -> bytes:
    """A text file in the person's language, UTF-8 with a mark, so that old phones and Windows read its letters."""
    texts, tx, me = request.texts, request.tx, request.me

    def line(what: str, value: object) -> str:
        return texts.plain("export-line", what=texts.plain("export-" + what), value="" if value is None else str(value))

    def moment(what: str, when: object) -> str:
        return line(what, None if when is None else texts.when(when, me.zone))  # type: ignore[arg-type]

    host = await hosts.get(tx, me.host_id) if me.host_id else None
    titles = {topic.id: topic.title for topic in await topics.everything(tx)}
    acts = await audit.about(tx, me.id)
    key = await sealed_notes.key_of(tx, me)

    def _acts(heading: str, entries: list[Entry]) -> list[str]:
        return [texts.plain(heading)] + [
            texts.plain(
                "export-action",
                when=texts.when(entry.at, me.zone),
                what=texts.plain("audit-action", action=entry.action),
            )
            for entry in entries
        ]

    sections = [
        [texts.plain("export-title", network=request.network.name), moment("made", request.now)],
        [
            line("telegram-id", me.telegram_id),
            line("name", me.name),
            line("host", host.name if host else texts.plain("no-host") if me.independent else None),
            line("reason", me.reason),
            line("language", texts.locale.get_display_name(texts.language)),
            line("zone", lookup.city(me.zone, texts.language) if me.zone else None),
            line("state", texts.plain("state", state=me.state)),
            line("role", texts.plain("role", role=me.role)),
            moment("agreed", me.agreed_at),
            moment("applied", me.applied_at),
            moment("decided", me.decided_at),
            line("quiet", f"{texts.clock(me.quiet_from)} – {texts.clock(me.quiet_until)}"),
            line("urgent", texts.plain("export-urgent-yes" if me.urgent_in_quiet else "export-urgent-no")),
            line("cadence", texts.plain("cadence", cadence=me.cadence)),
            line("hour", texts.clock(me.digest_minute)),
            moment("next-digest", me.digest_due_at),
            *([line("sealing-key", key.public.fingerprint)] if key else []),
        ],
        [texts.plain("export-subscriptions")]
        + [
            texts.plain("topic-label", title=titles.get(topic, ""), way=way)
            for topic, way in (await subscriptions.of(tx, me.id)).items()
        ],
        [texts.plain("export-posts")]
        + [
            texts.plain(
                "export-post",
                topic=titles.get(post.topic_id, ""),
                when=texts.when(post.written_at, me.zone),
                body=post.body,
                photo="yes" if post.photo else "no",
            )
            for post in await posts.by(tx, me.id)
        ],
        [texts.plain("export-announcements")]
        + [
            texts.plain(
                "export-announcement",
                when=texts.when(announcement.began_at or announcement.changed_at, me.zone),
                state=announcement.state,
                body=version.body,
            )
            for announcement in await announcements.by(tx, me.id)
            for version in await announcements.words(tx, announcement.id)
        ],
        [texts.plain("export-sealed")]
        + [
            texts.plain("export-sealed-note", when=texts.when(note.written_at, me.zone), kind=note.kind)
            for note in await sealed_notes.about(tx, me)
        ],
        [texts.plain("export-draft")] + ([request.draft.body] if request.draft and request.draft.body else []),
        [texts.plain("export-digests")]
        + [texts.when(digest.created_at, me.zone) for digest in await digests.of(tx, me.id)],
        [texts.plain("export-outbox")]
        + [
            texts.plain("export-notice", when=texts.when(due, me.zone), kind=kind, state=state)
            for kind, state, due in await outbox.of(tx, me.id)
            if not kind.endswith(("close", "progress"))
        ],
        _acts("export-acts", [entry for entry in acts if entry.actor_id == me.id]),
        _acts("export-audit", [entry for entry in acts if entry.actor_id != me.id]),
    ]
    text = f"\n\n{RULE}\n\n".join(
        "\n".join(section if len(section) > 1 else [*section, texts.plain("export-nothing")]) for section in sections
    )
    return ("\ufeff" + _without_isolates(texts, text) + "\n").encode()


def _without_isolates(texts: Texts, text: str) -> str:
    """Files are read by programs that draw the isolating marks as boxes; in our own they are not needed per line."""
    return text if texts.right_to_left else text.translate(dict.fromkeys(range(0x2066, 0x206A)))

"""Whom a coordinator may stop: by the button of an entry, or by a typed name.

Somebody of another host, somebody whom the coordinator may not stop, and nobody get the same answer.
"""

from collections.abc import Awaitable, Callable, Sequence

from bot.conversation import shared_screens
from bot.conversation.people import host_seen_by, may_stop, shown_name
from bot.conversation.request import Refusal, Request
from bot.conversation.screen import Button, ButtonAction, Screen, column
from bot.language.confusables import skeleton
from bot.language.normalize import fold, one_line
from storage.records import audit
from storage.records.people import member_list, members
from storage.records.people.member import Member, MemberState
from storage.records.safety import freezes

IN = frozenset({MemberState.ACTIVE, MemberState.PAUSED})
SUSPENDED = frozenset({MemberState.SUSPENDED})
LISTED = IN | SUSPENDED
MOST_FOUND = 30


async def find(request: Request, member_id: bytes, states: frozenset[MemberState] = LISTED) -> Member:
    """The member of a button, in one of these states. Raises `Refusal`."""
    person = await members.find_readable(request.tx, member_id)
    person = person and await freezes.as_seen(request.tx, person)
    if person is None or person.state not in states or not may_stop(request.me, person):
        raise Refusal(nobody(request))
    return person


async def by_name(
    request: Request,
    states: frozenset[MemberState],
    ask: Callable[[Request, Member], Awaitable[Screen]],
    action: Callable[[bytes], ButtonAction],
) -> Screen:
    """The question about the one member of a typed name; where several have it or one like it, a choice of them.

    Raises `Refusal`.
    """
    wanted, alike = fold(request.text), skeleton(one_line(request.text))

    def matches(name: str) -> bool:
        return bool(wanted and wanted in fold(name)) or skeleton(name) == alike

    found = [
        person
        for person in await member_list.search(request.tx, host_seen_by(request.me), matches, limit=MOST_FOUND)
        if person.state in states and may_stop(request.me, person)
    ]
    await audit.record(request.tx, "members-listed", request.me.id, None, request.now)
    if not found:
        raise Refusal(nobody(request))
    if len(found) == 1:
        return await ask(request, found[0])
    return _choice(request, found, action)


def _choice(request: Request, found: Sequence[Member], action: Callable[[bytes], ButtonAction]) -> Screen:
    texts = request.texts

    def label(person: Member) -> str:
        since = person.application.decided_at or person.application.agreed_at
        return texts.plain("member-choice", name=shown_name(person), when=texts.when_short(since, request.me.zone))

    return Screen(
        texts("which-member"),
        column(
            *(Button(label(person), action(person.id)) for person in found),
            shared_screens.run(texts, "members"),
            shared_screens.back(request),
        ),
    )


def nobody(request: Request) -> Screen:
    return message(request, "nobody-to-stop")


def message(request: Request, sentence: str, **values: str) -> Screen:
    """One sentence, with buttons to the list of members and home."""
    texts = request.texts
    return Screen(
        texts(sentence, **values),
        column(shared_screens.run(texts, "members"), shared_screens.back(request)),
    )

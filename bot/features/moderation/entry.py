"""What stands in the entry of a member: whether they are suspended or to be removed, and the buttons to decide that."""

from bot.conversation.people import may_stop, shown_name
from bot.conversation.request import AboutPerson, Request
from bot.conversation.screen import Button
from bot.features.moderation.buttons import AskRemoval, AskRestore, AskSuspend, OpenRemoval
from bot.features.moderation.targets import LISTED
from bot.language.texts import Html
from storage.records.people import members, removals, suspensions
from storage.records.people.member import Member, MemberState


async def about_person(request: Request, person: Member) -> AboutPerson:
    if person.state not in LISTED or not may_stop(request.me, person):
        return AboutPerson()
    texts, suspended = request.texts, person.state is MemberState.SUSPENDED
    asked = await removals.about(request.tx, person.id, request.now)
    removal = OpenRemoval(asked.id) if asked else AskRemoval(person.id)
    stop = AskRestore(person.id) if suspended else AskSuspend(person.id)
    return AboutPerson(
        texts.stack(await _suspended(request, person), texts("removal-is-asked") if asked else ""),
        (
            Button(texts.plain("button-restore-member" if suspended else "button-suspend-member"), stop),
            Button(texts.plain("button-open-removal" if asked else "button-remove-member"), removal),
        ),
    )


async def _suspended(request: Request, person: Member) -> Html:
    found = await suspensions.of(request.tx, person.id)
    if found is None:
        return Html()
    texts, by = request.texts, await members.find_readable(request.tx, found.suspended_by)
    when = texts.when(found.suspended_at, request.me.zone)
    return texts("suspended-since", when=when, name=shown_name(by) or texts.plain("audit-left"))

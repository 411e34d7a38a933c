"""The audience of an announcement: which ones a coordinator may choose, and what they are called."""

from bot.conversation.people import host_name
from bot.conversation.request import Request
from bot.features.announcements import rules
from bot.language.normalize import fold, one_line
from bot.language.texts import Texts, language_name
from storage.records import hosts, topics
from storage.records.announcements.audiences import EVERYBODY, Audience, AudienceKind


async def name(request: Request, audience: Audience) -> str:
    """The audience as a part of a sentence in the reader's language."""
    name = ""
    if audience.kind is AudienceKind.HOST:
        host = await hosts.get(request.tx, audience.id or b"")
        name = host_name(request.texts, host) if host else ""
    if audience.kind is AudienceKind.TOPIC:
        topic = await topics.get(request.tx, audience.id or b"")
        name = topic.title if topic else ""
    return phrase(request.texts, audience, name)


def phrase(texts: Texts, audience: Audience, name: str = "") -> str:
    """The same; `name` is that of the host or of the topic."""
    if audience.kind is AudienceKind.LANGUAGE:
        name = language_name(audience.name or "")
    if audience.kind is AudienceKind.REGION:
        name = texts.plain("region", region=audience.name or "")
    return texts.plain("announce-whom", kind=audience.kind, name=name)


async def choices(request: Request, kind: AudienceKind) -> list[tuple[Audience, str]]:
    """All audiences of a kind that this coordinator may address, each with its name on a button."""
    texts = request.texts
    match kind:
        case AudienceKind.EVERYBODY:
            return [(EVERYBODY, phrase(texts, EVERYBODY))]
        case AudienceKind.HOST:
            found = [(Audience(kind, host.id), host.name) for host in await hosts.everyone(request.tx)]
            return [(audience, label) for audience, label in found if rules.may_be_for(request.me, audience)]
        case AudienceKind.TOPIC:
            return [(Audience(kind, topic.id), topic.title) for topic in await topics.everything(request.tx)]
        case AudienceKind.LANGUAGE:
            return [(Audience(kind, name=each), language_name(each)) for each in request.network.languages]
        case AudienceKind.REGION:
            return [(Audience(kind, name=each), texts.plain("region", region=each)) for each in rules.REGIONS]


async def typed(request: Request) -> Audience | None:
    """The audience whose name somebody typed as it stands on a button or in a sentence; None where there is none."""
    wanted = fold(one_line(request.text))
    for kind in AudienceKind:
        for audience, label in await choices(request, kind):
            if wanted in (fold(label), fold(await name(request, audience))):
                return audience
    return None

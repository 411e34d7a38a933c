"""The manifest of a feature: all that the rest of the program has to know about it.

Each folder below `bot/features/` has a `feature.py` with one `FEATURE`, and `app.py` lists them; nothing else names a
feature. A feature that is not on that list appears in no menu, command, job or export.
"""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from types import MappingProxyType

from bot.conversation.delivery import DeliveryKind
from bot.conversation.request import AboutPerson, Request
from bot.conversation.routes import Route, Routes
from bot.conversation.screen import Button, Screen
from bot.language.texts import Texts
from storage.engine.store import Store
from storage.records.people.member import Member


@dataclass(frozen=True, slots=True)
class Job:
    """A periodic task. What is due is stored in rows, so that a run that was missed only delays it.

    `run` gets the time in UTC. Other jobs and handlers run at the same time, so whatever has to be consistent is read
    and written in one transaction. `run` is cancelled where the program ends; the next start runs it again.
    """

    name: str
    run: Callable[[Store, datetime], Awaitable[None]]
    every: timedelta | None = None  # at least a second; None: as often as `run.tick_seconds` says
    fills_outbox: bool = True  # whether it may put rows into the outbox, which is then looked at


@dataclass(frozen=True, slots=True)
class HomeEntry:
    """A command with a button on the home screen. `rank`: the lower, the further up."""

    command: str
    rank: int


@dataclass(frozen=True, slots=True)
class ExportSection:
    """A part of the file of `/mydata`, about the person who asks.

    `heading`: id of a message. `tables`: those whose rows the lines describe. Lines are plain text; they may be none.
    """

    heading: str
    tables: tuple[str, ...]
    lines: Callable[[Request], Awaitable[Sequence[str]]]
    rank: int = 1  # the lower, the further up in the file


@dataclass(frozen=True, slots=True)
class AuditAction:
    """An action that the audit records. Its name in a language is the message `action-<name>`."""

    name: str
    about_person: bool = False  # its subject is a person, rather than an invitation, a topic or nothing


@dataclass(frozen=True, slots=True)
class Feature:
    """What one feature offers. The name of a kind of delivery in a language is the message `delivery-<kind>`."""

    name: str
    routes: Sequence[Route] = ()
    deliveries: Mapping[str, DeliveryKind] = field(default_factory=lambda: MappingProxyType({}))
    jobs: Sequence[Job] = ()
    home: Sequence[HomeEntry] = ()
    export: Sequence[ExportSection] = ()
    actions: Sequence[AuditAction] = ()
    settings: Sequence[Callable[[Request], Button]] = ()  # buttons on the settings screen of a member
    about_person: Callable[[Request, Member], Awaitable[AboutPerson]] | None = None  # added to the entry of a person

    @property
    def named_jobs(self) -> tuple[Job, ...]:
        """The jobs under the names that they have in the whole program: `<feature>.<job>`."""
        return tuple(replace(job, name=f"{self.name}.{job.name}") for job in self.jobs)


class Features:
    """All features together: the catalog of `NetworkContext`.

    Raises ValueError where two have the same trigger, kind of delivery, action or name of a job. `jobs` have the names
    that they have in the whole program.
    """

    def __init__(self, features: Iterable[Feature]) -> None:
        self.all = tuple(features)
        self.routes = Routes(route for feature in self.all for route in feature.routes)
        self.jobs = tuple(job for feature in self.all for job in feature.named_jobs)
        self.deliveries = {kind: delivery for feature in self.all for kind, delivery in feature.deliveries.items()}
        self.actions = {action.name: action for feature in self.all for action in feature.actions}
        entries = sorted((entry for feature in self.all for entry in feature.home), key=lambda entry: entry.rank)
        self.home = tuple(entry.command for entry in entries)
        offered = sum(len(feature.deliveries) + len(feature.actions) for feature in self.all)
        if offered != len(self.deliveries) + len(self.actions):
            raise ValueError("two features have the same kind of delivery or the same action")
        if len({job.name for job in self.jobs}) != len(self.jobs):
            raise ValueError("two jobs have the same name")

    def commands(self, member: Member | None) -> tuple[str, ...]:
        return self.routes.commands(member)

    def settings(self, request: Request) -> list[Button]:
        return [button(request) for feature in self.all for button in feature.settings]

    async def about_person(self, request: Request, person: Member) -> AboutPerson:
        parts = [await feature.about_person(request, person) for feature in self.all if feature.about_person]
        buttons = tuple(button for part in parts for button in part.buttons)
        return AboutPerson(request.texts.stack(*(part.text for part in parts)), buttons)

    async def export(self, request: Request) -> list[list[str]]:
        sections = sorted((each for feature in self.all for each in feature.export), key=lambda each: each.rank)
        return [[request.texts.plain(each.heading), *await each.lines(request)] for each in sections]

    def action(self, texts: Texts, action: str) -> str:
        return texts.plain(f"action-{action if action in self.actions else 'unknown'}")

    def is_about_person(self, action: str) -> bool:
        return action in self.actions and self.actions[action].about_person

    async def render(self, request: Request, kind: str) -> Screen | None:
        return await self.deliveries[kind].render(request) if kind in self.deliveries else None

    def delivery(self, texts: Texts, kind: str) -> str:
        return texts.plain(f"delivery-{kind if kind in self.deliveries else 'unknown'}")

    def changes_message(self, kind: str) -> bool:
        return kind in self.deliveries and self.deliveries[kind].changes

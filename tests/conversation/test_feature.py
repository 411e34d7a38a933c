"""What features offer together: a thing offered twice is refused, and the order is that of rank or of the list."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any, ClassVar

import pytest
from telegram.helpers import create_deep_linked_url

from bot.conversation.delivery import DeliveryKind
from bot.conversation.feature import AuditAction, ExportSection, Feature, Features, HomeEntry, Job
from bot.conversation.request import AboutPerson, NetworkContext, Request
from bot.conversation.routes import Access, Command, Route
from bot.conversation.screen import Button, ButtonAction, RunCommand, Screen
from bot.language.texts import Html, texts_in
from storage.engine.store import Store
from storage.records.people.member import Member
from tests.support.sample_records import NOW, member

EN = texts_in("en")
TX: Any = None  # nothing here reads the database


@dataclass(frozen=True, slots=True)
class Wave(ButtonAction):
    code: ClassVar[str] = "wave"


async def handle(request: Request) -> Screen:
    return Screen(Html("hello"))


async def render(request: Request) -> Screen | None:
    return None


async def run(store: Store, now: datetime) -> None:
    """A job that does nothing."""


def asked(features: Features) -> Request:
    network = NetworkContext(
        "Halqa", partial(create_deep_linked_url, "halqa_bot"), ("en",), timedelta(hours=1), features
    )
    return Request(TX, NOW, EN, network, 7000000001, member())


@pytest.mark.parametrize(
    "feature",
    [
        Feature("two", routes=[Route(Command("wave"), Access.MEMBER, handle)]),
        Feature("two", routes=[Route(Wave, Access.OWNER, handle)]),
        Feature("two", deliveries={"greeting": DeliveryKind(render)}),
        Feature("two", actions=[AuditAction("waved", about_person=True)]),
        Feature("one", jobs=[Job("look", run)]),
    ],
)
def test_what_another_feature_offers_already_is_refused(feature: Feature) -> None:
    one = Feature(
        "one",
        routes=[Route(Command("wave"), Access.ANYBODY, handle), Route(Wave, Access.MEMBER, handle)],
        deliveries={"greeting": DeliveryKind(render)},
        actions=[AuditAction("waved")],
        jobs=[Job("look", run)],
    )
    assert Features([one]).all == (one,)
    with pytest.raises(ValueError, match="have the same"):
        Features([one, feature])


def test_home_is_in_the_order_of_rank_and_commands_and_jobs_in_that_of_the_list() -> None:
    late = Feature(
        "late",
        routes=[Route(Command("zeal"), Access.MEMBER, handle), Route(Command("awe"), Access.OWNER, handle)],
        jobs=[Job("first", run)],
        home=[HomeEntry("zeal", 90), HomeEntry("awe", 10)],
    )
    early = Feature(
        "early",
        routes=[Route(Command("bee"), Access.ANYBODY, handle)],
        jobs=[Job("second", run)],
        home=[HomeEntry("bee", 50)],
    )
    features = Features([late, early])
    assert features.home == ("awe", "bee", "zeal")
    assert features.commands(member()) == ("zeal", "bee")
    assert features.commands(None) == ("bee",)
    assert [job.name for job in features.jobs] == ["late.first", "early.second"]


def test_only_kinds_and_actions_that_are_offered_are_named_and_described() -> None:
    features = Features(
        [
            Feature(
                "one",
                deliveries={"post": DeliveryKind(render), "close": DeliveryKind(render, changes=True)},
                actions=[AuditAction("posted"), AuditAction("approved", about_person=True)],
            )
        ]
    )
    assert features.delivery(EN, "post") == EN.plain("delivery-post")
    assert features.delivery(EN, "decision") == EN.plain("delivery-unknown")
    assert features.action(EN, "approved") == EN.plain("action-approved")
    assert features.action(EN, "declined") == EN.plain("action-unknown")
    assert [features.changes_message(kind) for kind in ("close", "post", "decision")] == [True, False, False]
    assert [features.is_about_person(name) for name in ("approved", "posted", "declined")] == [True, False, False]


async def test_sections_of_the_export_buttons_and_remarks_come_in_the_order_of_the_features() -> None:
    def feature(name: str, heading: str) -> Feature:
        async def lines(request: Request) -> Sequence[str]:
            return [f"{name} of {request.me.name}"]

        async def about(request: Request, person: Member) -> AboutPerson:
            return AboutPerson(Html(f"{name} about {person.name}"), (Button(name, Wave()),))

        def setting(request: Request) -> Button:
            return Button(name, RunCommand(name))

        return Feature(name, export=[ExportSection(heading, (), lines)], settings=[setting], about_person=about)

    features = Features([feature("notes", "export-sealed"), Feature("none"), feature("posts", "export-posts")])
    request = asked(features)
    assert await features.export(request) == [
        [EN.plain("export-sealed"), "notes of Salma"],
        [EN.plain("export-posts"), "posts of Salma"],
    ]
    assert [button.label for button in features.settings(request)] == ["notes", "posts"]
    remarks = await features.about_person(request, member(name="Rania"))
    assert remarks.text == "notes about Rania\n\nposts about Rania"
    assert [button.label for button in remarks.buttons] == ["notes", "posts"]

"""Lists longer than a screen: topics, hosts, members."""

import pytest

from bot.demo import steps
from bot.demo.stage import Stage
from storage.engine.connection import Row
from storage.engine.transaction import Transaction
from storage.records import hosts, topics
from storage.records.people import applications, member, members
from tests.support.cast import Cast


async def pages(actor: steps.Actor) -> int:
    """Pages through a list to its end. Returns the number of pages."""
    seen, label = 1, actor.texts.plain("button-next-page")
    while any(label in row for row in (await actor.person.last()).buttons):
        before = (await actor.person.last()).revision
        await actor.presses("button-next-page")
        await actor.sees_words("")
        assert (await actor.person.last()).revision > before
        seen += 1
    return seen


async def test_150_topics_are_shown_page_by_page(cast: Cast) -> None:
    async with cast.stage.halqa.store.transaction() as tx:
        for number in range(150):
            await topics.create(tx, f"Topic {number:03}", "", bytes(16), cast.stage.clock.now())
    await cast.nour.says("/topics")
    await cast.nour.sees("topics")
    assert await pages(cast.nour) == 13
    await cast.nour.says("/post")
    await cast.nour.sees("choose-topic")
    assert await pages(cast.nour) == 13


async def test_400_members_are_listed_and_given_roles_page_by_page(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    now = cast.stage.clock.now()
    async with cast.stage.halqa.store.transaction() as tx:
        for number in range(400):
            person = await applications.agree(tx, 10_000 + number, "en", invited_by=None, now=now)
            await members.set_name(tx, person, f"{number:03} " + "x" * 60)
            await tx.execute("UPDATE members SET state = 'active', decided_at = 1 WHERE id = ?", person.id)
    decrypted, opened = [], member.opened

    def noted(tx: Transaction, row: Row) -> member.Member:
        decrypted.append(row)
        return opened(tx, row)

    await cast.olena.says("/members")
    await cast.olena.sees_words("403")
    assert await pages(cast.olena) == 34
    await cast.olena.says("/roles")
    await cast.olena.sees("roles")
    assert await pages(cast.olena) == 34
    monkeypatch.setattr(member, "opened", noted)
    await cast.olena.says("/members")
    await cast.olena.sees_words("403")
    assert 12 <= len(decrypted) < 30  # a page, and the coordinators, of whose names none may be imitated
    decrypted.clear()
    await cast.awa.says("/members")
    await cast.awa.sees("members", count=1)
    await cast.olena.says("/forget")
    await cast.olena.sees("only-owner")
    assert len(decrypted) < 20


async def test_an_applicant_chooses_among_120_hosts(stage: Stage) -> None:
    async with stage.halqa.store.transaction() as tx:
        for number in range(120):
            await hosts.add(tx, f"Host {number:03}", stage.clock.now())
    olena = await steps.enter(stage, await stage.person("Olena"), stage.owner_code, "en")
    await olena.says("Olena")
    await olena.sees("ask-host")
    assert await pages(olena) == 11
    await olena.presses_label("Host 119")
    await olena.sees("ask-zone")

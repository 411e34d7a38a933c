"""Buddies freeze an account, and a coordinator and a buddy thaw it."""

from datetime import timedelta

from bot.demo import steps
from bot.demo.steps import Actor
from storage.records import outbox
from storage.records.people.member import MemberState
from storage.records.safety import freezes as freeze_rows
from tests.flows.safety.safety_steps import freezes, link, row, thaws
from tests.support.cast import Cast

TOPIC = "Detention and protection"


async def test_two_buddies_freeze_her_account_and_nothing_goes_out_any_more(
    cast: Cast, salma: Actor, yara: Actor, rania: Actor
) -> None:
    await steps.open_topic(cast.nour, TOPIC, "")
    await steps.follow(salma, TOPIC, "at_once")
    await freezes(yara, "Salma", done=False)
    await cast.stage.settle()
    assert (await row(cast, salma)).state is MemberState.ACTIVE
    await freezes(rania, "Salma", done=True)
    await cast.stage.settle()
    before = await salma.person.chat()
    await steps.post(cast.nour, TOPIC, "Five things that helped.")
    await cast.stage.pass_time(timedelta(days=2))
    await cast.stage.settle()
    assert await salma.person.chat() == before
    me = await row(cast, salma)
    async with cast.stage.halqa.store.transaction() as tx:
        assert {state for _, state, _ in await outbox.of(tx, me.id)} <= {"sent", "cancelled"}


async def test_what_waited_and_what_was_being_sent_is_cancelled_within_five_seconds(
    cast: Cast, salma: Actor, yara: Actor, rania: Actor
) -> None:
    """Her notice waits for the end of her quiet hours; her open screen is removed."""
    await steps.open_topic(cast.nour, TOPIC, "")
    await steps.follow(salma, TOPIC, "at_once")
    await salma.says("/mydata")
    await salma.presses("button-send-data")
    await salma.sees("my-data")
    await salma.says("/settings")
    await salma.presses("button-change-quiet")
    await salma.says("0:00-23:59")
    await salma.sees("saved")
    await steps.post(cast.nour, TOPIC, "Five things that helped.")
    await freezes(yara, "Salma", done=False)
    await freezes(rania, "Salma", done=True)
    await cast.stage.settle()
    assert not any(message.document for message in await salma.person.chat())
    me = await row(cast, salma)
    async with cast.stage.halqa.store.transaction() as tx:
        waiting = [kind for kind, state, _ in await outbox.of(tx, me.id) if state in ("pending", "sending")]
        cancelled = [kind for kind, state, _ in await outbox.of(tx, me.id) if state == "cancelled"]
    assert (waiting, cancelled) == ([], ["post"])


async def test_a_buddy_and_a_coordinator_freeze_it_and_the_owner_is_told(cast: Cast, salma: Actor, yara: Actor) -> None:
    await freezes(yara, "Salma", done=False)
    await cast.nour.sees("knock")
    await cast.nour.presses("button-open")
    await cast.nour.sees("account", name="Salma")
    await cast.nour.presses("button-freeze")
    await cast.nour.presses("button-freeze-yes", name="Salma")
    await cast.nour.sees("freeze-done", name="Salma")
    assert (await row(cast, salma)).state is MemberState.FROZEN
    await cast.olena.says("/freeze")
    await cast.olena.presses("freeze-line", name="Salma")
    assert "Frozen since" in await cast.olena.sees("account", name="Salma")


async def test_one_alone_freezes_nothing_however_often(cast: Cast, salma: Actor, yara: Actor) -> None:
    for _ in range(3):
        await freezes(yara, "Salma", done=False)
    assert (await row(cast, salma)).state is MemberState.ACTIVE
    await freezes(cast.olena, "Salma", search=True, done=True)


async def test_coordinators_alone_freeze_nothing(cast: Cast, salma: Actor) -> None:
    await freezes(cast.nour, "Salma", search=True, done=False)
    await freezes(cast.olena, "Salma", search=True, done=False)
    assert (await row(cast, salma)).state is MemberState.ACTIVE


async def test_two_members_who_are_not_her_buddies_reach_nothing(cast: Cast, salma: Actor) -> None:
    """They have modified clients, know her id, and press every button there is: 0 of 10 presses change anything."""
    me = await row(cast, salma)
    for name in ("Yara", "Rania"):
        other = await cast.member(name, "en", "Cairo")
        for press in ("account", "askfreeze", "freeze", "askthaw", "thaw"):
            await other.says("/help")
            await other.sees_words("/help")
            await cast.stage.forge(other.person, f"{press}:{_packed(me.id)}")
            await other.sees("no-account")
    async with cast.stage.halqa.store.transaction() as tx:
        assert await freeze_rows.asked(tx, cast.stage.clock.now()) == []
    assert (await row(cast, salma)).state is MemberState.ACTIVE


def _packed(member_id: bytes) -> str:
    import base64

    return base64.urlsafe_b64encode(member_id).decode().rstrip("=")


async def test_a_coordinator_of_another_host_is_no_coordinator_of_hers(cast: Cast, salma: Actor, yara: Actor) -> None:
    await freezes(yara, "Salma", done=False)
    await cast.awa.says("/freeze Salma")
    await cast.awa.sees("freeze-nobody-found")
    assert (await row(cast, salma)).state is MemberState.ACTIVE


async def test_a_wish_of_four_days_ago_and_a_buddy_who_left_do_not_count(
    cast: Cast, salma: Actor, yara: Actor, rania: Actor
) -> None:
    await freezes(yara, "Salma", done=False)
    await cast.stage.pass_time(timedelta(hours=73))
    await freezes(rania, "Salma", done=False)
    await yara.says("/forget")
    await yara.presses("button-forget-yes")
    await yara.sees_words("Your key: erased")
    await freezes(rania, "Salma", done=False)
    assert (await row(cast, salma)).state is MemberState.ACTIVE


async def test_whoever_seizes_her_phone_first_cannot_get_rid_of_her_buddies(
    cast: Cast, salma: Actor, yara: Actor, rania: Actor
) -> None:
    for name in ("Rania", "Yara"):
        await salma.says("/buddies")
        await salma.presses("button-end-buddy", name=name)
        await salma.presses("button-end-buddy-yes")
    await salma.says("/buddies")
    await salma.sees_words("until")
    assert "button-name-buddy" not in str((await salma.person.last()).buttons)
    await cast.stage.pass_time(timedelta(hours=71))
    await freezes(yara, "Salma", done=False)
    await freezes(rania, "Salma", done=True)


async def test_a_link_for_a_buddy_works_once_and_not_for_oneself(cast: Cast, salma: Actor, yara: Actor) -> None:
    code = await link(salma)
    await salma.says(f"/start {code}")
    await salma.sees("buddy-bad-link")
    await yara.says(f"/start {code}")
    await yara.presses("button-be-buddy", name="Salma")
    await yara.sees("buddy-bad-link")
    rania = await cast.member("Rania", "en", "Cairo")
    await rania.says(f"/start {code}")
    await rania.presses("button-be-buddy", name="Salma")
    await rania.sees("buddy-agreed", name="Salma")
    await cast.awa.says(f"/start {code}")
    await cast.awa.sees("buddy-bad-link")


async def test_a_buddy_and_a_coordinator_thaw_it_and_she_has_to_answer(
    cast: Cast, salma: Actor, yara: Actor, rania: Actor
) -> None:
    await freezes(yara, "Salma", done=False)
    await freezes(rania, "Salma", done=True)
    await thaws(yara, "Salma", done=False)
    await thaws(rania, "Salma", done=False)
    assert (await row(cast, salma)).state is MemberState.FROZEN
    await thaws(cast.nour, "Salma", search=True, done=True)
    await cast.stage.settle()
    await salma.presses("button-open")
    await salma.sees("thawed-you")
    assert (await row(cast, salma)).state is MemberState.PAUSED
    await salma.presses("button-its-me")
    await salma.sees("saved")
    assert (await row(cast, salma)).state is MemberState.ACTIVE


async def test_a_coordinator_who_took_no_part_cannot_tell_a_frozen_account(
    cast: Cast, salma: Actor, yara: Actor, rania: Actor
) -> None:
    """Nour looks at everything that she may see of Salma before and after: 0 of 4 screens differ."""
    await freezes(yara, "Salma", done=False)

    async def looks() -> list[tuple[str, object]]:
        seen: list[tuple[str, object]] = []
        for command in ("/members", "/audit", "/outbox"):
            await cast.nour.says(command)
            await cast.stage.settle()
            last = await cast.nour.person.last()
            lines = [line for line in last.text.splitlines() if "·" not in line and ":" not in line]
            seen.append(("\n".join(lines), last.buttons))
        await cast.nour.says("/freeze Salma")
        await cast.nour.presses("freeze-line", name="Salma")
        await cast.stage.settle()
        last = await cast.nour.person.last()
        seen.append(("", last.buttons))
        return seen

    before = await looks()
    await freezes(rania, "Salma", done=True)
    await cast.stage.settle()
    assert (await row(cast, salma)).state is MemberState.FROZEN
    assert await looks() == before
    assert "froz" not in (await cast.nour.person.last()).text

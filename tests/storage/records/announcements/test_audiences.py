"""For whom an announcement is: each audience holds exactly those it names."""

from storage.engine.transaction import Transaction
from storage.records import subscriptions, topics
from storage.records.announcements import audiences
from storage.records.announcements.audiences import EVERYBODY, Audience, AudienceKind
from storage.records.people import preferences
from storage.records.people.member import Member
from storage.records.subscriptions import FollowMode
from tests.storage.people import HOSTS, NOW, enter


async def test_each_audience_holds_those_it_names_and_batches_leave_nobody_out(
    tx: Transaction, nour: Member, awa: Member
) -> None:
    topic = await topics.create(tx, "Detention", "", nour.id, NOW)
    people = {name: await enter(tx, name, host=HOSTS[number % 2]) for number, name in enumerate("abcdef")}
    await preferences.set_language(tx, people["a"], "fr")
    await preferences.set_zone(tx, people["b"], "America/Argentina/Ushuaia")
    await subscriptions.follow(tx, people["c"].id, topic.id, FollowMode.DIGEST)
    await subscriptions.follow(tx, people["d"].id, topic.id, FollowMode.MUTED)
    await preferences.set_paused(tx, people["e"], True)
    await tx.execute("UPDATE members SET state = 'suspended' WHERE id = ?", people["f"].id)
    names = {person.id: person.name for person in [nour, awa, *people.values()]}
    host = people["b"].host_id
    expected = {
        EVERYBODY: {"Awa", "a", "b", "c", "d", "e"},
        Audience(AudienceKind.HOST, host): {"Awa", "b", "d"},
        Audience(AudienceKind.TOPIC, topic.id): {"c"},
        Audience(AudienceKind.LANGUAGE, name="fr"): {"a"},
        Audience(AudienceKind.REGION, name="America"): {"b"},
        Audience(AudienceKind.REGION, name="Amer"): set(),
    }
    for audience, wanted in expected.items():
        found: list[bytes] = []
        while batch := await audiences.batch(tx, audience, nour.id, found[-1] if found else b"", 2):
            assert await audiences.count(tx, audience, nour.id, found[-1] if found else b"") == len(wanted) - len(found)
            found += batch
        assert len(found) == len(set(found))
        assert {names[member_id] for member_id in found} == wanted
        holding = {name for id, name in names.items() if await audiences.holds(tx, audience, nour.id, id)}
        assert holding == wanted
        assert sum(clock.members for clock in await audiences.clocks(tx, audience, nour.id)) == len(wanted)

"""Epochs: everybody else is found after an erasure, and an older copy of the network leads to nobody who was erased."""

from pathlib import Path

import pytest

from storage.crypto.cipher import Cipher, Unreadable
from storage.engine.database import Database
from storage.engine.store import Store
from storage.files import NETWORK_FILE
from storage.integrity import lookup_key_rotation
from storage.records import erasure, inbox, posts, topics
from storage.records.people import member, members
from storage.records.people.member import Member
from tests.storage.people import MASTER, NOW, copy, enter, keys_in, opened, taken_back, telegram_id


async def joined(store: Store, name: str) -> Member:
    async with store.transaction() as tx:
        return await enter(tx, name)


async def erase(store: Store, member: Member) -> None:
    async with store.transaction() as tx:
        await erasure.erase(tx, member, NOW)


async def found(store: Store, name: str) -> Member | None:
    async with store.transaction() as tx:
        return await members.find(tx, telegram_id(name))


def old_network_beside_the_keys_of_today(backup: Path, today: Path) -> None:
    (backup / "keyring.db-wal").unlink()
    (backup / "keyring.db").write_bytes((today / "keyring.db").read_bytes())


async def test_after_an_erasure_everybody_else_is_found_before_and_after_a_restart(directory: Path) -> None:
    async with opened(directory) as store:
        nour, salma = await joined(store, "Nour"), await joined(store, "Salma")
        before = store.cipher.telegram_id_index(nour.telegram_id)
        await erase(store, salma)
        assert store.cipher.telegram_id_index(nour.telegram_id) != before
        assert await found(store, "Nour") == nour
        fatou = await joined(store, "Fatou")
    async with opened(directory) as store:
        assert (await found(store, "Nour"), await found(store, "Fatou")) == (nour, fatou)
        assert await found(store, "Salma") is None


async def test_an_erasure_that_is_taken_back_leaves_the_epoch_as_it_was(store: Store, directory: Path) -> None:
    nour, salma = await joined(store, "Nour"), await joined(store, "Salma")
    before = store.cipher.telegram_id_index(nour.telegram_id)
    async with taken_back(store) as tx:
        await erasure.erase(tx, salma, NOW)
        assert await members.find(tx, telegram_id("Nour")) == nour  # in the new epoch, within the transaction
    assert store.cipher.telegram_id_index(nour.telegram_id) == before
    assert (await found(store, "Nour"), await found(store, "Salma")) == (nour, salma)


async def test_the_key_of_an_epoch_goes_with_the_erasure_that_ends_it(
    store: Store, directory: Path, tmp_path: Path
) -> None:
    salma, rania = await joined(store, "Salma"), await joined(store, "Rania")
    seen: set[bytes] = set()
    for number, person in enumerate((salma, rania)):
        [key] = (await keys_in(copy(directory, tmp_path / f"before{number}"), "epoch_keys")).values()
        seen.add(key)
        await erase(store, person)
    [key] = (await keys_in(copy(directory, tmp_path / "after"), "epoch_keys")).values()
    assert len({*seen, key}) == 3


async def test_a_key_of_an_epoch_that_never_began_is_tidied_away_at_the_next_start(directory: Path) -> None:
    async with opened(directory) as store:
        nour = await joined(store, "Nour")
        async with taken_back(store) as tx:
            await erasure.erase(tx, nour, NOW)
    assert len(await keys_in(directory, "epoch_keys")) == 2
    async with opened(directory) as store:
        assert await found(store, "Nour") == nour
    assert len(await keys_in(directory, "epoch_keys")) == 1


async def test_an_older_copy_of_the_network_does_not_lead_back_to_her(
    store: Store, directory: Path, tmp_path: Path
) -> None:
    """A backup of network.db and the keyring of today: a thief with every key that there is tries all Telegram ids."""
    await joined(store, "Nour")
    salma = await joined(store, "Salma")
    backup = copy(directory, tmp_path / "backup")
    await erase(store, salma)
    old = Database(backup / NETWORK_FILE, MASTER.derive("database"))
    try:
        await old.open("network")
        [[index, address, name]] = await old.fetch(
            "SELECT telegram_id_index, telegram_id_encrypted, name_encrypted FROM members WHERE id = ?", (salma.id,)
        )
    finally:
        await old.close()
    today = copy(directory, tmp_path / "today")
    members_keys = await keys_in(today)
    for epoch_key in (await keys_in(today, "epoch_keys")).values():
        cipher = Cipher(members_keys, lookup_key=epoch_key, index_key=MASTER.derive("index"))
        assert cipher.telegram_id_index(salma.telegram_id) != index
        for place, sealed in ((lookup_key_rotation.TELEGRAM_ID, address), (member.NAME, name)):
            with pytest.raises(Unreadable):
                cipher.decrypt(place, salma.id, sealed)


async def test_an_older_copy_of_the_network_opens_without_her_and_with_all_others(
    store: Store, directory: Path, tmp_path: Path
) -> None:
    nour, salma = await joined(store, "Nour"), await joined(store, "Salma")
    async with store.transaction() as tx:
        topic = (await topics.create(tx, "Detention", "", nour.id, NOW)).id
        for author in (nour, salma):
            await posts.write(tx, author, topic, f"of {author.name}", None, NOW)
    backup = copy(directory, tmp_path / "backup")
    await erase(store, salma)
    await store.close()
    old_network_beside_the_keys_of_today(backup, directory)
    async with opened(backup, accept_rollback=True) as old:
        assert (await found(old, "Nour"), await found(old, "Salma")) == (nour, None)
        async with old.transaction() as tx:
            assert [member.name for member in await members.everyone(tx)] == ["Nour"]
            assert [post.body for post in await posts.latest(tx, topic, 10)] == ["of Nour"]


async def test_what_a_member_and_a_stranger_wrote_is_still_read_after_an_erasure(store: Store) -> None:
    salma, nour = await joined(store, "Salma"), await joined(store, "Nour")
    async with store.transaction() as tx:
        for number, name in enumerate(["Nour", "Rania", "Nour"]):
            await inbox.add(tx, number, telegram_id(name), {"text": f"{name} {number}"}, NOW)
    await erase(store, salma)
    async with store.transaction() as tx:
        await inbox.add(tx, 3, nour.telegram_id, {"text": "Nour 3"}, NOW)
        waiting = await inbox.next_pending(tx, (), 10, 10)
        assert [(each.update_id, each.update) for each in waiting] == [
            (0, {"text": "Nour 0"}),
            (1, {"text": "Rania 1"}),
        ]
        order = []
        for _ in range(3):
            [each, *_] = await inbox.next_pending(tx, (), 10, 10)
            order.append(each.update_id)
            await inbox.settle(tx, each.update_id)
        assert order == [0, 2, 3]  # still one after the other


@pytest.mark.parametrize("sender", ["Nour", "Rania"], ids=["a member", "a stranger"])
async def test_what_is_handled_while_somebody_is_erased_is_settled_once(store: Store, sender: str) -> None:
    """Its sender looks like somebody else from then on, so it may be handed out again; it is settled by its number."""
    salma, _ = await joined(store, "Salma"), await joined(store, "Nour")
    async with store.transaction() as tx:
        await inbox.add(tx, 1, telegram_id(sender), {"text": "words"}, NOW)
        await inbox.next_pending(tx, (), 10, 10)
    await erase(store, salma)
    async with store.transaction() as tx:
        assert await inbox.settle(tx, 1)
    async with store.transaction() as tx:
        assert not await inbox.settle(tx, 1)
        assert await inbox.next_pending(tx, (), 10, 10) == []

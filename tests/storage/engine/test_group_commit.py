"""Group commit: works that share a transaction, each of which is done whole and once, or not at all."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from functools import partial

import pytest
import sqlcipher3

from storage.engine.connection import CountingConnection, Row
from storage.engine.database import Database
from storage.engine.errors import StoreError
from storage.engine.store import Store
from storage.engine.transaction import Transaction
from storage.records import audit, erasure, topics
from storage.records.people import members
from storage.records.people.member import Member
from tests.storage.people import NOW, enter, telegram_id

Work = Callable[[Transaction], Awaitable[object]]


@pytest.fixture(autouse=True)
def on_a_busy_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """However long each work takes, the transaction takes in all that is there."""
    monkeypatch.setattr("storage.engine.group_commit.LONGEST", 60.0)


class Watched:
    """What is said to both files; `fails` is raised once at a statement that begins with a word."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, word: str = "", fails: Exception | None = None) -> None:
        self.said: list[str] = []
        execute = CountingConnection.run

        def watched(connection: CountingConnection, sql: str, values: Sequence[object]) -> list[Row]:
            nonlocal fails
            self.said.append(sql)
            if fails is not None and sql.startswith(word):
                error, fails = fails, None
                raise error
            return execute(connection, sql, values)

        monkeypatch.setattr(CountingConnection, "run", watched)

    @property
    def commits(self) -> int:
        return self.said.count("COMMIT")


def adding(name: str) -> Work:
    return partial(topics.create, title=name, purpose="", created_by=b"N" * 16, now=NOW)


async def failing(name: str, tx: Transaction) -> None:
    await topics.create(tx, name, "", b"N" * 16, NOW)
    await audit.record(tx, "invited", None, None, NOW)
    raise LookupError(name)


async def everyone(store: Store) -> set[str]:
    async with store.transaction() as tx:
        return {topic.title for topic in await topics.everything(tx)}


async def all_of(store: Store, *works: Work) -> list[object]:
    return await asyncio.gather(*(store.group_commit(work) for work in works), return_exceptions=True)


async def test_what_is_wanted_at_one_moment_is_one_commit(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    watched = Watched(monkeypatch)
    await all_of(store, *(adding(f"Topic {number}") for number in range(20)))
    assert watched.commits == 1
    assert len(await everyone(store)) == 20


async def test_what_fails_is_taken_back_alone(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    watched = Watched(monkeypatch)
    done = await all_of(store, adding("First"), partial(failing, "Never"), adding("Last"))
    assert [type(each) for each in done][1] is LookupError
    assert await everyone(store) == {"First", "Last"}
    assert watched.commits == 1
    async with store.transaction() as tx:
        assert await audit.verify(tx) is None  # where its chain stands was taken back as well
        assert await tx.fetchval("SELECT count(*) FROM audit") == 0


async def test_an_erasure_that_is_taken_back_erases_nobody(store: Store) -> None:
    async with store.transaction() as tx:
        salma, nour = await enter(tx, "Salma"), await enter(tx, "Nour")

    async def erased(person: Member, fails: bool, tx: Transaction) -> None:
        await erasure.erase(tx, person, NOW)
        if fails:
            raise LookupError

    async def found(tx: Transaction) -> list[Member | None]:
        return [await members.find(tx, telegram_id(name)) for name in ("Salma", "Nour")]

    seen = await all_of(store, partial(erased, salma, True), found)
    assert seen[1] == [salma, nour]
    assert salma.key_id in store.keyring
    seen = await all_of(store, partial(erased, salma, False), found)
    assert seen[1] == [None, nour]
    assert salma.key_id not in store.keyring
    async with store.transaction() as tx:
        assert await found(tx) == [None, nour]


async def test_nobody_is_told_before_it_is_on_the_disk(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    watched = Watched(monkeypatch)

    async def tell(work: Work) -> None:
        await store.group_commit(work)
        told.append("told")
        assert watched.said.count("COMMIT") == 1

    async def looked(tx: Transaction) -> None:
        assert not told
        await topics.create(tx, "Second", "", b"N" * 16, NOW)

    await asyncio.gather(tell(adding("First")), tell(looked))
    assert len(told) == 2


@pytest.mark.parametrize("word", ["COMMIT", "RELEASE", "INSERT INTO topics"])
@pytest.mark.parametrize("name", ["SQLITE_FULL", "SQLITE_IOERR_WRITE"])
async def test_where_the_whole_fails_each_is_done_again_by_itself(
    store: Store, monkeypatch: pytest.MonkeyPatch, word: str, name: str
) -> None:
    error = sqlcipher3.OperationalError("disk")
    error.sqlite_errorname = name
    execute = CountingConnection.run

    def spoiled(connection: CountingConnection, sql: str, values: Sequence[object]) -> list[Row]:
        try:
            return execute(connection, sql, values)
        except sqlcipher3.DatabaseError as raised:
            connection.note(raised)
            raise

    Watched(monkeypatch, word, error)
    execute = CountingConnection.run
    monkeypatch.setattr(CountingConnection, "run", spoiled)
    done = await all_of(store, *(adding(f"Topic {number}") for number in range(5)))
    refused = [each for each in done if isinstance(each, Exception)]
    # A full disk that is about one statement alone is told to whoever wanted it.
    alone = word.startswith("INSERT") and name == "SQLITE_FULL"
    assert refused == ([error] if alone else [])
    assert len(await everyone(store)) == 5 - len(refused)


async def test_whoever_no_longer_waits_is_passed_over(store: Store) -> None:
    async with store.transaction():
        waiting = asyncio.create_task(store.group_commit(adding("Never")))
        staying = asyncio.create_task(store.group_commit(adding("Later")))
        await asyncio.sleep(0)
        waiting.cancel()
    await staying
    assert waiting.cancelled()
    assert await everyone(store) == {"Later"}


async def test_what_was_wanted_before_the_store_closes_is_done(store: Store) -> None:
    wanted = [asyncio.create_task(store.group_commit(adding(f"Topic {number}"))) for number in range(3)]
    await asyncio.sleep(0)
    await store.close()
    assert [task.exception() for task in wanted] == [None] * 3


async def test_a_long_batch_lets_others_have_their_turn(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.engine.group_commit.LONGEST", 0.01)
    watched = Watched(monkeypatch)

    async def slow(tx: Transaction) -> None:
        await asyncio.sleep(0.02)
        await tx.execute("UPDATE topics SET title = title")

    await all_of(store, slow, slow, slow)
    assert watched.commits == 3


async def test_where_no_transaction_can_begin_everybody_is_told(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    tried = 0

    async def renew(_: Database) -> None:
        nonlocal tried
        tried += 1
        assert tried < 20
        raise StoreError("in-use")

    store._network._needs_reopening = True
    with monkeypatch.context() as patch:
        patch.setattr(Database, "reopen", renew)
        done = await all_of(store, adding("Never"), adding("Never either"))
    assert [type(each) for each in done] == [StoreError] * 2
    await store.group_commit(adding("Later"))
    assert await everyone(store) == {"Later"}

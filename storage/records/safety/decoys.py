"""The empty network that a frozen account sees: the person as they were, their host, and nobody and nothing else.

It is in memory (memory_store.py). The program runs on it as on the real one, so the account cannot be told apart from
that of a member of a network in which nothing happens: its settings can be changed, its data exported, and it can be
erased, all of it without any effect.
"""

from dataclasses import replace
from datetime import datetime

from storage.engine.memory_store import MemoryStore
from storage.engine.timestamps import to_seconds
from storage.engine.transaction import Transaction
from storage.integrity.data_keys import HOST_KIND, HOST_NAME
from storage.integrity.lookup_key_rotation import TELEGRAM_ID
from storage.records import hosts
from storage.records.hosts import Host
from storage.records.people import members
from storage.records.people.member import NAME, REASON, Member, MemberState


async def open_for(
    tx: Transaction, network_name: str, member: Member, was: MemberState | None, now: datetime
) -> MemoryStore:
    """An empty network with the member in the state `was`; None: they seem to have left it. `tx` is of the real one."""
    host = await hosts.get(tx, member.host_id) if member.host_id else None
    generation = await tx.fetchval("SELECT number FROM generation")
    store = await MemoryStore.open()
    async with store.transaction() as empty:
        await hosts.found(empty, network_name, now)
        await empty.execute("UPDATE generation SET number = ?", generation)  # a receipt shows it
        if host is not None:
            await _add_host(empty, host, now)
        if was is not None:
            await _add_member(empty, replace(member, state=was))
    return store


async def _add_host(tx: Transaction, host: Host, now: datetime) -> None:
    key_id = await tx.new_key(HOST_KIND)
    await tx.execute(
        "INSERT INTO hosts (id, key_id, name_encrypted, created_at) VALUES (?, ?, ?, ?)",
        host.id,
        key_id,
        tx.cipher.encrypt(key_id, HOST_NAME, host.id, host.name.encode()),
        to_seconds(now),
    )


async def _add_member(tx: Transaction, member: Member) -> None:
    """The member under the same id, with a key of the empty network's."""
    key_id, application, digest = await tx.new_key("member"), member.application, member.digest

    def encrypted(place: str, text: str | None) -> bytes | None:
        return None if text is None else tx.cipher.encrypt(key_id, place, member.id, text.encode())

    values: dict[str, object] = {
        "id": member.id,
        "key_id": key_id,
        "telegram_id_index": tx.cipher.telegram_id_index(member.telegram_id),
        "telegram_id_encrypted": encrypted(TELEGRAM_ID, str(member.telegram_id)),
        "name_encrypted": encrypted(NAME, member.name),
        "reason_encrypted": encrypted(REASON, application.reason),
        "state": member.state,
        "role": member.role,
        "host_id": member.host_id,
        "independent": int(member.independent),
        "language": member.language,
        "zone": member.zone,
        "agreed_at": to_seconds(application.agreed_at),
        "applied_at": application.applied_at and to_seconds(application.applied_at),
        "decided_at": application.decided_at and to_seconds(application.decided_at),
        "quiet_from": member.preferences.quiet_from,
        "quiet_until": member.preferences.quiet_until,
        "urgent_in_quiet": int(member.preferences.urgent_in_quiet),
        "digest_cadence": digest.cadence,
        "digest_weekday": digest.weekday,
        "digest_minute": digest.minute,
        "digest_due_at": digest.due_at and to_seconds(digest.due_at),
    }
    marks = ", ".join("?" * len(values))
    await tx.execute(f"INSERT INTO members ({', '.join(values)}) VALUES ({marks})", *values.values())


async def is_there(store: MemoryStore, member: Member) -> bool:
    """Whether the account has not erased itself in the empty network."""
    async with store.transaction() as tx:
        return await members.get(tx, member.id) is not None

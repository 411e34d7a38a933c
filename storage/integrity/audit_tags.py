"""Tags, by which entries of the audit name people; and the ids that a migration has left in their place.

A tag is a keyed hash under the member's own key over the number of the entry and the role (`Cipher.audit_tag`). Whoever
holds the keys finds a person's entries by computing one hash for each entry. Once the key is erased, the person's
entries lead neither to them, nor to each other, nor to a row in an older copy of network.db. The chain covers the tags
as they are stored, so it holds all the same.

An entry also has the ids of the hosts of both at that moment, so that coordinators see the entries of their own host.
Entries about what members write have none: with the time, the host would narrow down who wrote it.
"""

import os
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from storage.crypto.cipher import AUDIT_TAG_BYTES, Cipher
from storage.engine.connection import Row
from storage.engine.database import Database
from storage.integrity import audit_chain
from storage.integrity.audit_chain import GENESIS, LOWEST, Chain
from storage.integrity.lookup_key_rotation import Run

ACTOR, SUBJECT = "actor", "subject"
# Left out of what readers of the audit see: the time of a post would identify its author.
SPEAKING = ("posted", "post-taken-back")
LEFT = b"\0"  # before an id of 16 bytes or a link of 32 that a migration has left
_ANY_LEFT = "SELECT 1 FROM audit WHERE length(link) > 32 OR length(actor_tag) > 16 OR length(subject_tag) > 16 LIMIT 1"
_REPLACE = (
    "UPDATE audit SET actor_tag = ?, subject_tag = ?, actor_host_id = ?, subject_host_id = ?, link = ? WHERE number = ?"
)


class Person(NamedTuple):
    """What of a member's row an entry is made of."""

    key_id: bytes
    host_id: bytes | None


class Parties(NamedTuple):
    """The columns of an entry that say who."""

    actor_tag: bytes | None
    subject_tag: bytes | None
    actor_host_id: bytes | None
    subject_host_id: bytes | None


NOBODY = Parties(None, None, None, None)  # of what the program or the operator did


def parties(
    cipher: Cipher, number: int, action: str, actor: Person | None, subject: Person | None, *, acted: bool
) -> Parties:
    """Who an entry names. `acted`: somebody did it, though perhaps nobody who is still there (`actor` is None then).

    Somebody without a row or a key gets a random tag as the actor: not the program's doing, and nobody's any more.
    """
    actor_tag = cipher.audit_tag(actor.key_id, number, ACTOR) if actor else None
    if acted and actor_tag is None:
        actor_tag = os.urandom(AUDIT_TAG_BYTES)
    hosts = action not in SPEAKING
    return Parties(
        actor_tag,
        cipher.audit_tag(subject.key_id, number, SUBJECT) if subject else None,
        actor.host_id if actor and hosts else None,
        subject.host_id if subject and hosts else None,
    )


async def replace_ids(network: Database, keys: Run | None, key: bytes, cipher: Cipher) -> int | None:
    """Puts tags in the place of ids that a migration has left, and links the entries anew.

    The chain is verified before, as the earlier version had linked it. Where it did not hold, the new one does not hold
    from the same entry on; returns the number of that entry, else None. `begun` tells up to where they were rewritten.

    All in one transaction, so after an interruption it can be called again: keyring.db says that it has no entry to
    compare with before the new links are on disk. The caller truncates the write-ahead log. `keys` None: network.db is
    a copy, which no keyring.db knows of.
    """
    if not await network.fetch(_ANY_LEFT):
        return None
    people = {row[0]: Person(*row[1:]) for row in await network.fetch("SELECT id, key_id, host_id FROM members")}
    replacing = _Replacing(key, cipher, people, verified=not await audit_chain.is_unbegun(network.fetch))
    head = await audit_chain.head_in(network.fetch, key)
    mirror = Chain(key) if keys is None else await audit_chain.head_in(keys, key)
    known_to_keys = keys is not None and bool(await keys(audit_chain.HEAD, ()))
    async with network.transaction():
        while entries := await network.fetch(audit_chain.ENTRIES, (replacing.after, audit_chain.AT_ONCE)):
            await network.executemany(_REPLACE, list(replacing.replaced(entries, mirror)))
        chain = replace(replacing.chain, begun=replacing.chain.number)
        bad = replacing.bad
        ends = replacing.ended_by(head) and replacing.met_mirror(mirror)
        if not ends and (
            replacing.verified or known_to_keys
        ):  # later starts find a head that is not that of the last entry
            number = max(chain.number, *(known.number for known in (head, mirror) if known), 0)
            chain, bad = replace(chain, number=number, link=os.urandom(len(GENESIS))), bad or number + 1
        await audit_chain.keep(network.fetch, chain)
        if keys is not None:
            await audit_chain.keep(keys, Chain(key))
    return bad


class _Replacing:
    """Entries with ids, read in their order, and the chain of what is to stand in their place."""

    def __init__(self, key: bytes, cipher: Cipher, people: Mapping[bytes, Person], *, verified: bool) -> None:
        self._cipher = cipher
        self._people = people
        self.verified = verified  # whether there are links to verify
        self.chain = Chain(key)
        self.after = LOWEST
        self.bad: int | None = None  # the first entry that was not as it had been linked
        self._before = Chain(key)  # the chain as the earlier version had linked it
        self._met: bytes | None = None  # the earlier link of the entry that keyring.db knows as the last

    def replaced(self, entries: list[Row], mirror: Chain | None) -> Iterator[tuple[object, ...]]:
        """The values of `_REPLACE` for each entry."""
        for number, at, action, actor_left, subject_left, _, _, link_left in entries:
            actor, subject, link = map(_id, (actor_left, subject_left, link_left))
            link_before = self._before.link_after(self._before.link, number, at, action, actor, subject)
            if self.verified and link_before != link:
                self.bad = self.bad or max(self._before.number + 1, 1)
                self.chain = replace(self.chain, link=os.urandom(len(GENESIS)))  # so that it does not hold here either
            self._before = replace(self._before, number=number, link=link or GENESIS)
            if mirror and mirror.number == number:
                self._met = link
            said = parties(
                self._cipher,
                number,
                action,
                self._people.get(actor or b""),
                self._people.get(subject or b""),
                acted=actor is not None,
            )
            linked = self.chain.link_after(self.chain.link, number, at, action, *said)
            self.chain, self.after = replace(self.chain, number=number, link=linked), number
            yield (*said, linked, number)

    def ended_by(self, head: Chain | None) -> bool:
        """Whether the last entry is the one that the head of network.db names."""
        return head is not None and (head.number, head.link) == (self._before.number, self._before.link)

    def met_mirror(self, mirror: Chain | None) -> bool:
        """Whether the entry that keyring.db names was among the entries."""
        return mirror is not None and mirror.link == (GENESIS if mirror.number == 0 else self._met)


def _id(value: bytes | None) -> bytes | None:
    return value[len(LEFT) :] if value is not None and value.startswith(LEFT) and len(value) in (17, 33) else value

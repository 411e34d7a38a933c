"""The chain of the audit, which shows whether an entry was changed, removed or inserted by another program.

Every entry carries a link: HMAC-SHA256 over the link before it and over the entry, with a key that is derived from the
master key and is in no file. A head with an authentication tag names the last entry, so that none can be removed from
the end; it is in network.db, and as of the last start or erasure in keyring.db too, so that network.db alone cannot be
replaced by an older copy.

Where the head does not match the entries, the chain continues from a random link: every later check finds the break at
the same entry, whatever was written after it. Not detected: another chain made by somebody who has the master key, and
both files put back to the same moment.
"""

import hashlib
import hmac
import os
from dataclasses import dataclass, field, replace
from typing import Any

from storage.engine.point_statements import PointStatement
from storage.integrity.lookup_key_rotation import Run, RunMany
from storage.tables import Table

GENESIS = bytes(32)  # the link before the first entry
LOWEST = -(2**63)  # below every number that a row can have
AT_ONCE = 1000  # entries read between two turns of other tasks
UNBEGUN = b""  # in place of a tag, where a migration left entries without links

_ENTRY = "number, at, action, actor_tag, subject_tag, actor_host_id, subject_host_id, link"
ENTRIES = f"SELECT {_ENTRY} FROM audit WHERE number > ? ORDER BY number LIMIT ?"
ADD = PointStatement(f"INSERT INTO audit ({_ENTRY}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
HEAD = PointStatement("SELECT number, link, begun, tag FROM audit_head WHERE id = 1")
KEEP = PointStatement(
    "INSERT INTO audit_head (id, number, link, begun, tag) VALUES (1, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET "
    "number = excluded.number, link = excluded.link, begun = excluded.begun, tag = excluded.tag"
)


@dataclass(frozen=True, slots=True)
class Chain:
    """The end of the chain: its key and its last entry. Immutable, so that a rollback only drops the longer one."""

    key: bytes = field(repr=False)
    number: int = 0
    link: bytes = field(default=GENESIS, repr=False)
    begun: int = 0  # entries up to this number were there before the chain
    broken: bool = False  # the link is a random one, and no head has it yet

    def next(self, *said: object) -> "Chain":
        """The chain with one more entry; `said` is what its row says, from the instant to the hosts."""
        number = self.number + 1
        return replace(self, number=number, link=self.link_after(self.link, number, *said), broken=False)

    def link_after(self, link: bytes, *entry: object) -> bytes:
        """The link of an entry (its row, from the number to the hosts) that follows a link."""
        return self._mac("entry", link, *entry)

    @property
    def head(self) -> tuple[int, bytes, int, bytes]:
        """The columns of `audit_head`."""
        return self.number, self.link, self.begun, self._mac("head", self.number, self.link, self.begun)

    def _mac(self, *values: object) -> bytes:
        return hmac.digest(self.key, b"".join(map(_packed, values)), hashlib.sha256)


def _packed(value: object) -> bytes:
    """A value with its type and length in front, so that no two different rows have the same encoding."""
    match value:
        case None:
            return b"-"
        case bytes():
            kind, data = b"b", value
        case _:
            kind, data = b"i" if isinstance(value, int) else b"t", str(value).encode()
    return kind + len(data).to_bytes(8, "big") + data


async def head_in(run: Run, key: bytes) -> Chain | None:
    """The chain that the head of a file names; None without a head that this key has authenticated."""
    for number, link, begun, tag in await run(HEAD, ()):
        chain = Chain(key, number, link, begun)
        if hmac.compare_digest(chain.head[3], tag):
            return chain
    return None


async def keep(run: Run, chain: Chain) -> None:
    """Writes the head into a file."""
    await run(KEEP, chain.head)


async def first_bad(run: Run, chain: Chain) -> int | None:
    """The number of the first entry that was changed or is missing; None where the chain is intact."""
    link, number, after = GENESIS, 1, LOWEST
    while entries := await run(ENTRIES, (after, AT_ONCE)):
        for *entry, kept in entries:
            link = chain.link_after(link, *entry)
            if link != kept:
                return number
            after = entry[0]
            number = after + 1
    ends = Chain(chain.key, max(after, 0), link, chain.begun)
    return None if ends == chain == await head_in(run, chain.key) else number


async def append(run: Run, chain: Chain, *said: object) -> Chain:
    """Writes one more entry; `said` as in `Chain.next`. Runs in a transaction of the caller's."""
    longer = chain.next(*said)
    await run(ADD, (longer.number, *said, longer.link))
    await keep(run, longer)
    return longer


async def is_unbegun(run: Run) -> bool:
    rows = await run("SELECT 1 FROM audit_head WHERE tag = ?", (UNBEGUN,))
    return bool(rows)


async def begin(run: Run, run_many: RunMany, key: bytes, begun: int | None = None) -> Chain:
    """Links all entries as they are now. Earlier changes to them cannot be detected any more.

    `begun`: the entry up to which they had never been chained, where they were verified under another key just before.
    """
    chain, after = Chain(key), LOWEST
    while entries := await run(ENTRIES, (after, AT_ONCE)):
        links: list[tuple[bytes, int]] = []
        for *entry, _ in entries:
            after = entry[0]
            chain = Chain(key, after, chain.link_after(chain.link, *entry))
            links.append((chain.link, after))
        await run_many("UPDATE audit SET link = ? WHERE number = ?", links)
    chain = replace(chain, begun=chain.number if begun is None else begun)
    await keep(run, chain)
    return chain


async def load(run: Run, keys: Run, key: bytes) -> Chain:
    """The chain as both files have it at a start; a broken one where their heads and the last entry disagree."""
    head, mirror = await head_in(run, key), await head_in(keys, key)
    rows = await run("SELECT number, link FROM audit ORDER BY number DESC LIMIT 1", ())
    last: tuple[Any, ...] = tuple(rows[0]) if rows else (0, GENESIS)
    if head and mirror and (head.number, head.link) == last and await _has(run, mirror):
        return head
    known = [chain for chain in (head, mirror) if chain]
    number = max(last[0], *(chain.number for chain in known), 0)
    return Chain(key, number, os.urandom(len(GENESIS)), known[0].begun if known else 0, broken=True)


async def _has(run: Run, chain: Chain) -> bool:
    """Whether the last entry of this chain is still among the entries."""
    rows = await run("SELECT link FROM audit WHERE number = ?", (chain.number,))
    return chain.link == (rows[0][0] if rows else GENESIS if chain.number == 0 else None)


TABLES = (Table("audit_head"), Table("audit_head", keyring=True))

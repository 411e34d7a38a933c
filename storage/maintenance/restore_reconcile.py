"""What must not happen a second time once an older copy of network.db is in place.

What was pending when the copy was made may have been handled and sent since. So pending updates are not handled,
pending messages are not sent, and open invitations are revoked, since they may have been used. Messages that delete
words from a chat stay: doing that twice does no harm. Digests are scheduled again.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

Run = Callable[[str, Sequence[object]], Awaitable[list[Sequence[Any]]]]


@dataclass(frozen=True, slots=True)
class Dropped:
    """How many of each were dropped."""

    updates: int
    messages: int
    invites: int


async def settle(run: Run) -> Dropped:
    """Drops what was pending. Runs in a transaction of the caller's."""
    updates = await run(
        "UPDATE inbox SET state = 'answered', payload_encrypted = NULL, member_id = NULL, sender_index = NULL "
        "WHERE state IN ('pending', 'handled') RETURNING update_id",
        (),
    )
    messages = await run(
        "UPDATE outbox SET state = 'cancelled', settled_at = due_at "
        "WHERE state IN ('pending', 'sending') AND chat_message_id IS NULL RETURNING id",
        (),
    )
    invites = await run(
        "UPDATE invites SET revoked_at = created_at WHERE used_at IS NULL AND revoked_at IS NULL RETURNING id", ()
    )
    await run("UPDATE members SET digest_due_at = NULL WHERE digest_due_at IS NOT NULL", ())
    return Dropped(len(updates), len(messages), len(invites))

"""Waiting for a revision: until it is passed, until the time is over, until the signal is closed."""

import asyncio
import copy

from sandbox.telegram.changes import Changes


async def is_woken(changes: Changes, revision: int) -> bool:
    """Whether a wait for a revision greater than this one ends within a tenth of a second."""
    try:
        await asyncio.wait_for(changes.wait_past(revision, 60), 0.1)
    except TimeoutError:
        return False
    return True


async def test_a_revision_that_was_passed_already_is_not_waited_for() -> None:
    changes = Changes()
    changes.advance_to(3)
    assert await is_woken(changes, 2)
    assert not await is_woken(changes, 3)


async def test_everybody_who_waits_is_woken_by_a_greater_revision() -> None:
    changes = Changes()
    waiting = [asyncio.create_task(changes.wait_past(known, 60)) for known in (0, 1, 5)]
    await asyncio.sleep(0)
    changes.advance_to(2)
    done, left = await asyncio.wait(waiting, timeout=0.1)
    assert (done, left) == ({waiting[0], waiting[1]}, {waiting[2]})
    changes.advance_to(6)
    await asyncio.wait_for(waiting[2], 1)


async def test_a_wait_ends_with_its_time() -> None:
    await asyncio.wait_for(Changes().wait_past(0, 0.01), 1)


async def test_nobody_waits_once_it_is_closed() -> None:
    changes = Changes()
    waiting = asyncio.create_task(changes.wait_past(0, 60))
    await asyncio.sleep(0)
    changes.close()
    await asyncio.wait_for(waiting, 1)
    assert await is_woken(changes, 0)


async def test_a_copy_has_the_revision_and_is_open() -> None:
    changes = Changes()
    changes.advance_to(7)
    changes.close()
    copied = copy.deepcopy(changes)
    assert (copied.revision, copied.closed) == (7, False)
    copied.advance_to(8)
    assert changes.revision == 7

"""Thirty messages a second: the share of it that three ways of pacing reach, their refusals and their memory.

    python -m bench.fan_out            about two minutes: share of what is permitted, refusals
    python -m bench.fan_out --memory   about a minute: memory for 1,400 and 10,000 recipients

In turns, against a Bot API of our own in another process (`strict_api.py`):

- ours: `bot/messaging/rate_limiter.py` under the sender, with as many senders as the outbox has
- AIORateLimiter of python-telegram-bot with its defaults, one task for each recipient, as its users write it
- fixed: a call every thirtieth of a second, and a pause for as long as Telegram says

All three use our own transport, so that only the pacing differs. The share leaves out the first thirty messages, and is
measured over whole thirties, so that sending in bursts does not count as faster than the average pace. Where it is
permitted, everything runs with priority, since other load on the machine delays each call by more than the pacing.
"""

import argparse
import asyncio
import contextlib
import os
import statistics
import time
from collections.abc import Sequence

from bench import fan_out_memory
from bench.pacing import FIRST_CHAT, PER_SECOND, Pacing, fixed, import_peer, ours, rate_limiter
from bench.rounds import ROUNDS, machine
from bench.strict_api import listening, report

RECIPIENTS = 151  # of one round: the first thirty, four thirties that are measured, and the one that ends them
MOST = 7.0  # seconds of one round


def share(accepted: Sequence[float]) -> float:
    """The share of thirty a second that is reached after the first thirty; a round that is cut off counts in full."""
    if len(accepted) == RECIPIENTS:
        whole = (RECIPIENTS - 1) // PER_SECOND - 1
        return whole / (accepted[PER_SECOND * (whole + 1)] - accepted[PER_SECOND])
    later = accepted[PER_SECOND:]
    return len(later) / PER_SECOND / (accepted[0] + MOST - later[0]) if later else 0.0


async def rounds(ways: dict[str, Pacing], count: int) -> None:
    shares: dict[str, list[float]] = {name: [] for name in ways}
    refusals: dict[str, list[int]] = {name: [] for name in ways}
    async with listening(PER_SECOND) as address:
        for number in range(count):
            for name, way in ways.items():
                chats = range(FIRST_CHAT, FIRST_CHAT + RECIPIENTS)
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(MOST):
                        await way(address, chats)
                await asyncio.sleep(0.1)
                accepted, refused = await report(address)
                shares[name].append(share(accepted))
                refusals[name].append(refused)
            done = ", ".join(f"{name} {shares[name][-1]:.1%} ({refusals[name][-1]} refused)" for name in ways)
            print(f"round {number + 1}: {done}", flush=True)
    print(f"\nmedians of {count}:")
    for name in ways:
        print(f"  {name:<16} {statistics.median(shares[name]):6.1%} of {PER_SECOND}/s, {sum(refusals[name]):4} refused")
    passed = statistics.median(shares["ours"]) >= 0.97 and not sum(refusals["ours"])
    print(f"at least 97 % and no refusal: {'reached' if passed else 'missed'}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--memory", action="store_true")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    given = parser.parse_args()
    with contextlib.suppress(PermissionError):
        os.nice(-15)
    print(machine())
    ways: dict[str, Pacing] = {"ours": ours, "AIORateLimiter": rate_limiter, "fixed": fixed}
    if (why := import_peer()) is not None:
        print(f"AIORateLimiter is left out: {why}")
        del ways["AIORateLimiter"]
    if given.memory:
        asyncio.run(fan_out_memory.compare(with_peer=why is None))
        return
    begun = time.monotonic()
    asyncio.run(rounds(ways, given.rounds))
    print(f"took {time.monotonic() - begun:.0f} s")


if __name__ == "__main__":
    main()

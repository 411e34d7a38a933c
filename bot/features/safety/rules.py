"""Who together may freeze and thaw an account. Pure."""

from collections.abc import Collection


def may_freeze(voters: Collection[bytes], buddies: Collection[bytes], coordinators: Collection[bytes]) -> bool:
    """Whether among the voters are two buddies, or one and a coordinator: always two different people."""
    return any(
        first in buddies and (second in buddies or second in coordinators)
        for first in voters
        for second in voters
        if first != second
    )


def may_thaw(voters: Collection[bytes], buddies: Collection[bytes], coordinators: Collection[bytes]) -> bool:
    """Whether among the voters are a buddy and a coordinator: two different people."""
    return any(first in buddies and second in coordinators for first in voters for second in voters if first != second)

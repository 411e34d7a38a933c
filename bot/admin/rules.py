"""Who may decide about whom, and what somebody asks of the audit. Pure."""

from bot.places import fold
from storage.members import Member, Role

VERIFY = frozenset(map(fold, ("verify", "check", "vérifier", "تحقق", "تحقّق", "فحص")))


def may_see(coordinator: Member, person: Member) -> bool:
    """A coordinator sees the people of their own host; an owner sees everybody."""
    if coordinator.role is Role.OWNER:
        return True
    return coordinator.role is Role.COORDINATOR and person.host_id is not None and person.host_id == coordinator.host_id


def may_remove(coordinator: Member, person: Member) -> bool:
    """Coordinators remove members of their own host; those with a role, and members of no host, an owner removes.

    Never themselves, so there is always an owner left.
    """
    may = coordinator.role is Role.OWNER or (person.role is Role.MEMBER and may_see(coordinator, person))
    return may and coordinator.id != person.id


def asks_to_verify(words: str) -> bool:
    """Whether what stands behind `/audit` asks for the check rather than for the entries."""
    return fold(words.strip()) in VERIFY

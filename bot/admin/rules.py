"""Who may decide about whom. Pure."""

from storage.members import Member, Role


def may_see(coordinator: Member, person: Member) -> bool:
    """A coordinator sees the people of their own host; an owner sees everybody."""
    if coordinator.role is Role.OWNER:
        return True
    return coordinator.role is Role.COORDINATOR and person.host_id is not None and person.host_id == coordinator.host_id

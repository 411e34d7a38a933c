"""How the program opens a network: an interrupted rotation of the master key is resumed first."""

from pathlib import Path

from storage.crypto.master_key import MasterKey
from storage.engine.startup_checks import refuse_interrupted
from storage.engine.store import Store
from storage.maintenance import key_rotation


async def open_store(
    directory: Path, master: MasterKey, *, create: bool = False, accept_rollback: bool = False
) -> Store:
    """Opens the network in a data directory.

    Where the slot file says that the master key is being rotated (`master.before`), the rotation is resumed first.
    Raises what `key_rotation.resume` and `Store.open` raise.
    """
    if master.before is not None:
        refuse_interrupted(directory, rotating_allowed=True)
        master = await key_rotation.resume(directory, master, accept_rollback=accept_rollback)
    return await Store.open(directory, master, create=create, accept_rollback=accept_rollback)

"""Files altered by somebody who has the master key, who can write the record of their pages again as well."""

from pathlib import Path

from storage.crypto.master_key import MasterKey
from storage.engine.database import Database
from storage.files import KEYRING_FILE, NETWORK_FILE
from storage.integrity.page_guard import PageState
from storage.integrity.page_tags import PageTags
from storage.integrity.rollback_guard import FOREIGN, GenerationFile


async def sign(directory: Path, master: MasterKey) -> None:
    """Has the generation file accept the databases as they are, with what is in their logs. Their numbers stay."""
    file = GenerationFile(directory, master)
    for name, purpose in ((NETWORK_FILE, "database"), (KEYRING_FILE, "keyring")):
        database = Database(directory / name, *master.derivations(purpose))
        try:
            await database.begin()
            await database.settle()
        finally:
            await database.close()
        file.pages[name] = PageState(PageTags.read_closed(directory / name).digest, closed=True)
    number = file.read()
    if number is not None and number != FOREIGN:
        file.write(number)

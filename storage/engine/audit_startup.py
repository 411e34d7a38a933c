"""The audit's chain when the files are opened: loaded and compared, or begun again with the entries as they are."""

import structlog

from storage.crypto.cipher import Cipher
from storage.engine.database_pair import DatabasePair
from storage.integrity import audit_chain, audit_tags
from storage.integrity.audit_chain import Chain

log = structlog.get_logger(__name__)


async def load(files: DatabasePair, key: bytes, cipher: Cipher) -> Chain:
    """The chain as both files have it; a broken one is logged.

    Entries that a migration left with ids of people get tags instead, and those that one left unlinked are linked.
    """
    bad = await audit_tags.replace_ids(files.network, files.keyring.fetch, key, cipher)
    if bad is not None:
        log.error("audit-broken", number=bad)
    if await audit_chain.is_unbegun(files.network.fetch):
        await begin(files, key)
    chain = await audit_chain.load(files.network.fetch, files.keyring.fetch, key)
    await audit_chain.keep(files.keyring.fetch, chain)
    if chain.broken:
        log.error("audit-broken", number=chain.number)
    return chain


async def restart(files: DatabasePair, key: bytes) -> Chain:
    """Links all entries as they are now, and accepts that in keyring.db too."""
    begun = await begin(files, key)
    await audit_chain.keep(files.keyring.fetch, begun)
    return begun


async def begin(files: DatabasePair, key: bytes) -> Chain:
    """Links all entries as they are now. A head that keyring.db has already stays, so that a difference shows."""
    async with files.network.transaction():
        begun = await audit_chain.begin(files.network.fetch, files.network.executemany, key)
        if not await files.keyring.fetch(audit_chain.HEAD):
            await audit_chain.keep(files.keyring.fetch, begun)
    return begun

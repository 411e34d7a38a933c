"""The plaintext of every page of the database files, those that belong to no table any more included.

A query sees only what is still linked. Whether something is really gone shows on the pages themselves, so they are
opened here without SQLCipher, from its documented format: 4,096 bytes, AES-256-CBC, with the IV and an HMAC-SHA512 in
the last 80 bytes of a page, and a salt in the first 16 of the file.
"""

from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from bot.demo.stage import Stage
from bot.operator import setup

PAGE, RESERVED, SALT = 4096, 80, 16
WAL_HEADER, FRAME_HEADER = 32, 24


def decrypted_pages(stage: Stage) -> bytes:
    master = setup.unlock(stage.settings.storage, ask=lambda: "")
    return b"".join(
        _database(stage.data / name, master.derive(purpose))
        for name, purpose in (("network.db", "database"), ("keyring.db", "keyring"))
    )


def _database(path: Path, key: bytes) -> bytes:
    data = path.read_bytes()
    assert data
    assert len(data) % PAGE == 0
    found = _page(data[SALT:PAGE], key)
    for start in range(PAGE, len(data), PAGE):
        found += _page(data[start : start + PAGE], key)
    log = path.with_name(path.name + "-wal")
    frames = log.read_bytes()[WAL_HEADER:] if log.exists() else b""
    for start in range(0, len(frames), FRAME_HEADER + PAGE):
        page = frames[start + FRAME_HEADER : start + FRAME_HEADER + PAGE]
        found += _page(page[SALT:] if frames[start : start + 4] == b"\0\0\0\1" else page, key)
    return found


def _page(page: bytes, key: bytes) -> bytes:
    vector = page[-RESERVED : -RESERVED + 16]
    opener = Cipher(algorithms.AES(key), modes.CBC(vector)).decryptor()
    return opener.update(page[:-RESERVED]) + opener.finalize()

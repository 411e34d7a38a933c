"""The decrypted pages of the database files of a stage, and their generation number; with the master key."""

from bot.demo.stage import Stage
from storage.integrity import sqlcipher_pages
from storage.integrity.rollback_guard import GenerationFile


def decrypted_pages(stage: Stage) -> bytes:
    found = [
        page.plain
        for name, purpose in (("network.db", "database"), ("keyring.db", "keyring"))
        for page in sqlcipher_pages.pages(stage.data / name, stage.master().derive(purpose))
    ]
    assert found
    assert None not in found
    return b"".join(plain for plain in found if plain)


def generation(stage: Stage) -> int | None:
    return GenerationFile(stage.data, stage.master()).read()

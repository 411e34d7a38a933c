"""An older copy of the network, in the hands of a thief or put back by an operator."""

import shutil
from pathlib import Path

import pytest
import sqlcipher3

from bot.demo import steps
from storage.crypto.cipher import Cipher, Unreadable
from storage.engine.errors import StoreError
from storage.integrity import lookup_key_rotation
from tests.support.cast import Cast

TOPIC = "Detention and protection"


def opened(cipher: Cipher, row: bytes, sealed: bytes) -> bytes | None:
    try:
        return cipher.decrypt(lookup_key_rotation.TELEGRAM_ID, row, sealed)
    except Unreadable:
        return None


async def test_an_older_copy_of_the_network_tells_nothing_of_an_erased_person(cast: Cast, tmp_path: Path) -> None:
    """With the current keyring, no Telegram id leads to the row of the erased person in the older copy."""
    stage = cast.stage
    salma = await cast.salma()
    address = salma.person.id
    await stage.settle()
    await stage.stop()
    older = tmp_path / "older.db"
    shutil.copy(stage.data / "network.db", older)
    await stage.start()
    await salma.says("/forget")
    await salma.presses("button-forget-yes")
    await salma.sees("goodbye")
    await stage.settle()
    cipher = stage.halqa.store.cipher
    await stage.stop()

    copy = sqlcipher3.connect(str(older))
    copy.execute(f"PRAGMA key = \"x'{stage.master().derive('database').hex()}'\"")
    hashes = {row[0] for row in copy.execute("SELECT telegram_id_index FROM members")}
    assert len(hashes) == 4
    assert cipher.telegram_id_index(address) not in hashes
    addresses = [
        opened(cipher, row, sealed) for row, sealed in copy.execute("SELECT id, telegram_id_encrypted FROM members")
    ]
    assert addresses.count(None) == 1
    assert str(address).encode() not in addresses
    copy.close()
    await stage.start()


async def test_an_older_network_put_back_erases_again_and_serves_the_others(cast: Cast, tmp_path: Path) -> None:
    stage = cast.stage
    await steps.open_topic(cast.nour, TOPIC, "")
    salma = await cast.salma()
    await steps.post(salma, TOPIC, "words of somebody who will leave")
    await stage.settle()
    await stage.stop()
    for name in ("network.db", "network.db-wal"):
        if (stage.data / name).exists():
            shutil.copy(stage.data / name, tmp_path / name)
    await stage.start()
    await salma.says("/forget")
    await salma.presses("button-forget-yes")
    await salma.sees("goodbye")
    await stage.settle()
    await stage.stop()
    for name in ("network.db", "network.db-wal"):
        (stage.data / name).unlink(missing_ok=True)
        if (tmp_path / name).exists():
            shutil.copy(tmp_path / name, stage.data / name)
    with pytest.raises(StoreError, match="network-older"):
        await stage.start()
    await stage.start(accept_rollback=True)
    await stage.halqa.tick()
    await salma.says("hello?")
    await salma.sees("greeting")
    await cast.olena.says("/members")
    await cast.olena.sees("members", count=3)
    await cast.olena.says("/audit verify")
    await cast.olena.sees("audit-holds")
    await cast.nour.says(f"/topics {TOPIC}")
    await cast.nour.presses("button-read-latest")
    await cast.nour.sees("topic-empty", title=TOPIC)

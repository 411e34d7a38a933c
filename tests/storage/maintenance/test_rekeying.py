"""Files written again under a new master key: only complete drafts replace old ones, whose bytes are overwritten."""

from pathlib import Path
from typing import Any

import pytest

from storage.engine.database import Database
from storage.engine.errors import StoreError
from storage.files import KEYRING_FILE, NETWORK_FILE
from storage.maintenance import rekeying
from storage.maintenance.key_rotation import RotationWaiting
from tests.storage.rotations import WHOLE, Net


async def test_the_old_bytes_are_overwritten_before_they_are_freed(net: Net, tmp_path: Path) -> None:
    held = tmp_path / "held"
    held.mkdir()
    for name in (NETWORK_FILE, KEYRING_FILE):
        (held / name).hardlink_to(net.data / name)
    assert net.opening(net.old, held)
    await net.rotate()
    assert net.opening(net.old, held) == []


async def test_a_draft_that_lost_rows_replaces_nothing(net: Net, monkeypatch: pytest.MonkeyPatch) -> None:
    export = Database.export

    async def short(self: Database) -> None:
        await export(self)
        if self.path.name == NETWORK_FILE:
            await self.execute("INSERT INTO hosts VALUES (x'01', x'02', x'', 1)")

    monkeypatch.setattr(Database, "export", short)
    with pytest.raises(RotationWaiting) as caught:
        await net.rotate()
    assert isinstance(caught.value.cause, StoreError)
    assert caught.value.cause.reason == "damaged"
    assert net.opening(net.old, net.data)


async def test_a_draft_whose_journal_was_not_written_back_replaces_nothing(
    net: Net, monkeypatch: pytest.MonkeyPatch
) -> None:
    rewrite = rekeying._rewrite

    async def unfinished(into: Path, *more: Any) -> None:
        await rewrite(into, *more)
        (into / f"{NETWORK_FILE}-wal").write_bytes(b"pages that the file lacks")

    monkeypatch.setattr(rekeying, "_rewrite", unfinished)
    with pytest.raises(RotationWaiting) as caught:
        await net.rotate()
    assert not caught.value.placed
    assert net.opening(net.old, net.data)
    assert net.files() == WHOLE

"""Copies of a data directory after each statement, as if the power failed at each."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from storage.engine.connection import CountingConnection, Row
from tests.storage.people import copy


class Snapshots:
    """A copy of the data directory now and after every statement to come, as if the power failed at each."""

    def __init__(self, directory: Path, to: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.taken = [copy(directory, to / "before")]
        execute = CountingConnection.run

        def watched(connection: CountingConnection, sql: str, values: Sequence[object]) -> list[Row]:
            rows = execute(connection, sql, values)
            self.taken.append(copy(directory, to / f"after{len(self.taken)}"))
            return rows

        monkeypatch.setattr(CountingConnection, "run", watched)
        self._patch, self._execute = monkeypatch, execute

    def stop(self) -> list[Path]:
        self._patch.setattr(CountingConnection, "run", self._execute)
        return self.taken

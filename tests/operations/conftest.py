"""An environment without settings of a network, so that only those of a test apply."""

import os

import pytest


@pytest.fixture(autouse=True)
def _an_empty_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [*os.environ]:
        if name.startswith("HALQA_") or name == "CREDENTIALS_DIRECTORY":
            monkeypatch.delenv(name)

"""Fixtures of polling."""

import pytest

from bot.telegram import fatal, polling


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(polling, "AFTER_CONFLICT", 0.01)
    monkeypatch.setattr(polling, "LONGEST_PAUSE", 0.01)
    monkeypatch.setattr(polling, "BETWEEN_READINGS", 0.01)
    monkeypatch.setattr(fatal, "BETWEEN", 0.01)

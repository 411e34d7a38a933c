"""What the tests of thieves share."""

from datetime import timedelta

import pytest

from storage.records import post_quota


@pytest.fixture(autouse=True)
def unlimited_posts(monkeypatch: pytest.MonkeyPatch) -> None:
    """The people of these tests write within a minute what others write in weeks."""
    monkeypatch.setattr(post_quota, "LIMITS", ((1_000_000, timedelta(days=1)),))

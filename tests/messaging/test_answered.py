"""After which answers the outbox is asked for messages that are due."""

import pytest

from tests.support.cast import Cast


async def test_owed_messages_are_looked_for_only_after_an_update_that_wrote(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[str] = []
    doing = "reading"
    monkeypatch.setattr(cast.stage.halqa.inbox_worker, "_answered", lambda: looked.append(doing))
    await cast.nour.says("/settings")
    await cast.stage.settle()
    doing = "writing"
    await cast.nour.presses("button-change-name")
    await cast.stage.settle()
    assert looked == ["writing"]

"""`halqa demo`: its options reach the demo."""

import pytest
from typer.testing import CliRunner

from bot.cli.main import app
from bot.demo import show


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ([], {"port": 0, "browser": True, "seeded": True}),
        (["--port", "8099", "--no-browser", "--empty"], {"port": 8099, "browser": False, "seeded": False}),
    ],
)
def test_the_options_are_passed_on(
    monkeypatch: pytest.MonkeyPatch, arguments: list[str], expected: dict[str, object]
) -> None:
    calls: list[dict[str, object]] = []
    monkeypatch.setattr(show, "main", lambda **options: calls.append(options))
    assert CliRunner().invoke(app, ["demo", *arguments]).exit_code == 0
    assert calls == [expected]

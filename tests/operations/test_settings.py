"""The values of settings: which are refused, and how they fit together."""

from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from bot.operations import config
from bot.operations.config import Settings
from tests.operations.settings_file import GOOD, SECRET, TOKEN, mistakes_in, written


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ('key = "file"', "is missing"),
        ('key = "passphrase"\nkey_file = "k"', "belongs to"),
        ('key_file = "data/k"', "inside storage.directory"),
        ('key_file = "data/../data/k"', "inside storage.directory"),
    ],
)
def test_the_key_and_its_source_fit_together(tmp_path: Path, text: str, part: str) -> None:
    found = mistakes_in(written(tmp_path, GOOD.replace('key_file = "keys/halqa.keyfile"', text)))
    assert part in found["storage.key_file"]


@pytest.mark.parametrize(
    "url",
    ["ftp://127.0.0.1/bot", "http://10.0.0.1/bot", "https:///bot", "https://api.example", "https://[/bot", "bot"],
)
def test_a_server_that_would_expose_the_token_is_refused(tmp_path: Path, url: str) -> None:
    text = GOOD.replace("[network]", f'base_url = "{url}"\n[network]')
    assert "telegram.base_url" in mistakes_in(written(tmp_path, text))


def test_settings_do_not_change_while_the_bot_runs(tmp_path: Path) -> None:
    settings = config.load(written(tmp_path, GOOD))
    for part, name in ((settings, "network"), (settings.run, "workers"), (settings.telegram, "token")):
        with pytest.raises(ValidationError, match="frozen"):
            setattr(part, name, 1)


def test_the_demo_does_not_listen_to_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A demo must not reach the real Telegram by accident."""
    monkeypatch.setenv("HALQA_TELEGRAM__BASE_URL", "https://api.example/bot")
    data: dict[str, Any] = {
        "telegram": {"token": TOKEN, "base_url": "http://127.0.0.1:9/bot"},
        "network": {"name": "Demo"},
        "storage": {"directory": tmp_path / "data", "key_file": tmp_path / "key"},
    }
    assert Settings.model_validate(data).telegram.base_url == "http://127.0.0.1:9/bot"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ('url = "http://bot.example.org/halqa"', "url"),
        ('url = "https://bot.example.org:8081/halqa"', "url"),
        ('url = "https://bot.example.org"', "url"),
        ('url = "https://bot.example.org/"', "url"),
        ('url = "https://name:zanzibar-7731@bot.example.org/halqa"', "url"),
        ('url = "https://bot.example.org/halqa?secret=zanzibar-7731"', "url"),
        ('url = "https://[/halqa"', "url"),
        ('url = "https://bot.example.org:99999/halqa"', "url"),
        ('listen = "8081"', "listen"),
        ('listen = ":8081"', "listen"),
        ('listen = "127.0.0.1:http"', "listen"),
        ('listen = "127.0.0.1:٨٠٨١"', "listen"),
        ('listen = "127.0.0.1:65536"', "listen"),
        ('listen = "webhook.sock"', "listen"),
        ("connections = 0", "connections"),
        ("connections = 101", "connections"),
    ],
)
def test_a_webhook_that_telegram_would_not_reach_is_a_mistake(tmp_path: Path, text: str, key: str) -> None:
    found = mistakes_in(written(tmp_path, f"{GOOD}\n[webhook]\n{text}\n"))
    assert found.keys() == {f"webhook.{key}"}
    assert SECRET not in str(found)


@pytest.mark.parametrize(
    ("listen", "address"), [("127.0.0.1:8081", ("127.0.0.1", 8081)), ("[::1]:8081", ("::1", 8081)), ("/srv/s", None)]
)
def test_a_webhook_is_listened_for_at_an_address_or_a_socket(tmp_path: Path, listen: str, address: object) -> None:
    text = f'{GOOD}\n[webhook]\nurl = "https://bot.example.org:8443/halqa"\nlisten = "{listen}"\n'
    webhook = config.load(written(tmp_path, text)).webhook
    assert webhook.path == "/halqa"
    assert webhook.socket == (None if address else Path(listen))
    assert address is None or webhook.address == address

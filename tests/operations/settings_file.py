"""A settings file that is valid, and the mistakes in one that is not."""

from pathlib import Path

import pytest

from bot.operations import config
from bot.operations.config import ConfigError

TOKEN = "1234567890:AAa-fictional-token-for-these-tests-0"
GOOD = f"""
[telegram]
token = "{TOKEN}"

[network]
name = "Circle of the Three Rivers"

[storage]
directory = "data"
key_file = "keys/halqa.keyfile"
"""
SECRET = "zanzibar-7731"


def written(folder: Path, text: str, mode: int = 0o600) -> Path:
    path = folder / "halqa.toml"
    path.write_text(text, encoding="utf-8")
    path.chmod(mode)
    return path


def mistakes_in(path: Path) -> dict[str, str]:
    with pytest.raises(ConfigError) as caught:
        config.load(path)
    return dict(caught.value.mistakes)

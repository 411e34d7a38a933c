"""The settings of a network: sections, defaults, and validation of each value. `config.load` fills them.

The messages of validators are shown to the operator, so they describe a valid value and never contain the actual one.
"""

import re
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
    StringConstraints,
    ValidationInfo,
    field_validator,
)

# The format of a token: https://core.telegram.org/bots/api#authorizing-your-bot
_TOKEN = re.compile(r"[0-9]{5,20}:[A-Za-z0-9_-]{20,100}")
_LOOPBACK = {"127.0.0.1", "localhost", "::1"}
PROXIES = ("socks5", "socks4", "http")
_PORTS = {None, 443, 80, 88, 8443}


def _token(value: SecretStr) -> SecretStr:
    if not _TOKEN.fullmatch(value.get_secret_value()):
        raise ValueError("does not look like a token of BotFather: digits, a colon, then some 35 letters and digits")
    return value


def _server(value: str) -> str:
    try:
        parts = urlsplit(value)
    except ValueError:
        parts = urlsplit("")
    local = parts.scheme == "http" and parts.hostname in _LOOPBACK
    if not parts.hostname or not (parts.scheme == "https" or local):
        raise ValueError("should begin with https:// (http:// only for this machine), since the token travels in it")
    if not parts.path.endswith("/bot") or parts.query or parts.fragment:
        raise ValueError("should end in /bot, for the token follows right behind")
    return value


def _proxy(value: SecretStr) -> SecretStr:
    try:
        parts = urlsplit(value.get_secret_value())
        known = value.get_secret_value().startswith(tuple(f"{scheme}://" for scheme in PROXIES))
        complete = known and parts.hostname and parts.port and parts.path in ("", "/")
        complete = complete and not parts.query and not parts.fragment
    except ValueError:
        complete = False
    if not complete:
        schemes = ", ".join(f"{scheme}://" for scheme in PROXIES)
        raise ValueError(f"should be {schemes} and then, perhaps, name:password@, then a host and its port")
    return value


def _public(value: str) -> str:
    """Checks a URL to which Telegram can deliver: https://core.telegram.org/bots/api#setwebhook"""
    try:
        parts, port = urlsplit(value), urlsplit(value).port
    except ValueError:
        parts, port = urlsplit(""), None
    local = parts.hostname in _LOOPBACK and parts.scheme in ("http", "https")
    if not parts.hostname or not (parts.scheme == "https" or local):
        raise ValueError("should begin with https://, for Telegram delivers to nothing else")
    if not local and port not in _PORTS:
        raise ValueError("should have no port, or one of 443, 80, 88, 8443, for Telegram delivers to no other")
    if len(parts.path) < 2 or parts.query or parts.fragment or parts.username:
        raise ValueError("should have a path behind the name, such as /halqa, and nothing behind the path")
    return value


def _listen(value: str) -> str:
    host, colon, port = value.rpartition(":")
    if value.startswith("/"):
        return value
    if not colon or not host or not port.isascii() or not port.isdecimal() or int(port) > 65535:
        raise ValueError("should be an address and a port, such as 127.0.0.1:8081, or the whole path of a socket")
    return value


def _listed(value: object) -> object:
    """Splits a string at its commas, since an environment variable cannot hold a list."""
    return [word.strip() for word in value.split(",") if word.strip()] if isinstance(value, str) else value


def _once_each(value: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value))


Language = Literal["en", "fr", "ar"]
Server = Annotated[str, AfterValidator(_server)]
Place = Annotated[Path, AfterValidator(lambda path: path.expanduser().absolute())]


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class TelegramSettings(_Section):
    token: Annotated[SecretStr, AfterValidator(_token)]
    base_url: Server = "https://api.telegram.org/bot"
    # Derived from base_url unless it is set, in the way of Telegram's own server.
    file_url: str = Field(default="", validate_default=True)
    proxy: Annotated[SecretStr, AfterValidator(_proxy)] | None = None
    messages_per_second: int = Field(default=30, ge=1, le=1000)
    per_chat_seconds: float = Field(default=1.0, ge=0, le=60)

    @field_validator("file_url")
    @classmethod
    def _file_url(cls, value: str, info: ValidationInfo) -> str:
        base: str = info.data.get("base_url", "")
        return _server(value) if value else base.removesuffix("/bot") + "/file/bot"


class WebhookSettings(_Section):
    """Where Telegram delivers updates; without `url` the bot polls for them."""

    url: Annotated[str, AfterValidator(_public)] | None = None
    listen: Annotated[str, AfterValidator(_listen)] = "127.0.0.1:8081"
    connections: int = Field(default=16, ge=1, le=100)

    @property
    def path(self) -> str:
        return urlsplit(self.url or "").path

    @property
    def socket(self) -> Path | None:
        """The path of the Unix socket to listen on; None where `listen` is an address."""
        return Path(self.listen) if self.listen.startswith("/") else None

    @property
    def address(self) -> tuple[str, int]:
        """The host and the port of `listen`, where it is an address."""
        host, _, port = self.listen.rpartition(":")
        return host.strip("[]"), int(port)


class NetworkSettings(_Section):
    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=64)]
    # Who is responsible for the data, and how to reach them: the notice says both before anybody agrees.
    controller: Annotated[str, StringConstraints(strip_whitespace=True, max_length=128)] = ""
    contact: Annotated[str, StringConstraints(strip_whitespace=True, max_length=128)] = ""
    languages: Annotated[
        tuple[Language, ...], Field(min_length=1), BeforeValidator(_listed), AfterValidator(_once_each)
    ] = ("en", "fr", "ar")


class StorageSettings(_Section):
    directory: Place
    key: Literal["file", "passphrase", "credential"] = "file"
    key_file: Place | None = Field(default=None, validate_default=True)

    @field_validator("key_file")
    @classmethod
    def _check_key_file(cls, value: Path | None, info: ValidationInfo) -> Path | None:
        source, directory = info.data.get("key"), info.data.get("directory")
        if source == "file" and value is None:
            raise ValueError('is missing, and storage.key = "file" needs it')
        if source in ("passphrase", "credential") and value is not None:
            raise ValueError('belongs to storage.key = "file" only; take one of the two out')
        if value is not None and directory is not None and value.is_relative_to(directory):
            raise ValueError("should not stand inside storage.directory: who takes the one then has both")
        return value


class DigestSettings(_Section):
    closes_after_minutes: int = Field(default=60, ge=1, le=2820)


class BackupSettings(_Section):
    directory: Place | None = None
    every_hours: int = Field(default=24, ge=1, le=24 * 31)
    keep: int = Field(default=14, ge=1, le=1000)


class RunSettings(_Section):
    tick_seconds: int = Field(default=15, ge=1, le=300)
    workers: int = Field(default=64, ge=1, le=512)
    log: Literal["console", "json"] = "console"


class Settings(_Section):
    """All sections. The environment is read only by `config.load`, not by the constructor (in a demo or a test)."""

    telegram: TelegramSettings
    network: NetworkSettings
    storage: StorageSettings
    webhook: WebhookSettings = WebhookSettings()
    digest: DigestSettings = DigestSettings()
    backup: BackupSettings = BackupSettings()
    run: RunSettings = RunSettings()

"""The parameters of one call of the Bot API, from a query, a form, multipart or JSON."""

import json
from typing import Any

from aiohttp import web

from sandbox.telegram.api_errors import bad_request
from sandbox.telegram.files import Upload


class Call:
    """One call: its values by name, all as text, and its files."""

    def __init__(self, values: dict[str, str], files: dict[str, Upload]) -> None:
        self._values = values
        self._files = files

    @classmethod
    async def read(cls, request: web.Request) -> "Call":
        """Read a request's query and body; raises ApiError where a JSON body cannot be parsed."""
        values = dict(request.query)
        files: dict[str, Upload] = {}
        if request.content_type == "application/json":
            values |= _json_values(await request.read())
            return cls(values, files)
        for name, field in (await request.post()).items():
            if isinstance(field, web.FileField):
                files[name] = Upload(field.filename, field.content_type, field.file.read())
                field.file.close()
            elif isinstance(field, str):
                values[name] = field
            else:
                values[name] = bytes(field).decode(errors="replace")
        return cls(values, files)

    def has(self, name: str) -> bool:
        """Whether the parameter is given."""
        return name in self._values

    def text(self, name: str) -> str:
        """A string; empty where it is not given."""
        return self._values.get(name, "")

    def flag(self, name: str) -> bool:
        """A Boolean, as Telegram reads it."""
        return self.text(name).lower() in ("true", "yes", "1")

    def number(self, name: str, default: int | None = None) -> int:
        """An integer; raises ApiError where it is none, or is not given and has no default."""
        raw = self.text(name).strip()
        if not raw and default is not None:
            return default
        try:
            return int(raw)
        except ValueError:
            raise bad_request(f"invalid {name} specified") from None

    def structure(self, name: str, complaint: str) -> Any:
        """A JSON-serialized value, or None where it is not given; raises ApiError with `complaint` for other text."""
        raw = self.text(name)
        if not raw:
            return None
        try:
            return json.loads(raw)
        except ValueError:
            raise bad_request(complaint) from None

    def file(self, name: str) -> Upload | None:
        """A file of the request, by the name of its part."""
        return self._files.get(name)

    def upload(self, name: str) -> Upload | None:
        """A file of the request: under the name itself, or under the name in `attach://<name>`."""
        value = self.text(name)
        if value.startswith("attach://"):
            return self._files.get(value.removeprefix("attach://"))
        return self._files.get(name)


def _json_values(body: bytes) -> dict[str, str]:
    try:
        given = json.loads(body) if body.strip() else {}
    except ValueError:
        raise bad_request("can't parse JSON in the request body") from None
    if not isinstance(given, dict):
        raise bad_request("the request body must be a JSON object")
    return {
        name: value if isinstance(value, str) else json.dumps(value)
        for name, value in given.items()
        if value is not None
    }

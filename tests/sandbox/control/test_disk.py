"""What the control API shows of the bot's data directory, and its search for words there."""

import base64
from pathlib import Path

import pytest

from sandbox.server import Sandbox
from tests.sandbox.bare_api import Api


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    (tmp_path / "network.db").write_bytes(bytes(range(256)) * 4 + b"Zeynep at the HARBOUR")
    (tmp_path / "wide.db").write_bytes("Zeynep".encode("utf-16-le"))
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / "coded").write_bytes(base64.b64encode(b"x Zeynep went home"))
    return tmp_path


async def test_what_a_thief_sees(sandbox: Sandbox, api: Api, directory: Path) -> None:
    status, _ = await api.control("GET", "/disk")
    assert status == 404
    sandbox.directory = directory
    _, disk = await api.control("GET", "/disk")
    assert disk["directory"] == str(directory)
    assert {file["name"]: file["size"] for file in disk["files"]} == {
        "network.db": 1045,
        "wide.db": 12,
        "inner/coded": 24,
    }
    assert all(len(file["sample"]) == 2 * min(96, file["size"]) for file in disk["files"])


async def test_words_are_found_in_every_coding(sandbox: Sandbox, api: Api, directory: Path) -> None:
    sandbox.directory = directory
    _, found = await api.control("GET", "/disk/search", params={"words": "Zeynep"})
    assert found == {
        "words": "Zeynep",
        "on_disk": {"hits": 3, "files": ["inner/coded", "network.db", "wide.db"]},
        "with_key": None,
    }
    _, found = await api.control("GET", "/disk/search", params={"words": "harbour"})
    assert found["on_disk"] == {"hits": 1, "files": ["network.db"]}
    _, found = await api.control("GET", "/disk/search", params={"words": "Yasmine"})
    assert found["on_disk"] == {"hits": 0, "files": []}
    status, _ = await api.control("GET", "/disk/search", params={"words": "abc"})
    assert status == 400


@pytest.mark.parametrize("before", range(6))
@pytest.mark.parametrize("after", range(3))
async def test_words_are_found_at_any_place_in_base64(
    sandbox: Sandbox, api: Api, tmp_path: Path, before: int, after: int
) -> None:
    coded = base64.b64encode(b"\xff" * before + "حلقة".encode() + b"\xff" * after)
    (tmp_path / "file").write_bytes(coded)
    sandbox.directory = tmp_path
    _, found = await api.control("GET", "/disk/search", params={"words": "حلقة"})
    assert found["on_disk"]["files"] == ["file"]


async def test_with_the_key_the_database_is_asked(sandbox: Sandbox, api: Api, directory: Path) -> None:
    async def look(words: str) -> list[str]:
        return [f"members.name has {words}"]

    sandbox.directory, sandbox.search_with_key = directory, look
    _, found = await api.control("GET", "/disk/search", params={"words": "Yasmine"})
    assert found["with_key"] == {"places": ["members.name has Yasmine"]}

"""Uploads: how they are found again, and which of them Telegram does not take."""

import pytest

from sandbox.control.tiny_picture import PNG, png
from sandbox.telegram.api_errors import ApiError
from sandbox.telegram.files import LARGEST_FILE, LARGEST_PHOTO, Files, Upload


def test_a_file_is_found_by_its_id_and_by_its_path() -> None:
    files = Files()
    photo = files.add("photo", Upload("picture.bin", "application/octet-stream", PNG))
    document = files.add("document", Upload("notes.TXT", "", b"notes"))
    assert [files.get(file.file_id) for file in (photo, document)] == [photo, document]
    assert [files.at(file.path) for file in (photo, document)] == [photo, document]
    assert (photo.path, photo.mime_type, photo.width, photo.height) == ("photos/file_0.png", "image/png", 16, 16)
    assert (document.path, document.mime_type) == ("documents/file_1.TXT", "text/plain")
    assert (files.get("no-such-id"), files.at("photos/file_9.png")) == (None, None)


def test_the_same_bytes_twice_are_two_files_with_one_unique_id() -> None:
    files = Files()
    first, second = (files.add("photo", Upload("a.png", "image/png", PNG)) for _ in range(2))
    assert first.unique_id == second.unique_id
    assert first.file_id != second.file_id


def test_the_path_has_no_suffix_that_is_none() -> None:
    for name in ("notes", "notes.t/t", "notes.ملف", "notes."):
        assert Files().add("document", Upload(name, "text/plain", b"x")).path == "documents/file_0"


@pytest.mark.parametrize(
    ("kind", "data", "words"),
    [
        ("document", b"", "file must be non-empty"),
        ("photo", b"", "file must be non-empty"),
        ("photo", b"no picture", "IMAGE_PROCESS_FAILED"),
        ("photo", PNG[:16] + bytes(8), "IMAGE_PROCESS_FAILED"),
        ("photo", png(5001), "PHOTO_INVALID_DIMENSIONS"),
        ("photo", PNG[:16] + bytes([0, 0, 0, 21, 0, 0, 0, 1]), "PHOTO_INVALID_DIMENSIONS"),
        ("photo", bytes(LARGEST_PHOTO + 1), "too big file: 10485761 bytes"),
        ("document", bytes(LARGEST_FILE + 1), "too big file: 52428801 bytes"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_telegram_does_not_take_is_refused(kind: str, data: bytes, words: str) -> None:
    files = Files()
    with pytest.raises(ApiError) as refused:
        files.add(kind, Upload("x", "image/png", data))
    assert (refused.value.code, refused.value.description) == (400, f"Bad Request: {words}")

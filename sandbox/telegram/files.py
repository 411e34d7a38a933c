"""Uploaded files, found by file id (methods of the Bot API) or by path (downloads)."""

import hashlib
import mimetypes
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from sandbox.telegram.api_errors import bad_request
from sandbox.telegram.pictures import dimensions, media_type
from sandbox.telegram.records import StoredFile

LARGEST_PHOTO = 10 * 1024 * 1024  # bytes (Bot API, Sending files)
LARGEST_FILE = 50 * 1024 * 1024
LARGEST_DOWNLOAD = 20 * 1024 * 1024  # bytes (Bot API, getFile)


@dataclass(frozen=True)
class Upload:
    """A file of a request."""

    name: str
    mime_type: str
    data: bytes = field(repr=False)


class Files:
    """All uploaded files, in memory."""

    def __init__(self) -> None:
        self._by_id: dict[str, StoredFile] = {}
        self._by_path: dict[str, StoredFile] = {}

    def add(self, kind: str, upload: Upload) -> StoredFile:
        """Store an upload; raises ApiError where Telegram refuses it."""
        if not upload.data:
            raise bad_request("file must be non-empty")
        if len(upload.data) > (LARGEST_PHOTO if kind == "photo" else LARGEST_FILE):
            raise bad_request(f"too big file: {len(upload.data)} bytes")
        width, height = _checked_size(upload.data) if kind == "photo" else (0, 0)
        mime_type = media_type(upload.data) if kind == "photo" else _mime_type(upload)
        number = len(self._by_id)
        unique = hashlib.sha256(upload.data).hexdigest()[:16]
        suffix = (mimetypes.guess_extension(mime_type) or "") if kind == "photo" else _suffix(upload.name)
        file = StoredFile(
            file_id=f"sandbox-{kind}-{number:06}-{unique}",
            unique_id=unique,
            kind=kind,
            path=f"{kind}s/file_{number}{suffix}",
            name=upload.name,
            mime_type=mime_type,
            data=upload.data,
            width=width,
            height=height,
        )
        self._by_id[file.file_id] = self._by_path[file.path] = file
        return file

    def get(self, file_id: str) -> StoredFile | None:
        """The file of that id."""
        return self._by_id.get(file_id)

    def at(self, path: str) -> StoredFile | None:
        """The file at that path."""
        return self._by_path.get(path)


def _checked_size(data: bytes) -> tuple[int, int]:
    size = dimensions(data)
    if size is None or 0 in size:
        raise bad_request("IMAGE_PROCESS_FAILED")
    if sum(size) > 10_000 or max(size) > 20 * min(size):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    return size


def _mime_type(upload: Upload) -> str:
    if upload.mime_type and upload.mime_type != "application/octet-stream":
        return upload.mime_type
    return mimetypes.guess_type(upload.name)[0] or "application/octet-stream"


def _suffix(name: str) -> str:
    suffix = PurePosixPath(name).suffix
    return suffix if suffix[1:].isascii() and suffix[1:].isalnum() else ""

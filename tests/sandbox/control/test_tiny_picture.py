"""The picture that a person of the sandbox sends: a real PNG of a few bytes."""

import struct
import zlib

from sandbox.control.tiny_picture import PNG, png
from sandbox.telegram.pictures import dimensions, media_type


def test_it_is_a_png_of_sixteen_pixels_each_way() -> None:
    assert (dimensions(PNG), media_type(PNG)) == ((16, 16), "image/png")
    assert len(PNG) < 100


def test_its_checksums_and_its_rows_are_right() -> None:
    data, chunks = png(3, shade=9)[8:], []
    while data:
        (length,) = struct.unpack(">I", data[:4])
        kind, body, checksum = data[4:8], data[8 : 8 + length], data[8 + length : 12 + length]
        assert struct.unpack(">I", checksum) == (zlib.crc32(kind + body),)
        chunks.append((kind, body))
        data = data[12 + length :]
    assert [kind for kind, _ in chunks] == [b"IHDR", b"IDAT", b"IEND"]
    assert zlib.decompress(chunks[1][1]) == b"\0\x09\x09\x09" * 3

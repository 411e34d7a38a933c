"""The size of a picture, read off its first bytes."""

import struct

from sandbox.control.tiny_picture import PNG
from sandbox.telegram.pictures import dimensions


def test_the_size_of_a_picture_is_read_off_its_first_bytes() -> None:
    comment = b"\xff\xfe" + struct.pack(">H", 5) + b"abc"
    frame = b"\xff\xc2" + struct.pack(">HBHH", 8, 8, 480, 640)
    assert dimensions(b"\xff\xd8" + comment + frame) == (640, 480)
    assert dimensions(b"\xff\xd8" + comment) is None
    assert dimensions(b"GIF89a" + struct.pack("<HH", 3, 4)) == (3, 4)
    assert dimensions(PNG) == (16, 16)
    assert dimensions(PNG[:20]) is None
    assert dimensions(b"") is None

"""The tags of pages, and the digest that says which version of each page is the newest."""

import os
from pathlib import Path

from storage.integrity.page_tags import PAGE, TAG, PageTags


def write(path: Path, *pages: bytes) -> PageTags:
    path.write_bytes(b"".join(pages))
    return PageTags.read_closed(path)


def page(tag: bytes) -> bytes:
    content = bytearray(os.urandom(PAGE))
    content[TAG] = tag
    return bytes(content)


FIRST, SECOND, THIRD = (bytes([number]) * 32 for number in (1, 2, 3))


def test_files_have_the_same_digest_where_each_page_has_the_same_tag(tmp_path: Path) -> None:
    found = write(tmp_path / "a", page(FIRST), page(SECOND))
    assert found.digest == write(tmp_path / "a", page(FIRST), page(SECOND)).digest
    others = [(SECOND, FIRST), (FIRST,), (FIRST, SECOND, THIRD), (FIRST, THIRD), ()]
    assert found.digest not in [write(tmp_path / "b", *map(page, other)).digest for other in others]


def test_pages_that_are_replaced_give_the_digest_of_the_file_with_them(tmp_path: Path) -> None:
    found = write(tmp_path / "a", page(FIRST), page(SECOND))
    replaced = found.replaced({2: THIRD, 4: FIRST}, 4)
    assert replaced.digest == write(tmp_path / "b", page(FIRST), page(THIRD), bytes(PAGE), page(FIRST)).digest
    assert replaced.replaced({9: THIRD}, 1).digest == write(tmp_path / "b", page(FIRST)).digest


def test_an_empty_file_and_one_that_ends_within_a_page_have_a_digest_too(tmp_path: Path) -> None:
    assert write(tmp_path / "a").digest == PageTags().digest
    assert write(tmp_path / "a", page(FIRST), b"half").digest == PageTags(FIRST + bytes(32)).digest

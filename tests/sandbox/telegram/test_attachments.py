"""Objects of the Bot API for what a person sends besides text."""

import pytest

from sandbox.telegram.attachments import KINDS, attachment
from sandbox.telegram.files import Files
from sandbox.telegram.records import Person

NOOR = Person(id=7_100_104_729, first_name="Noor")


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_a_file_can_be_downloaded(kind: str) -> None:
    files = Files()
    made = attachment(kind, {}, NOOR, files)
    assert ("file_id" in made) is (kind in ("voice", "video", "sticker"))
    if "file_id" in made:
        file = files.get(made["file_id"])
        assert file is not None
        assert (file.kind, len(file.data)) == (kind, made["file_size"])


def test_given_fields_replace_the_usual_ones() -> None:
    assert attachment("location", {"latitude": 30.04}, NOOR, Files()) == {"latitude": 30.04, "longitude": 0.0}
    contact = attachment("contact", {"last_name": "Haddad", "user_id": 5}, NOOR, Files())
    assert contact == {"first_name": "Noor", "last_name": "Haddad", "user_id": 5, "phone_number": "+0000000000"}


def test_a_field_that_the_kind_does_not_have_is_refused() -> None:
    with pytest.raises(ValueError, match="a voice has no latitude, width"):
        attachment("voice", {"width": 3, "latitude": 30.04, "duration": 3}, NOOR, Files())

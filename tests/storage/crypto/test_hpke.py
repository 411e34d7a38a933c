"""Key pairs and what is sealed to them: one private key opens it, for one purpose."""

import pytest
from cryptography.exceptions import InvalidTag

from storage.crypto import hpke
from storage.crypto.hpke import SUITE

NOUR, OLENA = hpke.generate(), hpke.generate()
INFO = b"a note"


def sealed(to: bytes, info: bytes = INFO) -> bytes:
    return SUITE.encrypt(b"words", hpke.sealer(hpke.public_of(to)), info)


def test_whoever_has_the_private_key_opens_what_is_sealed_to_the_public_one() -> None:
    assert SUITE.decrypt(sealed(NOUR), hpke.opener(NOUR), INFO) == b"words"


def test_keys_have_the_documented_sizes_and_each_is_another() -> None:
    assert (len(NOUR), len(hpke.public_of(NOUR))) == (hpke.PRIVATE_BYTES, hpke.PUBLIC_BYTES) == (96, 1216)
    assert NOUR != OLENA
    assert hpke.public_of(NOUR) == hpke.public_of(NOUR) != hpke.public_of(OLENA)


@pytest.mark.parametrize(
    "private",
    [OLENA, NOUR[:64] + OLENA[64:], OLENA[:64] + NOUR[64:]],
    ids=["another key", "half of another", "the other half"],
)
def test_no_other_key_opens_it_not_even_with_one_half_of_it(private: bytes) -> None:
    with pytest.raises(InvalidTag):
        SUITE.decrypt(sealed(NOUR), hpke.opener(private), INFO)


def test_what_was_sealed_for_another_purpose_does_not_open() -> None:
    with pytest.raises(InvalidTag):
        SUITE.decrypt(sealed(NOUR, b"a master key"), hpke.opener(NOUR), INFO)


@pytest.mark.parametrize("length", [0, 64, 95, 97])
def test_other_bytes_are_not_a_private_key(length: int) -> None:
    with pytest.raises(ValueError, match=r"."):
        hpke.opener((NOUR * 2)[:length])


@pytest.mark.parametrize("length", [0, 1184, 1215, 1217])
def test_other_bytes_are_not_a_public_key(length: int) -> None:
    with pytest.raises(ValueError, match=r"."):
        hpke.sealer((hpke.public_of(NOUR) * 2)[:length])

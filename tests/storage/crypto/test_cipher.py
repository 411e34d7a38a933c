"""Sealed fields: what was sealed opens in its place, under its key, unchanged; and nowhere else."""

import itertools

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV
from hypothesis import example, given, settings
from hypothesis import strategies as st

from storage.crypto.cipher import NETWORK_KEY_ID, Cipher, Unreadable, pad, unpad

SALMA, NOUR = b"S" * 16, b"N" * 16
KEYS = {SALMA: b"s" * 32, NOUR: b"n" * 32}
ROW = b"r" * 16
PLACE = "members.name_encrypted"
WORDS = "سلمى el-Khatib".encode()


def cipher(keys: dict[bytes, bytes] | None = None) -> Cipher:
    return Cipher(KEYS if keys is None else keys, lookup_key=b"e" * 32, index_key=b"i" * 32)


@settings(deadline=None)
@given(st.binary(max_size=5000), st.sampled_from([SALMA, NOUR, None]), st.binary(min_size=1, max_size=16))
def test_what_was_sealed_opens_again_in_its_place(plain: bytes, key_id: bytes | None, row: bytes) -> None:
    assert cipher().decrypt(PLACE, row, cipher().encrypt(key_id, PLACE, row, plain)) == plain


@settings(deadline=None)
@given(st.binary(max_size=200), st.data())
def test_a_flipped_bit_anywhere_does_not_open(plain: bytes, data: st.DataObject) -> None:
    sealed = bytearray(cipher().encrypt(SALMA, PLACE, ROW, plain))
    bit = data.draw(st.integers(0, 8 * len(sealed) - 1))
    sealed[bit // 8] ^= 1 << bit % 8
    with pytest.raises(Unreadable):
        cipher().decrypt(PLACE, ROW, bytes(sealed))


def test_no_bit_of_a_sealed_name_can_be_flipped_unnoticed() -> None:
    sealed = cipher().encrypt(SALMA, PLACE, ROW, WORDS)
    for bit in range(8 * len(sealed)):
        changed = bytearray(sealed)
        changed[bit // 8] ^= 1 << bit % 8
        with pytest.raises(Unreadable):
            cipher().decrypt(PLACE, ROW, bytes(changed))


def test_a_value_that_lost_or_gained_bytes_does_not_open() -> None:
    sealed = cipher().encrypt(SALMA, PLACE, ROW, WORDS)
    for changed in [*(sealed[:end] for end in range(len(sealed))), sealed + b"\0", b"\0" + sealed, sealed + sealed]:
        with pytest.raises(Unreadable):
            cipher().decrypt(PLACE, ROW, changed)


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_bytes_that_nobody_sealed_are_unreadable_and_nothing_worse(data: bytes) -> None:
    with pytest.raises(Unreadable):
        cipher().decrypt(PLACE, ROW, b"\1" + NETWORK_KEY_ID + data)
    with pytest.raises(Unreadable):
        cipher().decrypt(PLACE, ROW, data)


@pytest.mark.parametrize(
    ("place", "row"),
    [
        ("topics.name_encrypted", ROW),
        ("members.reason_encrypted", ROW),
        ("members.name_encrypted", b"q" * 16),
        ("members.name_seale", b"d" + ROW),
    ],
    ids=["another table", "another column", "another row", "the border between them shifted"],
)
def test_a_value_moved_elsewhere_does_not_open(place: str, row: bytes) -> None:
    sealed = cipher().encrypt(SALMA, PLACE, ROW, WORDS)
    with pytest.raises(Unreadable):
        cipher().decrypt(place, row, sealed)


def test_a_value_relabelled_as_somebody_elses_does_not_open() -> None:
    sealed = cipher().encrypt(SALMA, PLACE, ROW, WORDS)
    for key_id in (NOUR, NETWORK_KEY_ID):
        with pytest.raises(Unreadable):
            cipher().decrypt(PLACE, ROW, sealed[:1] + key_id + sealed[17:])


def test_an_erased_key_opens_nothing_and_seals_nothing() -> None:
    keys = dict(KEYS)
    living = cipher(keys)
    sealed, others = (living.encrypt(key_id, PLACE, ROW, WORDS) for key_id in (SALMA, NOUR))
    del keys[SALMA]
    with pytest.raises(Unreadable):
        living.decrypt(PLACE, ROW, sealed)
    with pytest.raises(Unreadable):
        living.encrypt(SALMA, PLACE, ROW, WORDS)
    assert living.decrypt(PLACE, ROW, others) == WORDS


def test_the_same_words_never_look_the_same_twice() -> None:
    assert len({cipher().encrypt(SALMA, PLACE, ROW, WORDS) for _ in range(100)}) == 100


def test_an_unreadable_value_says_nothing_of_itself() -> None:
    with pytest.raises(Unreadable) as caught:
        cipher({}).decrypt(PLACE, ROW, cipher().encrypt(SALMA, PLACE, ROW, WORDS))
    assert caught.value.args == ()
    assert caught.value.__suppress_context__


@pytest.mark.parametrize(
    ("length", "padded"),
    [(0, 64), (1, 64), (63, 64), (64, 128), (127, 128), (128, 256), (255, 256), (256, 512), (4095, 4096), (4096, 8192)],
)
def test_lengths_show_only_as_64_128_256_and_so_on(length: int, padded: int) -> None:
    assert len(pad(b"x" * length)) == padded
    assert len(cipher().encrypt(SALMA, PLACE, ROW, b"x" * length)) == 29 + padded + 16


@settings(deadline=None)
@given(st.binary(max_size=2000))
@example(b"\x80")
@example(b"\0" * 63)
@example(b"\x80" + b"\0" * 62)
def test_padding_comes_off_again(plain: bytes) -> None:
    assert unpad(pad(plain)) == plain


@pytest.mark.parametrize("padded", [b"", bytes(64), b"x" * 64, b"\x80" + b"x", b"\x80\0\0x"])
def test_padding_that_is_not_ours_is_refused(padded: bytes) -> None:
    with pytest.raises(Unreadable):
        unpad(padded)


def test_an_index_finds_equal_values_of_one_place_only() -> None:
    index = cipher().index(PLACE, b"a random code")
    assert index == cipher().index(PLACE, b"a random code")
    others = {
        cipher().index(PLACE, b"another code"),
        cipher().index("invites.code_index", b"a random code"),
        Cipher(KEYS, lookup_key=b"e" * 32, index_key=b"j" * 32).index(PLACE, b"a random code"),
    }
    assert len({index, *others}) == 4
    assert {len(each) for each in (index, *others)} == {32}


def test_an_address_is_found_within_its_epoch_only() -> None:
    assert cipher().telegram_id_index(7000000001) == cipher().telegram_id_index(7000000001)
    renewed = cipher().with_lookup_key(b"f" * 32)
    assert (
        len(
            {
                cipher().telegram_id_index(7000000001),
                cipher().telegram_id_index(7000000002),
                renewed.telegram_id_index(7000000001),
            }
        )
        == 3
    )
    assert renewed.index(PLACE, b"a random code") == cipher().index(PLACE, b"a random code")


def test_another_epoch_opens_what_is_a_members_and_not_what_was_nobodys() -> None:
    hers, nobodys = (cipher().encrypt(key_id, PLACE, ROW, WORDS) for key_id in (SALMA, None))
    renewed = cipher().with_lookup_key(b"f" * 32)
    assert renewed.decrypt(PLACE, ROW, hers) == WORDS
    with pytest.raises(Unreadable):
        renewed.decrypt(PLACE, ROW, nobodys)
    assert cipher().decrypt(PLACE, ROW, nobodys) == WORDS


def test_a_cipher_shows_no_key() -> None:
    for shown in (repr(cipher()), str(cipher())):
        assert "ssss" not in shown
        assert "7373" not in shown


@pytest.mark.parametrize(
    ("place", "label"),
    [("members.name_encrypted", b"members.name_sealed"), ("members.telegram_id_encrypted", b"members.address_sealed")],
)
def test_the_associated_data_keeps_the_names_of_the_first_version(place: str, label: bytes) -> None:
    """Or nothing that was encrypted before columns were renamed would open."""
    value = cipher().encrypt(SALMA, place, ROW, b"Salma")
    header, nonce, text = value[:17], value[17:29], value[29:]
    assert unpad(AESGCMSIV(KEYS[SALMA]).decrypt(nonce, text, header + label + b"\0" + ROW)) == b"Salma"


def test_a_mark_is_the_same_for_a_value_and_unlike_those_of_other_values_and_keys() -> None:
    """Measure: of 2,000 pairs of values no more have equal marks under one key than chance has it, once in 10,000."""
    values = [number.to_bytes(16, "big") for number in range(2001)]
    marks = [cipher().mark(SALMA, PLACE, value) for value in values]
    assert marks == [cipher().mark(SALMA, PLACE, value) for value in values]
    assert all(len(mark) == 4 and mark.isdecimal() for mark in marks)
    assert sum(one == other for one, other in itertools.pairwise(marks)) <= 3
    assert sum(mark == cipher().mark(NOUR, PLACE, value) for mark, value in zip(marks, values, strict=True)) <= 3
    with pytest.raises(Unreadable):
        cipher({}).mark(SALMA, PLACE, values[0])

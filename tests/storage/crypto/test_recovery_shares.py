"""Recovery shares: any few give the key back, fewer give nothing, and what is wrong with one is said."""

import itertools
import json

import pytest
from shamir_mnemonic import combine_mnemonics

from storage.crypto import recovery_shares
from storage.crypto.key_sources import RecoverySource
from storage.crypto.recovery_shares import ShareCollector, ShareError


def gathered(lines: list[str]) -> ShareCollector:
    gathering = ShareCollector()
    for line in lines:
        gathering.add(line)
    return gathering


def refused(gathering: ShareCollector, line: str) -> ShareError:
    with pytest.raises(ShareError) as caught:
        gathering.add(line)
    return caught.value


def test_any_three_of_five_give_the_key_back() -> None:
    key, made = recovery_shares.split(5, 3)
    assert len({*made}) == 5
    for chosen in itertools.permutations(made, 3):
        assert gathered(list(chosen)).key() == key
    assert gathered(made).key() == key


def test_two_of_three_are_not_enough_and_it_is_known_how_many_are() -> None:
    _, made = recovery_shares.split(5, 3)
    gathering = ShareCollector()
    assert (gathering.have, gathering.needed, gathering.is_complete) == (0, None, False)
    gathering.add(made[4])
    gathering.add(made[0])
    assert (gathering.have, gathering.needed, gathering.is_complete) == (2, 3, False)
    with pytest.raises(ShareError, match="together"):
        gathering.key()


def test_it_is_the_standard_and_others_read_it_too() -> None:
    """Two shares of a 256 bit secret from the vectors that SLIP-39 publishes (number 24)."""
    vector = [
        "humidity disease academic always aluminum jewelry energy woman receiver strategy amuse duckling "
        "lying evidence network walnut tactics forget hairy rebound impulse brother survive clothes stadium "
        "mailman rival ocean reward venture always armed unwrap",
        "humidity disease academic agency actress jacket gross physics cylinder solution fake mortgage "
        "benefit public busy prepare sharp friar change work slow purchase ruler again tricycle involve viral "
        "wireless mixture anatomy desert cargo upgrade",
    ]
    gathering = gathered(vector)
    assert gathering.is_complete
    secret = combine_mnemonics(vector, b"TREZOR")
    assert secret.hex() == "c938b319067687e990e05e0da0ecce1278f75ff58d9853f19dcaeed5de104aae"


def test_a_share_may_be_typed_as_people_type() -> None:
    key, made = recovery_shares.split(3, 2)
    numbered = " ".join(f"{number}. {word}" for number, word in enumerate(made[0].split(), 1))
    short = ", ".join(word[:4].upper() for word in made[1].split())
    assert gathered([numbered, "\t" + short + "\n"]).key() == key


def test_a_word_that_is_none_is_named_with_what_it_may_be() -> None:
    _, made = recovery_shares.split(3, 2)
    words = made[0].split()
    words[6] = "acadmic"
    trouble = refused(ShareCollector(), " ".join(words))
    assert (trouble.reason, trouble.position) == ("unknown-word", 7)
    assert "academic" in trouble.like


def test_a_word_that_is_another_breaks_the_checksum() -> None:
    _, made = recovery_shares.split(3, 2)
    for position in range(recovery_shares.WORDS):
        words = made[0].split()
        words[position] = "academic" if words[position] != "academic" else "zero"
        assert refused(ShareCollector(), " ".join(words)).reason == "checksum"


def test_words_that_are_missing_or_too_many_are_counted() -> None:
    _, made = recovery_shares.split(3, 2)
    for line, count in (("", 0), (" ".join(made[0].split()[:-1]), 32), (made[0] + " zero", 34)):
        trouble = refused(ShareCollector(), line)
        assert (trouble.reason, trouble.position) == ("length", count)


def test_a_share_of_another_set_and_one_that_came_already_are_told_apart() -> None:
    key, made = recovery_shares.split(3, 2)
    _, others = recovery_shares.split(3, 2)
    gathering = gathered([made[0]])
    assert refused(gathering, others[1]).reason == "another-set"
    assert refused(gathering, made[0]).reason == "same"
    gathering.add(made[2])
    assert gathering.key() == key


@pytest.mark.parametrize(("count", "threshold"), [(5, 1), (1, 1), (2, 3), (17, 3), (0, 0), (3, -1)])
def test_a_split_of_no_sense_is_refused(count: int, threshold: int) -> None:
    with pytest.raises(ValueError, match="threshold"):
        recovery_shares.split(count, threshold)


def test_nothing_of_it_shows_itself() -> None:
    key, made = recovery_shares.split(3, 2)
    gathering = gathered(made[:2])
    assert isinstance(key, RecoverySource)
    for shown in (
        repr(gathering),
        repr(key),
        repr(refused(ShareCollector(), made[0] + " zero")),
        json.dumps(str(gathering)),
    ):
        assert not set(made[0].split()) & set(shown.replace("'", " ").split())

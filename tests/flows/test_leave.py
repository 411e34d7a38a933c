"""The export of a member's data, and erasure."""

from pathlib import Path

from bot.demo import steps
from bot.features.digests.digest_cache import DigestCache
from tests.support.cast import Cast
from tests.support.database_pages import decrypted_pages, generation
from tests.support.member_steps import coordinator
from tests.support.stored_rows import places_of

TOPIC = "Detention and protection"
NAME = "Salma el-Khatib"
WORDS = "a sentence of hers that stands nowhere else"


def files_of(directory: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(directory.iterdir()))


async def test_her_data_come_as_a_file_that_she_can_read(cast: Cast) -> None:
    await steps.open_topic(cast.nour, TOPIC, "")
    salma = await cast.member(NAME, "ar", "Cairo")
    await steps.follow(salma, TOPIC)
    await steps.post(salma, TOPIC, WORDS)
    await salma.says("/mydata")
    await salma.presses("button-send-data")
    await salma.sees("my-data")
    sent = await salma.person.last()
    assert sent.document is not None
    text = (await salma.person.download(sent.document["file_id"])).decode("utf-8-sig")
    for held in (NAME, WORDS, str(salma.person.id), TOPIC, "I work with survivors.", "القاهرة"):
        assert held in text


async def test_whoever_leaves_is_erased_from_every_page_of_every_file(cast: Cast) -> None:
    stage = cast.stage
    await steps.open_topic(cast.nour, TOPIC, "")
    salma = await cast.member(NAME, "en", "Cairo")
    await steps.follow(salma, TOPIC)
    await steps.post(salma, TOPIC, WORDS)
    await steps.post(cast.nour, TOPIC, "This one stays.")
    await salma.says(f"/post {TOPIC}")
    await salma.says("half written and never sent")
    await salma.sees_words("half written")
    hers = (NAME, WORDS, str(salma.person.id), "half written and never sent", "I work with survivors.")
    for words in hers:
        assert await places_of(stage, words), words
    keys = len(stage.halqa.store.keyring)

    await salma.says("/forget")
    await salma.sees("ask-forget", name=NAME, posts=1)
    await salma.presses("button-forget-yes")
    told = await salma.sees("goodbye")
    for line in ("Posts: 1", "Drafts: 1", "Topics you followed: 1", "Your key: erased"):
        assert line in told.replace("\u2068", "").replace("\u2069", "")
    assert "Backups:" not in told  # this network makes none by itself
    await stage.settle()

    for words in hers:
        assert not await places_of(stage, words), words
    assert await places_of(stage, "This one stays.")
    assert len(stage.halqa.store.keyring) == keys - 1
    await stage.stop()
    assert f"Number of this state of the data: {generation(stage)}" in told.replace("\u2068", "").replace("\u2069", "")
    raw = files_of(stage.data)
    pages = decrypted_pages(stage)
    assert b"Between Convenings" in pages  # the pages were really decrypted
    for words in hers:
        assert words.encode() not in raw
        assert words.encode() not in pages
    await stage.start()
    await salma.says("/start")
    await salma.sees("greeting")
    await cast.nour.says(f"/topics {TOPIC}")
    await cast.nour.presses("button-read-latest")
    await cast.nour.sees_words("This one stays.")
    await cast.nour.person.never_sees(WORDS, during=0.1)


async def test_a_post_of_somebody_who_left_is_in_no_digest_that_waits(cast: Cast) -> None:
    await steps.open_topic(cast.nour, TOPIC, "")
    salma, fatou = await cast.salma(), await cast.member("Fatou", "fr", "Dakar")
    await steps.follow(fatou, TOPIC, "at_once")
    await steps.post(salma, TOPIC, WORDS)
    await fatou.sees("knock")
    await salma.says("/forget")
    await salma.presses("button-forget-yes")
    await salma.sees("goodbye")
    await fatou.presses("button-open")
    await fatou.sees("post-gone")


async def test_the_only_owner_hands_over_first(cast: Cast) -> None:
    await cast.olena.says("/forget")
    await cast.olena.sees("only-owner")
    await cast.olena.presses("button-roles")
    await cast.olena.presses("member-line", name=coordinator("Nour"), role="coordinator")
    await cast.olena.presses("button-make-owner")
    await cast.olena.presses("button-role-yes", name="Nour")
    await cast.olena.sees("role-set", name=coordinator("Nour"), role="owner")
    await cast.olena.says("/forget")
    await cast.olena.presses("button-forget-yes")
    await cast.olena.sees("goodbye")


async def test_an_applicant_too_can_see_and_erase_what_is_held(cast: Cast) -> None:
    rania = await steps.enter(cast.stage, await cast.stage.person("Rania"), await steps.invite(cast.nour), "en")
    await rania.says("Rania Quteish")
    await rania.says("/mydata")
    await rania.presses("button-send-data")
    await rania.sees("my-data")
    await rania.says("/forget")
    await rania.presses("button-forget-yes")
    await rania.sees("goodbye")
    await cast.stage.settle()
    assert not await places_of(cast.stage, "Rania Quteish")


async def test_what_was_read_of_somebody_leaves_the_memory_with_them(cast: Cast) -> None:
    await steps.open_topic(cast.nour, "Detention and protection", "")
    salma = await cast.salma()
    await steps.follow(salma, "Detention and protection")
    kept = cast.stage.halqa.network.memory.of(DigestCache)

    async def is_read() -> None:
        await steps.post(cast.nour, "Detention and protection", "Five things that helped.")
        await salma.says("/digest")
        await salma.presses("button-read-now")
        await salma.sees_words("Five things that helped.")
        assert kept._groups

    await is_read()
    await cast.nour.presses("button-take-back")
    await cast.nour.sees("taken-back")
    assert not kept._groups
    await is_read()
    await salma.says("/forget")
    await salma.presses("button-forget-yes")
    await cast.stage.settle()
    assert not kept._groups

"""Names, posts and commands made to deceive whoever reads them, or the program."""

import pytest

from bot.demo import steps
from storage.records import topics
from tests.faults.input.injected_updates import answers_to, inject, message_update
from tests.faults.input.network import TOPIC, Network, on_one_network, profile_of
from tests.support.cast import HOSTS, Cast
from tests.support.member_steps import listed
from tests.support.stored_rows import count_rows, stored_member

pytestmark = pytest.mark.typed_markup
HOSTILE = {
    "markup": ("<b>Salma</b> <a href='x'>", "<b>Salma</b> <a href='x'>"),
    "entity": ("&lt;Salma&amp;", "&lt;Salma&amp;"),
    "bidi": ("Salma\u202egnp.\u2066x\u2069", "Salmagnp.x"),
    "zero width": ("Sal\u200bma\ufeff\u2060", "Salma"),
    "tags": ("Salma\U000e0041\U000e0042\U000e007f", "Salma"),
    "half a letter": ("Salma\ud83d", "Salma\ufffd"),
    "nul": ("Sal\x00ma\x1b[31m\x07", "Salma[31m"),
    "variables": ("{ $network } Salma", "{ $network } Salma"),
    "sql": ("Salma'); DROP TABLE members; --", "Salma'); DROP TABLE members; --"),
    "formula": ("=HYPERLINK(0)Salma", "=HYPERLINK(0)Salma"),
    "path": ("../../etc/Salma", "../../etc/Salma"),
}


@pytest.mark.parametrize("kind", HOSTILE)
@on_one_network
async def test_a_hostile_name_and_post_are_shown_harmless(network: Network, kind: str) -> None:
    """Coordinators and readers see all of it as text, without invisible characters."""
    typed, shown = HOSTILE[kind]
    stage, nour, salma = network
    people = await count_rows(stage, "members")
    async with stage.halqa.store.transaction() as tx:
        await tx.execute("DELETE FROM renames")  # of the names before, so that another one may be taken
    await salma.says("/settings")
    await salma.presses("button-change-name")
    await salma.sees("ask-name")
    await inject(stage, "message", message_update(salma, typed))
    assert (await profile_of(stage, salma)).name == shown
    assert any(shown in label for label in await listed(nour))
    await salma.says(f"/post {TOPIC}")
    await salma.sees("write-post", title=TOPIC)
    await inject(stage, "message", message_update(salma, typed))
    await salma.presses("button-send-post", title=TOPIC)
    await salma.sees("posted", title=TOPIC)
    await nour.says(f"/topics {TOPIC}")
    await nour.presses("button-read-latest")
    text = await nour.sees_words(shown)
    assert not set(text) & set("\u202e\u200b\ufeff\x00\x1b\ud83d\U000e0041")
    assert await count_rows(stage, "members") == people


@pytest.mark.parametrize(("name", "marked"), [("Оlena", True), ("N o u r", True), ("AWA", True), ("Rania", False)])
@on_one_network
async def test_a_name_that_looks_like_a_coordinators_is_marked(network: Network, name: str, marked: bool) -> None:
    """The first O is Cyrillic. Nour also sees it for Olena and Awa, who coordinate other hosts."""
    stage, nour, _ = network
    rania = await steps.enter(stage, await stage.person("Rania"), await steps.invite(nour), "en")
    await steps.answer(rania, name=name, host=HOSTS[0], city="Cairo", reason="I work with survivors.")
    await nour.says("/applications")
    await nour.presses_label(name)
    said = await nour.sees_words("I work with survivors.")
    assert (nour.texts.plain("name-looks-alike").partition("</b>")[0].partition("<b>")[2] in said) is marked


@pytest.mark.parametrize("words", ["' OR 1=1 --", "%", "\\", '"; DELETE FROM topics; --', "a\x00b"])
@on_one_network
async def test_sql_is_text_wherever_words_are_looked_for(network: Network, words: str) -> None:
    stage, nour, _ = network
    for command in ("/topics", "/post", "/digest", "/audit", "/topic"):
        await nour.person.looks_up()
        await inject(stage, "message", message_update(nour, f"{command} {words}"))
        assert await answers_to(nour)
    async with stage.halqa.store.transaction() as tx:
        assert TOPIC in [topic.title for topic in await topics.everything(tx)]
        assert await tx.fetchval("SELECT count(*) FROM inbox WHERE state = 'failed'") == 0


async def test_a_post_of_full_length_is_in_the_file_of_her_data(cast: Cast) -> None:
    await steps.open_topic(cast.nour, TOPIC, "")
    words = "& < " * 1000
    await steps.post(cast.nour, TOPIC, words)
    await cast.nour.says("/mydata")
    await cast.nour.presses("button-send-data")
    await cast.nour.sees("my-data")
    sent = await cast.nour.person.last()
    assert sent.document is not None
    assert words.strip() in (await cast.nour.person.download(sent.document["file_id"])).decode()


async def test_a_long_reason_full_of_markup_can_be_sent_and_read(cast: Cast) -> None:
    rania = await steps.enter(cast.stage, await cast.stage.person("Rania"), await steps.invite(cast.nour), "en")
    await steps.answer(rania, name="<b>Rania</b>", host=HOSTS[0], city="Cairo", reason="&" * 900)
    await cast.nour.presses("button-open")
    await cast.nour.sees_words("<b>Rania</b>", "&" * 900)


async def test_stray_words_of_a_coordinator_do_not_become_a_topic(cast: Cast) -> None:
    await cast.nour.says("/topic Detention")
    await cast.nour.sees("ask-topic-purpose", title="Detention")
    await cast.nour.says("/applications")
    await cast.nour.sees("applications", count=0)
    await cast.nour.says("Rania is in danger, call me")
    await cast.nour.sees("did-not-understand")
    await cast.nour.says("/topics")
    await cast.nour.sees("no-topics")


async def test_words_that_begin_with_a_slash_are_words(cast: Cast) -> None:
    await steps.open_topic(cast.nour, TOPIC, "")
    await cast.nour.says(f"/post {TOPIC}")
    await cast.nour.sees("write-post", title=TOPIC)
    await cast.nour.says("/ 7 March, Kampala: we met")
    await cast.nour.sees_words("/ 7 March, Kampala: we met")


@pytest.mark.parametrize("name", ["\u200d\u200d", "\u3164", "\u2800", "\u00ad", "…"])
async def test_a_name_that_nobody_can_see_is_refused(cast: Cast, name: str) -> None:
    salma = await cast.salma()
    await salma.says("/settings")
    await salma.presses("button-change-name")
    await salma.sees("ask-name")
    await salma.says(name)
    await salma.person.sees("")
    her = await stored_member(cast.stage, salma)
    assert her is not None
    assert her.name == "Salma"

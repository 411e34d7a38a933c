"""A post is hidden: it is in no list, digest, cache or open screen, its author is told, and it can be shown again."""

from datetime import timedelta

import pytest

from bot.conversation.people import AskHide
from bot.demo import steps
from bot.demo.steps import Actor
from bot.features.moderation.buttons import Hide
from storage.records import posts
from storage.records.posts import Post
from tests.support.cast import Cast
from tests.support.member_steps import labels

TOPIC = "Detention and protection"
WORDS = "What should not stand here."


@pytest.fixture
async def salma(cast: Cast) -> Actor:
    await steps.open_topic(cast.nour, TOPIC, "")
    salma = await cast.salma()
    await steps.post(salma, TOPIC, WORDS)
    return salma


async def her_post(cast: Cast, author: Actor) -> Post:
    async with cast.stage.halqa.store.transaction() as tx:
        [[author_id]] = await tx.fetch("SELECT author_id FROM posts ORDER BY number LIMIT 1")
        return (await posts.by(tx, author_id))[0]


async def hide(actor: Actor, label: str = WORDS[:10]) -> None:
    await actor.says("/hide")
    await actor.presses_label(TOPIC)
    await actor.sees("hide-which-post", title=TOPIC)
    await actor.presses_label(next(row[0] for row in (await actor.person.last()).buttons if label in row[0]))
    await actor.sees("ask-hide", name="Salma", title=TOPIC)
    await actor.presses("button-hide-yes", name="Salma")
    await actor.sees("hidden-now")


async def test_it_leaves_lists_digests_the_cache_and_open_screens_and_its_author_is_told(cast: Cast) -> None:
    await steps.open_topic(cast.nour, TOPIC, "")
    salma, fatou, yara = (
        await cast.salma(),
        await cast.member("Fatou", "fr", "Cairo"),
        await cast.member("Yara", "en", "Cairo"),
    )
    await steps.follow(fatou, TOPIC)
    await steps.follow(yara, TOPIC, "at_once")
    await steps.post(salma, TOPIC, WORDS)
    await fatou.says("/digest")
    await fatou.presses("button-read-now")
    await fatou.sees_words(WORDS)
    await cast.awa.says(f"/topics {TOPIC}")
    await cast.awa.presses("button-read-latest")
    await cast.awa.sees_words(WORDS)
    await hide(cast.nour)
    await cast.stage.settle()
    for reader in (fatou, cast.awa):
        await reader.loses(WORDS)
    await fatou.presses("button-open")  # the knock of the digest, put back
    await fatou.sees("digest-empty")
    await cast.awa.says(f"/topics {TOPIC}")
    await cast.awa.presses("button-read-latest")
    await cast.awa.sees("topic-empty", title=TOPIC)
    await yara.presses("button-open")
    await yara.sees("post-gone")
    await salma.presses("button-open")
    await salma.sees_words("A coordinator hid this post", WORDS)
    await cast.stage.pass_time(timedelta(days=1))
    await cast.stage.settle()
    assert not any(WORDS in message.text for message in await fatou.person.chat())


async def test_her_own_file_has_it_and_says_so_and_it_can_be_shown_again(cast: Cast, salma: Actor) -> None:
    await hide(cast.nour)
    await salma.says("/mydata")
    await salma.presses("button-send-data")
    await salma.sees("my-data")
    data = (await salma.person.download((await salma.person.last()).document["file_id"])).decode()  # type: ignore[index]
    assert WORDS in data
    assert "(hidden by a coordinator)" in data
    await cast.nour.presses("button-show-again")
    await cast.nour.sees("shown-again-now")
    await cast.awa.says(f"/topics {TOPIC}")
    await cast.awa.presses("button-read-latest")
    await cast.awa.sees_words(WORDS)


async def test_an_owner_hides_it_too_from_the_post_itself(cast: Cast, salma: Actor) -> None:
    await steps.follow(cast.olena, TOPIC, "at_once")
    await steps.post(salma, TOPIC, "Another one.")
    await cast.olena.presses("button-open")
    await cast.olena.presses("button-hide-post")
    await cast.olena.presses("button-hide-yes", name="Salma")
    await cast.olena.sees("hidden-now")


async def test_a_coordinator_of_another_host_and_a_member_hide_nothing(cast: Cast, salma: Actor) -> None:
    """Measure: the answer is that of a post which is not there; nothing is hidden."""
    post = await her_post(cast, salma)
    answers = set()
    for post_id in (post.id, bytes(16)):
        for action in (AskHide, Hide):
            await cast.awa.says("/help")
            await cast.awa.sees_words("/help")
            await cast.stage.forge(cast.awa.person, action(post_id).pack())
            answers.add(await cast.awa.sees("post-gone"))
    assert len(answers) == 1
    await cast.awa.says("/hide")
    await cast.awa.presses_label(TOPIC)
    await cast.awa.sees("nothing-to-hide", title=TOPIC)
    assert not any(WORDS[:10] in label for label in await labels(cast.awa))
    await cast.stage.forge(salma.person, Hide(post.id).pack())
    await salma.sees("expired")
    assert (await her_post(cast, salma)).hidden_at is None

"""The chat on the page: writing, editing, attaching a photo, changing to another chat."""

import pytest
from playwright.async_api import expect

from bot.demo import steps
from bot.demo.stage import Stage
from sandbox.control.tiny_picture import PNG
from tests.browser.input_devices import Keyboard, Mouse
from tests.browser.visitor import Visitor
from tests.support.cast import Cast

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]
TOPIC = "Detention and protection"


async def test_somebody_who_never_wrote_begins_with_start_and_chooses_from_the_menu(
    stage: Stage, visitor: Visitor
) -> None:
    await stage.person("Rania", "fr")
    rania = visitor.plays("Rania", "fr")
    await visitor.become("Rania")
    await expect(visitor.at("#welcome-words")).to_contain_text(rania.texts.plain("bot-description").splitlines()[0])
    await visitor.press("#start")
    await rania.sees("greeting")
    await visitor.press("#menu")
    await visitor.choose("#command-choices", "/privacy")
    await rania.sees("privacy")


@pytest.mark.parametrize("device", [Mouse], indirect=True)
async def test_the_page_can_be_loaded_again(stage: Stage, visitor: Visitor) -> None:
    await stage.person("Rania")
    for _ in range(5):
        await visitor.page.reload()
        await visitor.at("[data-person='Rania']").wait_for()


@pytest.mark.parametrize("device", [Keyboard], indirect=True)
async def test_whoever_corrects_a_message_hears_that_it_is_not_followed(stage: Stage, visitor: Visitor) -> None:
    await stage.person("Rania", "en")
    rania = visitor.plays("Rania", "en")
    await rania.says("hallo")
    await rania.sees("greeting")
    await visitor.page.keyboard.press("ArrowUp")
    await expect(visitor.at("#compose")).to_have_value("hallo")
    await visitor.write("#compose", "hello")
    await visitor.device.send()
    await expect(visitor.newest("person")).to_contain_text("hello")
    await rania.sees("edits-are-not-seen")


@pytest.mark.parametrize("device", [Keyboard], indirect=True)
async def test_half_written_words_wait_for_whoever_looks_elsewhere(stage: Stage, visitor: Visitor) -> None:
    for name in ("Rania", "Yara"):
        await stage.person(name)
    await visitor.become("Rania")
    await visitor.write("#compose", "I would like")
    await visitor.become("Yara")
    await expect(visitor.at("#compose")).to_have_value("")
    await visitor.become("Rania")
    await expect(visitor.at("#compose")).to_have_value("I would like")


@pytest.mark.parametrize("device", [Mouse], indirect=True)
async def test_a_photo_goes_out_with_the_words_under_it(cast: Cast, visitor: Visitor) -> None:
    await steps.open_topic(cast.nour, TOPIC, "")
    nour = visitor.plays("Nour", "ar")
    await nour.says(f"/post {TOPIC}")
    await nour.sees("write-post", title=TOPIC)
    await visitor.at("#attach-photo").set_input_files({"name": "room.png", "mimeType": "image/png", "buffer": PNG})
    await expect(visitor.at("#attached")).to_contain_text("room.png")
    await nour.says("The room before the meeting")
    await nour.presses("button-send-post", title=TOPIC)
    await nour.sees("posted", title=TOPIC)
    await expect(visitor.newest("person").get_by_alt_text("The room")).to_be_visible()
    await expect(visitor.at("#attached")).to_be_hidden()

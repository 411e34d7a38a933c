"""The Bot API over HTTP: tokens, unknown methods, the largest body, downloads."""

import io

import aiohttp
import telegram

from sandbox.control.person import Person
from sandbox.control.tiny_picture import PNG
from tests.sandbox.bare_api import Api


async def test_a_body_over_fifty_megabytes_is_refused(api: Api, noor: Person) -> None:
    form = aiohttp.FormData({"chat_id": str(noor.id)})
    form.add_field("document", io.BytesIO(bytes(51 * 1024 * 1024)), filename="large.bin")
    async with api.session.post(api.url("sendDocument"), data=form) as answer:
        assert answer.status == 413
        assert (await answer.json())["description"] == "Request Entity Too Large"


async def test_a_download_needs_the_right_path_and_token(api: Api, bot: telegram.Bot, noor: Person) -> None:
    path = (await bot.get_file((await bot.send_photo(noor.id, PNG)).photo[0])).file_path or ""
    async with api.session.get(path) as answer:
        assert await answer.read() == PNG
    for wrong, status in [
        (path + "x", 404),
        (path.replace(bot.token, "7000000001:another-token-of-the-right-form-000000"), 401),
    ]:
        async with api.session.get(wrong) as answer:
            assert answer.status == status
            assert (await answer.json())["ok"] is False


async def test_a_wrong_token_is_not_authorized(api: Api) -> None:
    for token, status, words in [
        ("7000000001:another-token-of-the-right-form-000000", 401, "Unauthorized"),
        ("nonsense", 404, "Not Found"),
    ]:
        async with api.session.get(api.url("getMe", token)) as answer:
            assert answer.status == status
            assert await answer.json() == {"ok": False, "error_code": status, "description": words}


async def test_an_unknown_method_is_not_found(api: Api) -> None:
    assert await api.call("sendMassage") == {
        "ok": False,
        "error_code": 404,
        "description": "Not Found: method not found",
    }

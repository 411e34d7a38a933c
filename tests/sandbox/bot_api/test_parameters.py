"""The parameters of a call, in each form in which they may be sent."""

import json

import aiohttp
import pytest

from sandbox.control.person import Person
from sandbox.control.tiny_picture import PNG
from tests.sandbox.bare_api import Api


async def test_a_call_comes_as_query_form_json_or_multipart(api: Api, noor: Person) -> None:
    markup = {"inline_keyboard": [[{"text": "Go", "callback_data": "go"}]]}
    flat = {"chat_id": str(noor.id), "text": "Hi", "reply_markup": json.dumps(markup), "protect_content": "true"}
    multipart = aiohttp.FormData(default_to_multipart=True)
    for name, value in flat.items():
        multipart.add_field(name, value)
    url = api.url("sendMessage")
    calls = [
        api.session.get(url, params=flat),
        api.session.post(url, params=flat),
        api.session.post(url, data=flat),
        api.session.post(url, json={**flat, "chat_id": noor.id, "protect_content": True}),
        api.session.post(url, json={**flat, "reply_markup": markup}),
        api.session.post(url, data=multipart),
        api.session.post(api.url("SENDmessage"), data=flat),
    ]
    for request in calls:
        async with request as answer:
            body = await answer.json()
            assert answer.status == 200, body
            assert body["result"]["reply_markup"] == markup
            assert body["result"]["has_protected_content"] is True


@pytest.mark.parametrize("attached", [False, True])
async def test_a_file_comes_under_its_name_or_attached(api: Api, noor: Person, attached: bool) -> None:
    form = aiohttp.FormData()
    form.add_field("chat_id", str(noor.id))
    form.add_field("elsewhere" if attached else "photo", PNG, filename="p.png", content_type="image/png")
    if attached:
        form.add_field("photo", "attach://elsewhere")
    async with api.session.post(api.url("sendPhoto"), data=form) as answer:
        assert answer.status == 200, await answer.text()
    assert await noor.download((await noor.last()).photo or "") == PNG


async def test_a_body_that_is_no_json_is_refused(api: Api) -> None:
    headers = {"Content-Type": "application/json"}
    async with api.session.post(api.url("getMe"), data=b"{", headers=headers) as answer:
        assert (answer.status, (await answer.json())["ok"]) == (400, False)

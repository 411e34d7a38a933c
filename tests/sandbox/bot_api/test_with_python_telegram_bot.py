"""python-telegram-bot's own Bot calls every method; each answer parses into its objects."""

from datetime import timedelta

import pytest
import telegram
from telegram import (
    BotCommand,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
)
from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken, RetryAfter

from sandbox.control.people import People
from sandbox.control.person import Person
from sandbox.control.tiny_picture import PNG, png
from sandbox.server import Limits, Sandbox

GO = InlineKeyboardMarkup([[InlineKeyboardButton("Go", callback_data="go")]])


async def test_the_bot_knows_who_it_is(sandbox: Sandbox, bot: telegram.Bot) -> None:
    me = await bot.get_me()
    assert (me.id, me.username, me.is_bot) == (7_000_000_001, "halqa_demo_bot", True)
    assert (me.can_join_groups, me.can_read_all_group_messages, me.supports_inline_queries) == (
        True,
        False,
        False,
    )


async def test_a_message_goes_out_as_it_was_meant(sandbox: Sandbox, bot: telegram.Bot, noor: Person) -> None:
    theirs = (await noor.chat())[0]
    sent = await bot.send_message(
        noor.id,
        "<b>أهلا</b> &amp; <i>welcome</i>",
        parse_mode="HTML",
        reply_markup=GO,
        protect_content=True,
        disable_notification=True,
        link_preview_options=LinkPreviewOptions(is_disabled=True),
        reply_to_message_id=theirs.id,
    )
    assert sent.text == "أهلا & welcome"
    assert sent.text_html == "<b>أهلا</b> &amp; <i>welcome</i>"
    assert sent.date == sandbox.clock.now().replace(microsecond=0)
    assert sent.has_protected_content
    assert sent.link_preview_options == LinkPreviewOptions(is_disabled=True)
    assert sent.reply_markup == GO
    assert sent.reply_to_message is not None
    assert sent.reply_to_message.message_id == theirs.id
    seen = await noor.sees("welcome")
    assert (seen.protected, seen.silent, seen.previews, seen.edited) == (True, True, False, False)
    assert seen.html == "<b>أهلا</b> &amp; <i>welcome</i>"


async def test_a_message_is_edited_in_place(bot: telegram.Bot, noor: Person) -> None:
    sent = await bot.send_message(noor.id, "before", reply_markup=GO)
    await bot.edit_message_reply_markup(noor.id, sent.message_id)
    assert not (await noor.sees("before")).edited
    edited = await bot.edit_message_text("after", noor.id, sent.message_id)
    assert isinstance(edited, telegram.Message)
    assert (edited.text, edited.reply_markup) == ("after", None)
    assert edited.edit_date is not None
    assert (await noor.sees("after")).edited
    again = await bot.edit_message_reply_markup(noor.id, sent.message_id, reply_markup=GO)
    assert isinstance(again, telegram.Message)
    assert again.reply_markup == GO


async def test_a_picture_goes_out_and_comes_back(bot: telegram.Bot, noor: Person) -> None:
    sent = await bot.send_photo(noor.id, PNG, caption="<u>the harbour</u>", parse_mode="HTML")
    assert (sent.photo[0].width, sent.photo[0].height, sent.photo[0].file_size) == (16, 16, len(PNG))
    assert sent.caption_html == "<u>the harbour</u>"
    file = await bot.get_file(sent.photo[-1].file_id)
    assert bytes(await file.download_as_bytearray()) == PNG
    again = await bot.send_photo(noor.id, sent.photo[-1].file_id)
    assert again.photo[0].file_unique_id == sent.photo[0].file_unique_id
    edited = await bot.edit_message_caption(noor.id, sent.message_id, caption="the harbour at night")
    assert isinstance(edited, telegram.Message)
    seen = await noor.sees("at night")
    assert seen.photo == sent.photo[0].file_id
    assert await noor.download(seen.photo) == PNG
    with pytest.raises(BadRequest, match="There is no text in the message to edit"):
        await bot.edit_message_text("x", noor.id, sent.message_id)
    with pytest.raises(BadRequest, match="Image_process_failed"):
        await bot.send_photo(noor.id, b"not a picture")
    with pytest.raises(BadRequest, match="Photo_invalid_dimensions"):
        await bot.send_photo(noor.id, png(5001))
    with pytest.raises(BadRequest, match="Message caption is too long"):
        await bot.send_photo(noor.id, PNG, caption="x" * 1025)


async def test_a_document_goes_out_and_comes_back(bot: telegram.Bot, noor: Person) -> None:
    sent = await bot.send_document(noor.id, b"{}", filename="my-data.json", caption="x" * 1024)
    assert sent.document is not None
    assert (sent.document.file_name, sent.document.mime_type) == ("my-data.json", "application/json")
    file = await bot.get_file(sent.document)
    assert bytes(await file.download_as_bytearray()) == b"{}"
    assert (await noor.last()).document == {"file_id": sent.document.file_id, "file_name": "my-data.json"}
    with pytest.raises(BadRequest, match="Can't use file of type document as photo"):
        await bot.send_photo(noor.id, sent.document.file_id)


async def test_a_pressed_button_reaches_the_bot_with_its_message(bot: telegram.Bot, noor: Person) -> None:
    await bot.get_updates(offset=-1, timeout=0)
    sent = await bot.send_message(noor.id, "<b>Ready?</b>", parse_mode="HTML", reply_markup=GO)
    await noor.presses("Go")
    update = (await bot.get_updates(timeout=5))[-1]
    query = update.callback_query
    assert query is not None
    assert isinstance(query.message, telegram.Message)
    assert (query.data, query.from_user.language_code) == ("go", "ar")
    assert (query.message.message_id, query.message.text_html) == (sent.message_id, "<b>Ready?</b>")
    assert query.message.reply_markup == GO
    assert query.chat_instance
    assert await query.answer("As you wish", show_alert=True)
    assert await noor.hears("As you wish") == "As you wish"


async def test_everything_people_send_parses(bot: telegram.Bot, noor: Person) -> None:
    await noor.edits((await noor.chat())[0].id, "/start again")
    await noor.sends_photo(caption="a /picture")
    await noor.sends("document", data=b"words", file_name="words.txt")
    for kind in ("voice", "video", "sticker"):
        await noor.sends(kind)
    await noor.sends("location", latitude=36.8, longitude=10.18)
    await noor.sends("contact")
    await noor.blocks()
    updates = await bot.get_updates()
    texts = [update.edited_message.text for update in updates if update.edited_message]
    assert texts == ["/start again"]
    messages = [update.message for update in updates if update.message][1:]
    photo, document, voice, video, sticker, location, contact = messages
    assert photo.caption_entities[0].type == "bot_command"
    assert await (await photo.photo[-1].get_file()).download_as_bytearray() == bytearray(PNG)
    assert document.document is not None
    assert await (await document.document.get_file()).download_as_bytearray() == bytearray(b"words")
    assert voice.voice is not None
    assert video.video is not None
    assert sticker.sticker is not None
    assert location.location is not None
    assert location.location.latitude == 36.8
    assert contact.contact is not None
    assert contact.contact.user_id == noor.id
    change = updates[-1].my_chat_member
    assert change is not None
    assert (change.old_chat_member.status, change.new_chat_member.status) == ("member", "kicked")
    assert change.new_chat_member.user.id == bot.id
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(noor.id, "x")


async def test_messages_are_deleted(bot: telegram.Bot, noor: Person) -> None:
    sent = [(await bot.send_message(noor.id, word)).message_id for word in ("one", "two", "three")]
    assert await bot.delete_message(noor.id, sent[0])
    assert await bot.delete_messages(noor.id, sent)
    assert [message.text for message in await noor.chat()] == ["/start"]


async def test_a_menu_per_scope_and_language(bot: telegram.Bot, people: People, noor: Person) -> None:
    fatou = await people.join("Fatou", language="fr-FR")
    help_, aide = BotCommand("help", "What I can do"), BotCommand("aide", "Ce que je sais faire")
    invite = BotCommand("invite", "Invite somebody")
    await bot.set_my_commands([help_])
    assert await noor.commands() == await fatou.commands() == ["help"]
    await bot.set_my_commands([aide], BotCommandScopeAllPrivateChats(), language_code="fr")
    await bot.set_my_commands([help_, invite], BotCommandScopeChat(noor.id))
    assert await noor.commands() == ["help", "invite"]
    assert await fatou.commands() == ["aide"]
    await bot.set_my_commands([invite], BotCommandScopeChat(fatou.id))
    assert await fatou.commands() == ["invite"]
    assert await bot.get_my_commands(BotCommandScopeAllPrivateChats(), language_code="fr") == (aide,)
    assert await bot.get_my_commands(BotCommandScopeAllPrivateChats()) == ()
    await bot.delete_my_commands(BotCommandScopeChat(noor.id))
    assert await noor.commands() == ["help"]


async def test_the_bot_introduces_itself_in_several_languages(bot: telegram.Bot) -> None:
    await bot.set_my_name("Circle")
    await bot.set_my_name("حلقة", language_code="ar")
    assert (await bot.get_my_name()).name == "Circle"
    assert (await bot.get_my_name(language_code="ar")).name == "حلقة"
    assert (await bot.get_me()).first_name == "Circle"
    await bot.set_my_description("What this is")
    await bot.set_my_short_description("Ce que c'est", language_code="fr")
    assert (await bot.get_my_description(language_code="fr")).description == "What this is"
    assert (await bot.get_my_short_description()).short_description == ""
    assert (await bot.get_my_short_description(language_code="fr")).short_description == "Ce que c'est"


async def test_the_bot_asks_about_a_chat(bot: telegram.Bot, people: People, noor: Person) -> None:
    about = await people.join("Lina", last_name="Haddad", username="lina_h", about="Lawyer by the sea")
    full = await bot.get_chat(about.id)
    assert (full.first_name, full.last_name, full.username) == ("Lina", "Haddad", "lina_h")
    assert (full.type, full.bio) == ("private", "Lawyer by the sea")
    assert (await bot.get_chat_member(noor.id, noor.id)).status == "member"
    await noor.blocks()
    assert (await bot.get_chat_member(noor.id, bot.id)).status == "kicked"
    with pytest.raises(BadRequest, match="Member not found"):
        await bot.get_chat_member(noor.id, about.id)
    await noor.unblocks()
    assert await bot.send_chat_action(noor.id, "typing")


async def test_the_webhook_is_set_shown_and_removed(bot: telegram.Bot) -> None:
    assert await bot.set_webhook("http://127.0.0.1:9/hook", secret_token="s-3", allowed_updates=["message"])
    info = await bot.get_webhook_info()
    assert (info.url, info.pending_update_count) == ("http://127.0.0.1:9/hook", 0)
    assert info.allowed_updates == ("message",)
    with pytest.raises(Conflict, match="can't use getUpdates method while webhook is active"):
        await bot.get_updates()
    assert await bot.delete_webhook(drop_pending_updates=True)
    assert (await bot.get_webhook_info()).url == ""


async def test_errors_become_the_librarys_exceptions(
    sandbox: Sandbox, bot: telegram.Bot, noor: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "1")
    sandbox.limits = Limits(per_second=0, per_chat_per_second=1)
    await bot.send_message(noor.id, "one")
    with pytest.raises(RetryAfter) as flood:
        await bot.send_message(noor.id, "two")
    assert flood.value.retry_after == timedelta(seconds=1)
    stranger = telegram.Bot("7000000001:another-token-of-the-right-form-000000", sandbox.base_url)
    with pytest.raises(InvalidToken):
        async with stranger:
            raise AssertionError("it was let in")

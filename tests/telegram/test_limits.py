"""Limits of the Bot API in modules that may not import telegram are those that python-telegram-bot knows."""

import re

import pytest
from telegram.constants import (
    SUPPORTED_WEBHOOK_PORTS,
    BotCommandLimit,
    BotDescriptionLimit,
    BulkRequestLimit,
    CallbackQueryLimit,
    FloodLimit,
    InlineKeyboardButtonLimit,
    InlineKeyboardMarkupLimit,
    MessageLimit,
    UpdateType,
    WebhookLimit,
)

from bot.app import FEATURES
from bot.conversation import pagination, screen
from bot.conversation.routes import Command
from bot.features.announcements import rules as announcements
from bot.features.sealed_notes import sealed_text
from bot.features.topics import rules as topics
from bot.features.topics import writing_screens
from bot.language.texts import LANGUAGES, texts_in
from bot.messaging import rate_limiter
from bot.operations import settings
from bot.telegram.polling import WANTED
from sandbox.bot_api import content, message_methods, profile_methods


def test_what_is_sent_fits_into_a_message_and_a_button() -> None:
    assert screen.MOST_BYTES == InlineKeyboardButtonLimit.MAX_CALLBACK_DATA
    assert topics.LONGEST_POST == MessageLimit.MAX_TEXT_LENGTH - 1
    for shown in (
        pagination.PAGE_UNITS,
        writing_screens.PREVIEW_UNITS,
        announcements.LONGEST_TEXT,
        sealed_text.LONGEST,
    ):
        assert shown < MessageLimit.MAX_TEXT_LENGTH
    assert writing_screens.CAPTION_UNITS < MessageLimit.CAPTION_LENGTH


def test_the_rate_limits_are_those_of_telegram() -> None:
    fields = settings.TelegramSettings.model_fields
    assert fields["messages_per_second"].default == FloodLimit.MESSAGES_PER_SECOND
    assert fields["per_chat_seconds"].default == 1 / FloodLimit.MESSAGES_PER_SECOND_PER_CHAT
    assert rate_limiter.GROUP_MESSAGES == FloodLimit.MESSAGES_PER_MINUTE_PER_GROUP
    assert rate_limiter.GROUP_SECONDS == 60


def test_the_settings_of_a_webhook_are_those_that_telegram_accepts() -> None:
    assert {None, *SUPPORTED_WEBHOOK_PORTS} == settings._PORTS
    [least, most] = settings.WebhookSettings.model_fields["connections"].metadata
    assert (least.ge, most.le) == (WebhookLimit.MIN_CONNECTIONS_LIMIT, WebhookLimit.MAX_CONNECTIONS_LIMIT)
    assert set(WANTED) <= set(UpdateType)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_telegram_shows_of_the_bot_fits(language: str) -> None:
    texts = texts_in(language)
    commands = {route.trigger.name for route in FEATURES.routes.all if isinstance(route.trigger, Command)}
    assert 0 < len(texts.plain("bot-description")) <= BotDescriptionLimit.MAX_DESCRIPTION_LENGTH
    assert 0 < len(texts.plain("bot-short-description")) <= BotDescriptionLimit.MAX_SHORT_DESCRIPTION_LENGTH
    assert 0 < len(commands) <= BotCommandLimit.MAX_COMMAND_NUMBER
    for command in commands:
        assert re.fullmatch(rf"[a-z0-9_]{{{BotCommandLimit.MIN_COMMAND:d},{BotCommandLimit.MAX_COMMAND:d}}}", command)
        assert 0 < len(texts.plain(f"command-{command}")) <= BotCommandLimit.MAX_DESCRIPTION


def test_the_sandbox_is_as_strict_as_telegram() -> None:
    assert content.LONGEST_TEXT == MessageLimit.MAX_TEXT_LENGTH
    assert content.LONGEST_CAPTION == MessageLimit.CAPTION_LENGTH
    assert content.LONGEST_DATA == InlineKeyboardButtonLimit.MAX_CALLBACK_DATA
    assert content.MOST_BUTTONS == InlineKeyboardMarkupLimit.TOTAL_BUTTON_NUMBER
    assert message_methods.MOST_DELETED == BulkRequestLimit.MAX_LIMIT
    assert message_methods.LONGEST_TOAST == CallbackQueryLimit.ANSWER_CALLBACK_QUERY_TEXT_LENGTH
    assert profile_methods.MOST_COMMANDS == BotCommandLimit.MAX_COMMAND_NUMBER

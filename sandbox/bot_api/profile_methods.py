"""The Bot API's methods about the bot itself, chats and files: getMe, command menus, names, getChat, getFile."""

import re
from collections.abc import Awaitable, Callable
from typing import Any

from sandbox.bot_api.message_methods import MessageMethods
from sandbox.bot_api.parameters import Call
from sandbox.telegram import api_objects
from sandbox.telegram.api_errors import bad_request
from sandbox.telegram.files import LARGEST_DOWNLOAD
from sandbox.telegram.model import Telegram
from sandbox.telegram.profile import DEFAULT, Scope
from sandbox.telegram.records import Json

MOST_COMMANDS = 100
OF_ALL_CHATS = ("default", "all_private_chats", "all_group_chats", "all_chat_administrators")
OF_ONE_CHAT = ("chat", "chat_administrators", "chat_member")
_COMMAND = re.compile(r"[a-z0-9_]+")
_LANGUAGE = re.compile(r"[a-z]{2}")


class ProfileMethods:
    """What a bot says about itself and asks about others; the methods of the Bot API by their names in snake case."""

    def __init__(self, telegram: Telegram, messages: MessageMethods) -> None:
        self.telegram = telegram
        self.profile = telegram.profile
        self.known = messages.known

    async def get_me(self, call: Call) -> Json:
        """getMe."""
        return {
            **self.telegram.bot_user(),
            "can_join_groups": True,
            "can_read_all_group_messages": False,
            "supports_inline_queries": False,
            "can_connect_to_business": False,
            "has_main_web_app": False,
            "has_topics_enabled": False,
            "allows_users_to_create_topics": False,
            "can_manage_bots": False,
            "supports_guest_queries": False,
        }

    async def get_chat(self, call: Call) -> Json:
        """getChat."""
        return api_objects.full_chat(self.known(call).person)

    async def get_chat_member(self, call: Call) -> Json:
        """getChatMember: in a private chat there are two, the person and the bot."""
        person = self.known(call).person
        wanted = call.number("user_id")
        if wanted == person.id:
            return api_objects.chat_member(api_objects.user(person), blocked=False)
        if wanted == self.telegram.bot_id:
            return api_objects.chat_member(self.telegram.bot_user(), blocked=person.blocked)
        raise bad_request("member not found" if wanted in self.telegram.chats else "user not found")

    async def get_file(self, call: Call) -> Json:
        """getFile."""
        file = self.telegram.files.get(call.text("file_id"))
        if file is None:
            raise bad_request("invalid file_id")
        if len(file.data) > LARGEST_DOWNLOAD:
            raise bad_request("file is too big")
        return {
            "file_id": file.file_id,
            "file_unique_id": file.unique_id,
            "file_size": len(file.data),
            "file_path": file.path,
        }

    async def set_my_commands(self, call: Call) -> bool:
        """setMyCommands, of one scope and language."""
        given = call.structure("commands", "can't parse commands JSON object")
        if not isinstance(given, list):
            raise bad_request("expected an Array of BotCommand")
        if len(given) > MOST_COMMANDS:
            raise bad_request("BOT_COMMANDS_TOO_MUCH")
        commands = [_command(item) for item in given]
        self.profile.set_menu(self._scope(call), _language(call), commands)
        self.telegram.touch()
        return True

    async def get_my_commands(self, call: Call) -> list[Json]:
        """getMyCommands, of exactly this scope and language."""
        return self.profile.menu(self._scope(call), _language(call))

    async def delete_my_commands(self, call: Call) -> bool:
        """deleteMyCommands."""
        self.profile.set_menu(self._scope(call), _language(call), [])
        self.telegram.touch()
        return True

    def texts(self) -> dict[str, Callable[[Call], Awaitable[Any]]]:
        """The setters and getters of name, description and short description."""
        profile = self.profile
        return {
            "setMyName": self._setter("name", profile.names, 64),
            "getMyName": self._getter("name", profile.name),
            "setMyDescription": self._setter("description", profile.descriptions, 512),
            "getMyDescription": self._getter("description", profile.description),
            "setMyShortDescription": self._setter("short_description", profile.short_descriptions, 120),
            "getMyShortDescription": self._getter("short_description", profile.short_description),
        }

    def _setter(self, field: str, texts: dict[str, str], longest: int) -> Callable[[Call], Awaitable[bool]]:
        async def set_text(call: Call) -> bool:
            language, words = _language(call), call.text(field).strip()
            if len(words) > longest:
                raise bad_request(f"bot {field.replace('_', ' ')} is too long")
            if words:
                texts[language] = words
            elif language or field != "name":
                texts.pop(language, None)
            else:
                raise bad_request("bot name must be non-empty")
            self.telegram.touch()
            return True

        return set_text

    def _getter(self, field: str, text: Callable[[str], str]) -> Callable[[Call], Awaitable[Json]]:
        async def get_text(call: Call) -> Json:
            return {field: text(_language(call))}

        return get_text

    def _scope(self, call: Call) -> Scope:
        scope = call.structure("scope", "can't parse BotCommandScope JSON object")
        if scope is None:
            return DEFAULT
        if not isinstance(scope, dict):
            raise bad_request("object expected as BotCommandScope")
        kind = scope.get("type", "default")
        if kind in OF_ALL_CHATS:
            return kind, 0
        if kind not in OF_ONE_CHAT:
            raise bad_request("unsupported type specified")
        chat_id = str(scope.get("chat_id", ""))
        if not chat_id.isdecimal() or int(chat_id) not in self.telegram.chats:
            raise bad_request("chat not found")
        if kind != "chat":
            raise bad_request("can't use specified scope in private chats")
        return kind, int(chat_id)


def _language(call: Call) -> str:
    language = call.text("language_code")
    if language and not _LANGUAGE.fullmatch(language):
        raise bad_request("invalid language code specified")
    return language


def _command(item: Any) -> Json:
    if not isinstance(item, dict):
        raise bad_request("expected an Object as BotCommand")
    name, description = item.get("command"), item.get("description")
    if not isinstance(name, str) or not isinstance(description, str):
        raise bad_request("can't parse BotCommand: command and description must be of type String")
    name, description = name.strip().removeprefix("/"), description.strip()
    if not name:
        raise bad_request("command must be non-empty")
    if len(name) > 32:
        raise bad_request("command length must not exceed 32")
    if not _COMMAND.fullmatch(name):
        raise bad_request("BOT_COMMAND_INVALID")
    if not description:
        raise bad_request("command description must be non-empty")
    if len(description) > 256:
        raise bad_request("command description length must not exceed 256")
    return {"command": name, "description": description}

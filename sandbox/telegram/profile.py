"""The bot's public profile: command menus per scope and language, name and descriptions per language."""

from sandbox.telegram.records import Json, Person

Scope = tuple[str, int]  # its type, and the chat it is for or 0

DEFAULT: Scope = ("default", 0)
PRIVATE: Scope = ("all_private_chats", 0)


class Profile:
    """What setMyName, setMyDescription, setMyShortDescription and setMyCommands set. The language "" stands for all."""

    def __init__(self, name: str) -> None:
        self.names: dict[str, str] = {"": name}
        self.descriptions: dict[str, str] = {}
        self.short_descriptions: dict[str, str] = {}
        self._menus: dict[tuple[Scope, str], list[Json]] = {}

    def name(self, language: str) -> str:
        """The bot's name in that language, else the general one."""
        return self.names.get(language) or self.names[""]

    def description(self, language: str) -> str:
        """The text of an empty chat in that language, else the general one."""
        return self.descriptions.get(language) or self.descriptions.get("", "")

    def short_description(self, language: str) -> str:
        """The text of the bot's profile page in that language, else the general one."""
        return self.short_descriptions.get(language) or self.short_descriptions.get("", "")

    def set_menu(self, scope: Scope, language: str, commands: list[Json]) -> None:
        """Replace the commands of exactly this scope and language; an empty list deletes the menu."""
        if commands:
            self._menus[scope, language] = commands
        else:
            self._menus.pop((scope, language), None)

    def menu(self, scope: Scope, language: str) -> list[Json]:
        """The commands of exactly this scope and language."""
        return self._menus.get((scope, language), [])

    def menu_for(self, person: Person) -> list[Json]:
        """The commands that this person's client shows (Bot API, Determining list of commands)."""
        language = (person.language_code or "").split("-")[0].lower()
        for scope in (("chat", person.id), PRIVATE, DEFAULT):
            for tongue in (language, ""):
                if commands := self.menu(scope, tongue):
                    return commands
        return []

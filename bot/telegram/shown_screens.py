"""Which screen each of the last messages shows, so that none is changed into what it shows already.

A button that is pressed twice is answered twice with the same screen; Telegram refuses such a change, and each refused
call counts for its limits. Only a hash of a screen is kept, in memory: after a restart a change too many is made.
"""

import hashlib
from collections import OrderedDict

from bot.conversation.screen import Screen

MOST = 5_000  # messages; beyond them the one that was shown first is forgotten


class ShownScreens:
    def __init__(self) -> None:
        self._hashes: OrderedDict[tuple[int, int], bytes] = OrderedDict()

    def shows(self, chat: int, message_id: int, screen: Screen) -> bool:
        """Whether the message shows this screen, as far as is known."""
        return self._hashes.get((chat, message_id)) == _hash(screen)

    def note(self, chat: int, message_id: int, screen: Screen) -> None:
        self.forget(chat, message_id)
        self._hashes[chat, message_id] = _hash(screen)
        if len(self._hashes) > MOST:
            self._hashes.popitem(last=False)

    def forget(self, chat: int, message_id: int) -> None:
        """From here on it is unknown what the message shows, if it exists."""
        self._hashes.pop((chat, message_id), None)


def _hash(screen: Screen) -> bytes:
    said = screen.text if screen.substance is None else screen.substance
    rows = [[(button.label, button.action.pack()) for button in row] for row in screen.rows]
    return hashlib.sha256(repr((str(said), rows)).encode()).digest()

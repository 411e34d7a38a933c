"""What became of a message: the five things that an error of Telegram's or of the network can mean for us."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sent:
    message_id: int | None


@dataclass(frozen=True, slots=True)
class Unreachable:
    """The person blocked the bot, or is not there any more."""


@dataclass(frozen=True, slots=True)
class Wait:
    """Certainly not sent; to be tried again after so many seconds."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Uncertain:
    """It may have arrived, or not."""


@dataclass(frozen=True, slots=True)
class Failed:
    """Refused for good."""


SendResult = Sent | Unreachable | Wait | Uncertain | Failed

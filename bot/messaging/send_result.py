"""The result of sending a message: what an answer or an error of Telegram or of the network means for us."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sent:
    """Delivered; `message_id` is None where the message is known to be gone."""

    message_id: int | None


@dataclass(frozen=True, slots=True)
class Unreachable:
    """The person blocked the bot or left Telegram."""


@dataclass(frozen=True, slots=True)
class Wait:
    """Not sent; to be retried after `seconds`."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Uncertain:
    """The answer was lost: the message may have arrived."""


@dataclass(frozen=True, slots=True)
class Failed:
    """Refused for good; a retry makes no sense."""


SendResult = Sent | Unreachable | Wait | Uncertain | Failed

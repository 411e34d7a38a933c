"""What the buttons of topics and posts do."""

from dataclasses import dataclass
from typing import ClassVar

from bot.conversation.screen import ButtonAction
from storage.records.subscriptions import FollowMode


@dataclass(frozen=True, slots=True)
class OpenTopic(ButtonAction):
    code: ClassVar[str] = "topic"
    topic: bytes


@dataclass(frozen=True, slots=True)
class Follow(ButtonAction):
    code: ClassVar[str] = "follow"
    topic: bytes
    mode: FollowMode


@dataclass(frozen=True, slots=True)
class Leave(ButtonAction):
    code: ClassVar[str] = "leave"
    topic: bytes


@dataclass(frozen=True, slots=True)
class ReadLatest(ButtonAction):
    code: ClassVar[str] = "latest"
    topic: bytes
    page: int


@dataclass(frozen=True, slots=True)
class WriteIn(ButtonAction):
    code: ClassVar[str] = "write"
    topic: bytes


@dataclass(frozen=True, slots=True)
class SendPost(ButtonAction):
    code: ClassVar[str] = "send"
    topic: bytes
    version: bytes  # which draft was shown: a later one has to be seen first


@dataclass(frozen=True, slots=True)
class TakeBack(ButtonAction):
    code: ClassVar[str] = "takeback"
    post: bytes


@dataclass(frozen=True, slots=True)
class LiftQuota(ButtonAction):
    code: ClassVar[str] = "liftquota"
    member: bytes


@dataclass(frozen=True, slots=True)
class NoPurpose(ButtonAction):
    code: ClassVar[str] = "nopurpose"


@dataclass(frozen=True, slots=True)
class AskClose(ButtonAction):
    code: ClassVar[str] = "askclose"
    topic: bytes


@dataclass(frozen=True, slots=True)
class Close(ButtonAction):
    code: ClassVar[str] = "closetop"
    topic: bytes


@dataclass(frozen=True, slots=True)
class Reopen(ButtonAction):
    code: ClassVar[str] = "reopen"
    topic: bytes

"""What the buttons of suspensions, removals and hidden posts do."""

from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar

from bot.conversation.screen import A_DAY, ButtonAction
from storage.records.people.removals import RemovalReason


@dataclass(frozen=True, slots=True)
class AskSuspend(ButtonAction):
    code: ClassVar[str] = "asksusp"
    member: bytes


@dataclass(frozen=True, slots=True)
class Suspend(ButtonAction):
    code: ClassVar[str] = "suspend"
    valid_for: ClassVar[timedelta | None] = A_DAY
    member: bytes


@dataclass(frozen=True, slots=True)
class AskRestore(ButtonAction):
    code: ClassVar[str] = "askrest"
    member: bytes


@dataclass(frozen=True, slots=True)
class Restore(ButtonAction):
    code: ClassVar[str] = "restore"
    valid_for: ClassVar[timedelta | None] = A_DAY
    member: bytes


@dataclass(frozen=True, slots=True)
class AskRemoval(ButtonAction):
    code: ClassVar[str] = "rmask"
    member: bytes


@dataclass(frozen=True, slots=True)
class ChooseReason(ButtonAction):
    code: ClassVar[str] = "rmwhy"
    member: bytes
    reason: RemovalReason


@dataclass(frozen=True, slots=True)
class RequestRemoval(ButtonAction):
    code: ClassVar[str] = "rmsend"
    valid_for: ClassVar[timedelta | None] = A_DAY
    member: bytes
    reason: RemovalReason


@dataclass(frozen=True, slots=True)
class OpenRemoval(ButtonAction):
    code: ClassVar[str] = "rmopen"
    request: bytes


@dataclass(frozen=True, slots=True)
class AskConfirmRemoval(ButtonAction):
    code: ClassVar[str] = "rmsure"
    request: bytes


@dataclass(frozen=True, slots=True)
class ConfirmRemoval(ButtonAction):
    code: ClassVar[str] = "rmconfirm"
    valid_for: ClassVar[timedelta | None] = A_DAY
    request: bytes


@dataclass(frozen=True, slots=True)
class WithdrawRemoval(ButtonAction):
    code: ClassVar[str] = "rmno"
    request: bytes


@dataclass(frozen=True, slots=True)
class Hide(ButtonAction):
    code: ClassVar[str] = "hide"
    valid_for: ClassVar[timedelta | None] = A_DAY
    post: bytes


@dataclass(frozen=True, slots=True)
class ShowAgain(ButtonAction):
    code: ClassVar[str] = "unhide"
    post: bytes


@dataclass(frozen=True, slots=True)
class ReadHidden(ButtonAction):
    code: ClassVar[str] = "myhidden"
    post: bytes

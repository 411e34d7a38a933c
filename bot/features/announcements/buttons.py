"""What the buttons of announcements do. A fingerprint says what was shown when the button was."""

from dataclasses import dataclass
from typing import ClassVar

from bot.conversation.screen import Press
from storage.records.announcements.audiences import Kind


@dataclass(frozen=True, slots=True)
class NewAnnouncement(Press):
    code: ClassVar[str] = "annnew"


@dataclass(frozen=True, slots=True)
class AskWhom(Press):
    code: ClassVar[str] = "annwhom"
    kind: Kind
    page: int


@dataclass(frozen=True, slots=True)
class SetWhom(Press):
    code: ClassVar[str] = "annfor"
    kind: Kind
    id: bytes  # of the host or the topic, or empty
    name: str  # the language or the region, or empty


@dataclass(frozen=True, slots=True)
class ChangeWhom(Press):
    code: ClassVar[str] = "annchange"
    announcement: bytes


@dataclass(frozen=True, slots=True)
class OpenAnnouncement(Press):
    code: ClassVar[str] = "annopen"
    announcement: bytes


@dataclass(frozen=True, slots=True)
class ShowVersion(Press):
    code: ClassVar[str] = "annshow"
    announcement: bytes
    language: str


@dataclass(frozen=True, slots=True)
class AskWords(Press):
    code: ClassVar[str] = "annwords"
    announcement: bytes
    language: str


@dataclass(frozen=True, slots=True)
class RemoveVersion(Press):
    code: ClassVar[str] = "annless"
    announcement: bytes
    language: str


@dataclass(frozen=True, slots=True)
class SetUrgent(Press):
    code: ClassVar[str] = "annurgent"
    announcement: bytes
    urgent: int


@dataclass(frozen=True, slots=True)
class AskApproval(Press):
    code: ClassVar[str] = "annask"
    announcement: bytes
    fingerprint: bytes  # of what was shown


@dataclass(frozen=True, slots=True)
class ApproveAnnouncement(Press):
    code: ClassVar[str] = "annapprove"
    announcement: bytes
    fingerprint: bytes


@dataclass(frozen=True, slots=True)
class SendBack(Press):
    code: ClassVar[str] = "annback"
    announcement: bytes
    fingerprint: bytes


@dataclass(frozen=True, slots=True)
class AskThrowAway(Press):
    code: ClassVar[str] = "annaskdrop"
    announcement: bytes


@dataclass(frozen=True, slots=True)
class ThrowAway(Press):
    code: ClassVar[str] = "anndrop"
    announcement: bytes


@dataclass(frozen=True, slots=True)
class Stop(Press):
    code: ClassVar[str] = "annstop"
    announcement: bytes


@dataclass(frozen=True, slots=True)
class GoOn(Press):
    code: ClassVar[str] = "anngoon"
    announcement: bytes

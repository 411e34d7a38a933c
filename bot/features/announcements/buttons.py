"""What the buttons of announcements do. A fingerprint identifies the content that was shown with the button."""

from dataclasses import dataclass
from typing import ClassVar

from bot.conversation.screen import ButtonAction
from storage.records.announcements.audiences import AudienceKind


@dataclass(frozen=True, slots=True)
class NewAnnouncement(ButtonAction):
    code: ClassVar[str] = "annnew"


@dataclass(frozen=True, slots=True)
class ListAudiences(ButtonAction):
    code: ClassVar[str] = "annwhom"
    kind: AudienceKind
    page: int


@dataclass(frozen=True, slots=True)
class SetAudience(ButtonAction):
    code: ClassVar[str] = "annfor"
    kind: AudienceKind
    id: bytes  # of the host or the topic, or empty
    name: str  # the language or the region, or empty


@dataclass(frozen=True, slots=True)
class ChangeAudience(ButtonAction):
    code: ClassVar[str] = "annchange"
    announcement: bytes


@dataclass(frozen=True, slots=True)
class OpenAnnouncement(ButtonAction):
    code: ClassVar[str] = "annopen"
    announcement: bytes


@dataclass(frozen=True, slots=True)
class ShowVersion(ButtonAction):
    code: ClassVar[str] = "annshow"
    announcement: bytes
    language: str


@dataclass(frozen=True, slots=True)
class EditVersion(ButtonAction):
    code: ClassVar[str] = "annwords"
    announcement: bytes
    language: str


@dataclass(frozen=True, slots=True)
class RemoveVersion(ButtonAction):
    code: ClassVar[str] = "annless"
    announcement: bytes
    language: str


@dataclass(frozen=True, slots=True)
class SetUrgent(ButtonAction):
    code: ClassVar[str] = "annurgent"
    announcement: bytes
    urgent: int


@dataclass(frozen=True, slots=True)
class AskApproval(ButtonAction):
    code: ClassVar[str] = "annask"
    announcement: bytes
    fingerprint: bytes  # of what was shown


@dataclass(frozen=True, slots=True)
class ApproveAnnouncement(ButtonAction):
    code: ClassVar[str] = "annapprove"
    announcement: bytes
    fingerprint: bytes


@dataclass(frozen=True, slots=True)
class SendBack(ButtonAction):
    code: ClassVar[str] = "annback"
    announcement: bytes
    fingerprint: bytes


@dataclass(frozen=True, slots=True)
class AskDiscard(ButtonAction):
    code: ClassVar[str] = "annaskdrop"
    announcement: bytes


@dataclass(frozen=True, slots=True)
class Discard(ButtonAction):
    code: ClassVar[str] = "anndrop"
    announcement: bytes


@dataclass(frozen=True, slots=True)
class Halt(ButtonAction):
    code: ClassVar[str] = "annstop"
    announcement: bytes


@dataclass(frozen=True, slots=True)
class Resume(ButtonAction):
    code: ClassVar[str] = "anngoon"
    announcement: bytes

"""`/invite`: a link for one person, as text and as a QR code, and revoking it."""

import io
from dataclasses import dataclass
from typing import ClassVar

from bot.conversation import shared_screens
from bot.conversation.request import Request
from bot.conversation.routes import Access, Command, Route
from bot.conversation.screen import A_DAY, Button, ButtonAction, Screen, column
from storage.records import audit
from storage.records.people import invites
from storage.records.people.invites import Grants, Invite


@dataclass(frozen=True, slots=True)
class RevokeInvite(ButtonAction):
    code: ClassVar[str] = "revoke"
    invite: bytes


async def invite(request: Request) -> Screen:
    made, code = await invites.create(request.tx, Grants.APPLICATION, request.me.id, request.now)
    await audit.record(request.tx, "invited", request.me.id, made.id, request.now)
    return _invite_screen(request, made, request.network.deep_link(code))


async def revoke_invite(request: Request) -> Screen:
    invite_id = request.button(RevokeInvite).invite
    done = await invites.revoke(request.tx, invite_id, request.me.id, request.now)
    if done:
        await audit.record(request.tx, "invite-revoked", request.me.id, invite_id, request.now)
    return _revoked_screen(request, done=done)


def _invite_screen(request: Request, made: Invite, link: str) -> Screen:
    """The link and its QR code, as a picture that may be passed on.

    It stays for a day, since its button is the way to revoke the invitation.
    """
    import segno  # here, since few processes ever make an invitation

    texts = request.texts
    picture = io.BytesIO()
    segno.make(link, error="m").save(picture, kind="png", scale=8, border=3)
    return Screen(
        texts.stack(texts("invite", expires=texts.when(made.expires_at, request.me.zone)), link),
        column(Button(texts.plain("button-revoke-invite"), RevokeInvite(made.id))),
        photo=picture.getvalue(),
        fresh=True,
        protect=False,
        open_for=A_DAY,
    )


def _revoked_screen(request: Request, *, done: bool) -> Screen:
    texts = request.texts
    return Screen(
        texts("invite-revoked" if done else "invite-not-open"),
        column(shared_screens.run(texts, "invite"), shared_screens.back(request)),
        fresh=True,
    )


ROUTES = [
    Route(Command("invite"), Access.COORDINATOR, invite),
    Route(RevokeInvite, Access.COORDINATOR, revoke_invite),
]

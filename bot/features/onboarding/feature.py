"""Manifest: the way in, from an invitation to a decision."""

from bot.conversation.delivery import DeliveryKind
from bot.conversation.feature import AuditAction, Feature, HomeEntry, Job
from bot.features.onboarding import applications, handlers, invites, jobs

FEATURE = Feature(
    name="onboarding",
    routes=(*handlers.ROUTES, *invites.ROUTES, *applications.ROUTES),
    deliveries={
        "decision": DeliveryKind(handlers.render_decision, pauses=False),
        "application": DeliveryKind(applications.render_application),
    },
    jobs=(Job("erase-unfinished", jobs.tidy),),
    home=(HomeEntry("applications", 40), HomeEntry("invite", 50)),
    actions=(
        AuditAction("agreed"),
        AuditAction("applied"),
        AuditAction("applications-listed"),
        AuditAction("application-read", about_person=True),
        AuditAction("approved", about_person=True),
        AuditAction("declined", about_person=True),
        AuditAction("invited"),
        AuditAction("invite-revoked"),
        AuditAction("owner-claimed", about_person=True),
    ),
)

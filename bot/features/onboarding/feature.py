"""Onboarding: `/start` with an invitation, the questionnaire, the decision of a coordinator."""

from datetime import timedelta

from bot.conversation.feature import AuditAction, Feature, HomeEntry, Job
from bot.features.onboarding import applications, invites, jobs, questionnaire, start

FEATURE = Feature(
    name="onboarding",
    routes=(*start.ROUTES, *questionnaire.ROUTES, *invites.ROUTES, *applications.ROUTES),
    deliveries={**start.DELIVERIES, **applications.DELIVERIES},
    jobs=(Job("erase-unfinished", jobs.erase_unfinished, every=timedelta(minutes=10)),),
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

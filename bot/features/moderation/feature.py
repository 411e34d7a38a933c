"""Stopping: suspending, restoring and removing members, hiding posts."""

from datetime import timedelta

from bot.conversation.feature import AuditAction, ExportSection, Feature, Job
from bot.features.moderation import entry, export, hiding, jobs, removing, suspending

FEATURE = Feature(
    name="moderation",
    routes=(*suspending.ROUTES, *removing.ROUTES, *hiding.ROUTES),
    deliveries={**suspending.DELIVERIES, **removing.DELIVERIES, **hiding.DELIVERIES},
    jobs=(Job("expire", jobs.expire, every=timedelta(minutes=10), fills_outbox=False),),
    export=(ExportSection("export-moderation", ("suspensions", "removal_requests"), export.decisions),),
    actions=(
        AuditAction("post-hidden", about_person=True),
        AuditAction("post-shown-again", about_person=True),
        AuditAction("removal-asked", about_person=True),
        AuditAction("removal-confirmed"),
        AuditAction("removal-withdrawn", about_person=True),
        AuditAction("restored", about_person=True),
        AuditAction("suspended", about_person=True),
    ),
    about_person=entry.about_person,
)

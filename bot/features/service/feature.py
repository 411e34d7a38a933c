"""What the program itself offers: help, privacy, cancelling a draft, closing screens, notices, purging."""

from datetime import timedelta

from bot.conversation.feature import AuditAction, Feature, HomeEntry, Job
from bot.features.service import deliveries, handlers, jobs

FEATURE = Feature(
    name="service",
    routes=handlers.ROUTES,
    deliveries=deliveries.DELIVERIES,
    jobs=(Job("purge", jobs.purge, every=timedelta(minutes=10)),),
    home=(HomeEntry("help", 90),),
    actions=(
        AuditAction("audit-begun"),
        AuditAction("erased"),
        AuditAction("keys-rotated"),
        # Recorded by several features.
        AuditAction("announcement-halted"),
        AuditAction("member-read", about_person=True),
        AuditAction("members-listed"),
    ),
)

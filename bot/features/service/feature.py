"""Manifest: what the program says and does by itself."""

from bot.conversation.delivery import DeliveryKind, Priority
from bot.conversation.feature import AuditAction, Feature, HomeEntry, Job
from bot.conversation.reading_screens import CloseScreen
from bot.conversation.routes import Access, Command, Route
from bot.features.service import deliveries, handlers, jobs

FEATURE = Feature(
    name="service",
    routes=(
        Route(Command("help"), Access.ANYBODY, handlers.help_),
        Route(Command("privacy"), Access.ANYBODY, handlers.privacy),
        Route(Command("cancel"), Access.ANYBODY, handlers.cancel),
        Route(CloseScreen, Access.ANYBODY, handlers.close_screen),
    ),
    deliveries={
        "resume": DeliveryKind(deliveries.resume, quiet=False, pauses=False, priority=Priority.ANSWERS),
        "alarm": DeliveryKind(deliveries.alarm, pauses=False),
        "close": DeliveryKind(deliveries.close, quiet=False, pauses=False, changes=True),
    },
    jobs=(Job("purge", jobs.purge),),
    home=(HomeEntry("help", 90),),
    actions=(
        AuditAction("audit-begun"),
        AuditAction("erased"),
        AuditAction("keys-rotated"),
        # Recorded by several features.
        AuditAction("member-read", about_person=True),
        AuditAction("members-listed"),
    ),
)

"""Manifest: announcements, along compose, approve, send and read."""

from bot.conversation.feature import AuditAction, ExportSection, Feature, HomeEntry, Job
from bot.features.announcements import compose, deliveries, export, send

FEATURE = Feature(
    name="announcements",
    routes=compose.ROUTES,
    deliveries=deliveries.KINDS,
    jobs=(Job("send-announcements", send.send_out),),
    home=(HomeEntry("announce", 60),),
    export=(ExportSection("export-announcements", ("announcements", "announcement_words"), export.written),),
    actions=tuple(
        AuditAction(name)
        for name in (
            "announced",
            "announcement-approved",
            "announcement-asked",
            "announcement-changed",
            "announcement-halted",
            "announcement-resumed",
            "announcement-returned",
        )
    ),
)

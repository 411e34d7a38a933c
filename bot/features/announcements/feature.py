"""Announcements, in the order in which one is made: composed, approved, sent (and followed, halted, resumed), read.

`view` looks one up for one person, `preview` shows it in the making, `rules` says who may do what.
"""

from bot.conversation.feature import AuditAction, ExportSection, Feature, HomeEntry, Job
from bot.features.announcements import approval, compose, export, preview, progress, read, send

FEATURE = Feature(
    name="announcements",
    routes=(
        *compose.ROUTES,
        *preview.ROUTES,
        *approval.ROUTES,
        *send.ROUTES,
        *read.ROUTES,
    ),
    deliveries={**approval.DELIVERIES, **progress.DELIVERIES, **read.DELIVERIES},
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
            "announcement-resumed",
            "announcement-returned",
        )
    ),
)

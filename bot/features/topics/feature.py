"""Topics and the posts in them: read and followed, written in, managed by coordinators."""

from bot.conversation.feature import AuditAction, ExportSection, Feature, HomeEntry
from bot.features.topics import export, managing, quota, reading, writing

FEATURE = Feature(
    name="topics",
    routes=(*reading.ROUTES, *writing.ROUTES, *managing.ROUTES, *quota.ROUTES),
    deliveries=reading.DELIVERIES,
    home=(HomeEntry("post", 10), HomeEntry("topics", 20)),
    export=(
        ExportSection("export-subscriptions", ("subscriptions",), export.followed),
        ExportSection("export-posts", ("posts",), export.written),
    ),
    actions=(
        *map(AuditAction, ("posted", "post-taken-back", "topic-opened", "topic-closed", "topic-reopened")),
        AuditAction("post-limit-lifted", about_person=True),
    ),
    about_person=quota.about_person,
)

"""Topics and the posts in them: read and followed, written in, managed by coordinators."""

from bot.conversation.feature import AuditAction, ExportSection, Feature, HomeEntry
from bot.features.topics import export, managing, reading, writing

FEATURE = Feature(
    name="topics",
    routes=(*reading.ROUTES, *writing.ROUTES, *managing.ROUTES),
    deliveries=reading.DELIVERIES,
    home=(HomeEntry("post", 10), HomeEntry("topics", 20)),
    export=(
        ExportSection("export-subscriptions", ("subscriptions",), export.followed),
        ExportSection("export-posts", ("posts",), export.written),
    ),
    actions=tuple(
        AuditAction(name) for name in ("posted", "post-taken-back", "topic-opened", "topic-closed", "topic-reopened")
    ),
)

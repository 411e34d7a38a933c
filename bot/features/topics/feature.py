"""Manifest: topics and the posts in them."""

from bot.conversation.feature import AuditAction, ExportSection, Feature, HomeEntry
from bot.features.topics import export, handlers

FEATURE = Feature(
    name="topics",
    routes=handlers.ROUTES,
    deliveries=handlers.KINDS,
    home=(HomeEntry("post", 10), HomeEntry("topics", 20)),
    export=(
        ExportSection("export-subscriptions", ("subscriptions",), export.followed),
        ExportSection("export-posts", ("posts",), export.written),
    ),
    actions=tuple(
        AuditAction(name) for name in ("posted", "post-taken-back", "topic-opened", "topic-closed", "topic-reopened")
    ),
)

"""A member's settings, pause, data export and erasure."""

from bot.conversation.feature import AuditAction, ExportSection, Feature, HomeEntry
from bot.features.members import export, handlers

FEATURE = Feature(
    name="members",
    routes=handlers.ROUTES,
    home=(HomeEntry("settings", 80),),
    export=(
        ExportSection("export-identity", ("members", "renames"), export.identity, rank=0),
        ExportSection("export-draft", ("drafts",), export.draft),
    ),
    actions=(AuditAction("renamed", about_person=True),),
)

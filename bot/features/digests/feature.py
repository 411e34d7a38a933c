"""Manifest: digests."""

from bot.conversation.feature import ExportSection, Feature, HomeEntry, Job
from bot.features.digests import export, handlers, jobs

FEATURE = Feature(
    name="digests",
    routes=handlers.ROUTES,
    deliveries=handlers.KINDS,
    jobs=(Job("plan-digests", jobs.plan_and_open),),
    home=(HomeEntry("digest", 30),),
    export=(ExportSection("export-digests", ("digests",), export.made),),
)

"""Digests: when one is due, what is in it, and how it is read."""

from bot.conversation.feature import ExportSection, Feature, HomeEntry, Job
from bot.features.digests import export, handlers, jobs

FEATURE = Feature(
    name="digests",
    routes=handlers.ROUTES,
    deliveries=handlers.DELIVERIES,
    jobs=(Job("plan-digests", jobs.plan_and_announce),),
    home=(HomeEntry("digest", 30),),
    export=(ExportSection("export-digests", ("digests",), export.made),),
)

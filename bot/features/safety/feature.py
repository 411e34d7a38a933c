"""Safety of members: buddies, freezing and thawing an account that may be in other hands, `/panic`."""

from datetime import timedelta

from bot.conversation.feature import AuditAction, ExportSection, Feature, Job
from bot.features.safety import buddies, buddy_screens, export, freeze, jobs, panic

FEATURE = Feature(
    name="safety",
    routes=(*buddies.ROUTES, *freeze.ROUTES, *panic.ROUTES),
    deliveries={**buddies.DELIVERIES, **freeze.DELIVERIES},
    jobs=(Job("purge", jobs.purge, every=timedelta(minutes=10), fills_outbox=False),),
    export=(ExportSection("export-buddies", ("buddies", "freeze_votes"), export.lines),),
    actions=(
        AuditAction("freeze-asked", about_person=True),
        AuditAction("frozen", about_person=True),
        AuditAction("panic"),
        AuditAction("thaw-asked", about_person=True),
        AuditAction("thawed", about_person=True),
    ),
    settings=(buddy_screens.settings_button,),
    about_person=freeze.about_person,
)

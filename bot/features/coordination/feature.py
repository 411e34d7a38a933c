"""Coordination: members, roles, hosts, the audit, the outbox, the lock, members who cannot be reached."""

from datetime import timedelta

from bot.conversation.feature import AuditAction, ExportSection, Feature, Job
from bot.features.coordination import (
    audit,
    export,
    host_list,
    lock,
    member_entry,
    member_list,
    outbox,
    owner_code,
    roles,
    unreachable,
)

FEATURE = Feature(
    name="coordination",
    routes=(
        *member_list.ROUTES,
        *member_entry.ROUTES,
        *roles.ROUTES,
        *host_list.ROUTES,
        *lock.ROUTES,
        *audit.ROUTES,
        *outbox.ROUTES,
        *unreachable.ROUTES,
        *owner_code.ROUTES,
    ),
    deliveries={**roles.DELIVERIES, **unreachable.DELIVERIES, **owner_code.DELIVERIES},
    jobs=(
        Job("ask-about-unreachable", unreachable.ask_about_unreachable, every=timedelta(minutes=10)),
        Job("owner-code", owner_code.wait_until_told, every=timedelta(minutes=1), fills_outbox=False),
    ),
    export=(
        ExportSection("export-outbox", ("outbox",), export.notices),
        ExportSection("export-acts", ("audit",), export.acts),
        ExportSection("export-audit", ("audit",), export.done_about),
    ),
    actions=(
        AuditAction("audit-read"),
        AuditAction("host-added"),
        AuditAction("locked"),
        AuditAction("made-coordinator", about_person=True),
        AuditAction("made-member", about_person=True),
        AuditAction("made-owner", about_person=True),
        AuditAction("message-dropped", about_person=True),
        AuditAction("outbox-read"),
        AuditAction("owner-code-made"),
        AuditAction("owner-code-revoked"),
        AuditAction("removed"),
        AuditAction("sent-again", about_person=True),
    ),
)

"""Sealed notes about people, a member's own note for an emergency, and the public keys they are sealed to."""

from bot.conversation.feature import AuditAction, ExportSection, Feature
from bot.features.sealed_notes import contact, export, key_news, keys, notes

FEATURE = Feature(
    name="sealed_notes",
    routes=(*contact.ROUTES, *notes.ROUTES, *keys.ROUTES, *key_news.ROUTES),
    deliveries=key_news.DELIVERIES,
    export=(ExportSection("export-sealed", ("sealed_notes", "sealing_keys"), export.notes),),
    actions=(
        AuditAction("contact-sealed"),
        AuditAction("contact-removed"),
        AuditAction("sealed-note-written", about_person=True),
        AuditAction("sealed-notes-fetched", about_person=True),
        AuditAction("sealed-notes-removed", about_person=True),
        AuditAction("sealing-key-set"),
        AuditAction("sealing-key-removed"),
    ),
    settings=(contact.settings_button,),
    about_person=notes.about_person,
)

"""The receipt of an erasure, as the person reads it."""

from bot.conversation.request import Request
from bot.language.texts import Html
from storage.records.erasure import Receipt


def receipt_text(request: Request, receipt: Receipt) -> Html:
    """Counts of what went, when, and the number of the state of the data that began. Nobody's name."""
    texts = request.texts
    said = texts(
        "receipt",
        when=texts.when(receipt.at, request.me.zone),
        number=str(receipt.generation),
        written=receipt.posts,
        announced=receipt.announcements,
        drafts=receipt.drafts,
        followed=receipt.subscriptions,
        digests=receipt.digests,
        notices=receipt.notices,
        sealed=receipt.sealed,
        messages=receipt.messages,
    )
    within = request.network.backups_cleaned_within
    if within is None:
        return said
    return texts.stack(said, texts("receipt-backups", by=texts.when(receipt.at + within, request.me.zone)))

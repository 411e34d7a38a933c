"""The last resort: an unexpected error becomes a short reference code, in the log and for the person, and nothing else.

The log gets the type of the error and the lines of our code it passed through. Messages of exceptions are left out,
since those of libraries can hold a token, an id or somebody's words.
"""

import secrets
import traceback

import structlog

log = structlog.get_logger(__name__)
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # none that can be mistaken for another


def report(error: BaseException, *, event: str) -> str:
    """Logs the error under a fixed word and returns its reference code."""
    reference = "".join(secrets.choice(ALPHABET) for _ in range(6))
    frames = [f"{frame.name}:{frame.lineno}" for frame in traceback.extract_tb(error.__traceback__)]
    log.error(event, reference=reference, error=type(error).__name__, frames=frames)
    return reference

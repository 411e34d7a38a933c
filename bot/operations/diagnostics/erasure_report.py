"""`halqa doctor --erasure`: looks in the data directory and in the backups for what should be gone.

Findings name files and columns, and count; what is looked for is never shown.
"""

import sys
from collections.abc import AsyncIterator
from pathlib import Path

from bot.operations import unlock
from bot.operations.config import Settings
from bot.operations.diagnostics.findings import Finding, ok, problem, warning
from storage.crypto.master_key import MasterKey
from storage.engine.connection import StoreError
from storage.engine.store import ASIDE, KEYRING_FILE, NETWORK_FILE, ROTATED
from storage.integrity import erasure_check, sqlcipher_pages
from storage.integrity.erasure_check import Keys, Rows
from storage.maintenance.key_rotation import DRAFTS
from storage.maintenance.rekeying import BEFORE
from storage.maintenance.restore import DONE, SCRATCH


async def examine(settings: Settings, master: MasterKey, folder: Path | None, look_for: bool) -> AsyncIterator[Finding]:
    """Pages first, since looking at rows empties the journals. Raises what the files raise, but for a bot that runs."""
    words = _asked() if look_for else ""
    data = settings.storage.directory
    folder = folder or settings.backup.directory
    if master.before is not None:
        said = "a new master key is begun and not finished, so that files under both keys are looked at"
        yield warning("rotation", said, "halqa keys rotate, which goes on")
    for place in (data, *(data / name for name in (ASIDE, DONE, SCRATCH, DRAFTS, ROTATED, f"{ROTATED}/{BEFORE}"))):
        if place.is_dir():
            for finding in _pages(place, master, words):
                yield finding
    for finding in _left_over(data, master):
        yield finding
    try:
        if (data / ROTATED).is_dir():
            raise StoreError("rotating")  # the files in place may be old ones, and none may be there
        held = await erasure_check.keys(data / KEYRING_FILE, master, live=True)
        for finding in _rows(await erasure_check.rows(data / NETWORK_FILE, master, held, live=True)):
            yield finding
        if words:
            yield _found(
                NETWORK_FILE, await erasure_check.places_of(data / NETWORK_FILE, master, held, words, live=True)
            )
    except StoreError as trouble:
        held = None
        match trouble.reason:
            case "in-use":
                said, remedy = "while the bot runs", "stop it, then ask again"
            case "rotating":
                said, remedy = "before the new master key is in place", "halqa keys rotate, then ask again"
            case _:
                raise
        yield warning("rows", f"not looked at {said}, nor compared with backups", remedy)
    if folder is None:
        yield warning("backups", "not looked at, since none were named", "name them: --backup DIR")
    elif not folder.is_dir():
        yield problem("backups", f"{folder} is not there", "mount it, or name another: --backup DIR")
    else:
        async for finding in _backups(folder, master, held, words):
            yield finding


def _asked() -> str:
    if unlock.at_terminal():
        return unlock.normal(unlock.typed("Words, or a Telegram id (not shown): ").strip())
    return unlock.normal(sys.stdin.readline().strip())


def _pages(folder: Path, master: MasterKey, words: str) -> list[Finding]:
    found = []
    needles = sqlcipher_pages.needles(words)
    for path, _, key in erasure_check.databases(folder, master):
        seen = sqlcipher_pages.scan(path, key, needles)
        name = f"{path.name}, its journal included"
        if seen.hits:
            said = f"{name}: what you look for stands readable on {seen.hits} of {seen.pages} pages"
            found.append(problem("pages", said, "if it is of somebody who was erased, tell the makers of Halqa"))
        elif seen.closed:
            said = f"{name}: {seen.closed} of {seen.pages} pages do not open"
            found.append(warning("pages", said, "ask again while the bot is stopped; then halqa doctor"))
        else:
            what = "not on any of them" if words else "nothing was looked for on them (--look-for asks)"
            found.append(ok("pages", f"{name}: {seen.pages} pages opened, {what}"))
    return found


def _left_over(data: Path, master: MasterKey) -> list[Finding]:
    """Further copies in the data directory, which no erasure reaches."""
    extra = [
        path for path, _, _ in erasure_check.databases(data, master) if path.name not in (NETWORK_FILE, KEYRING_FILE)
    ]
    extra += [path for path in (data / name for name in (ASIDE, DONE, SCRATCH)) if path.is_dir()]
    return [
        problem("copy", f"{path} is a further copy, which no erasure reaches", "destroy it once the bot runs")
        for path in extra
    ]


def _rows(rows: Rows) -> list[Finding]:
    found = []
    if rows.unfinished:
        found.append(problem("erasures", f"not finished yet: {rows.unfinished}", "start the bot, which does it"))
    if rows.without_key:
        said = f"members with a row and without a key: {rows.without_key}"
        found.append(problem("rows", said, "halqa run --accept-rollback, if an older copy was put here; else a backup"))
    if rows.closed:
        said = f"{rows.closed} of {rows.sealed} sealed fields are of keys that are gone; nobody can read them"
        found.append(warning("fields", said, "start the bot, which tidies them away with their rows"))
    if rows.unused:
        found.append(warning("keys", f"some belong to nobody: {rows.unused}", "start the bot, which removes them"))
    if not found:
        said = f"{rows.members} members and as many keys; all {rows.sealed} sealed fields have theirs; nothing is left"
        found.append(ok("rows", said))
    return found


async def _backups(folder: Path, master: MasterKey, held: Keys | None, words: str) -> AsyncIterator[Finding]:
    for finding in _pages(folder, master, words):
        yield finding
    files = list(erasure_check.databases(folder, master))
    keyrings = [path for path, name, _ in files if name == KEYRING_FILE]
    copied: list[Keys] = []
    for path in keyrings:
        if path.name != KEYRING_FILE:
            said = f"{path} is a further copy of the keys, which no erasure reaches"
            yield problem("backups", said, "destroy it: shred -u, or the whole medium")
        copied.append(await erasure_check.keys(path, master))
        if held is not None:
            yield _compared(path, held, copied[-1])
    if not keyrings:
        yield warning("backups", f"{folder} has no copy of the keys, so it cannot be restored", "halqa backup")
    for path, name, _ in files:
        if name != NETWORK_FILE:
            continue
        if held is not None:
            rows = await erasure_check.rows(path, master, held)
            said = f"{path.name}: erased since, and closed: {rows.without_key} of {rows.members} members"
            yield ok("backups", said)
        for keys in [*([held] if held is not None and words else []), *(copied if words else [])]:
            yield _found(path.name, await erasure_check.places_of(path, master, keys, words))


def _compared(path: Path, held: Keys, copied: Keys) -> Finding:
    gone = len(set(copied.members) - set(held.members))
    if gone:
        said = f"{path} still holds the keys of people who were erased: {gone}"
        return problem("backups", said, f"halqa backup {path.parent}, which replaces it")
    return ok("backups", f"{path.name} holds no key that is gone here")


def _found(name: str, places: list[str]) -> Finding:
    if places:
        said = f"{name}: what you look for can be read in {', '.join(places)}"
        return problem("fields", said, "if it is somebody else's words, that is theirs to take back; else halqa backup")
    return ok("fields", f"{name}: no sealed field that opens holds it")

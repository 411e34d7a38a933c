"""`halqa doctor --erasure`: searches the data directory and the backups for data that should be erased.

Findings name files and columns, and count. They never contain the text that is searched for, and it is looked for only
in what is of erased people: otherwise whoever runs the machine could ask of anybody whether they are a member.
"""

from collections.abc import AsyncIterator
from pathlib import Path

from bot.operations.config import Settings
from bot.operations.diagnostics.findings import Finding, ok, problem, warning
from storage.crypto.master_key import MasterKey
from storage.engine.errors import StoreError
from storage.files import ASIDE, KEYRING_FILE, NETWORK_FILE, ROTATED
from storage.integrity import erasure_check, sqlcipher_pages
from storage.integrity.erasure_check import Keys, Rows
from storage.maintenance.key_rotation import DRAFTS
from storage.maintenance.rekeying import BEFORE
from storage.maintenance.restore import DONE, SCRATCH

_FOLDERS = (ASIDE, DONE, SCRATCH, DRAFTS, ROTATED, f"{ROTATED}/{BEFORE}")  # below the data directory, with databases
# Why the rows cannot be examined, by the reason of a `StoreError`, and the remedy.
_ROWS_UNAVAILABLE = {
    "in-use": ("while the bot runs", "stop it, then ask again"),
    "rotating": ("before the new master key is in place", "halqa keys rotate, then ask again"),
}


async def examine(settings: Settings, master: MasterKey, folder: Path | None, text: str) -> AsyncIterator[Finding]:
    """Yields the findings about pages, rows and backups. `text` is searched for; empty: nothing is.

    `folder`: the backups, if not those of the settings. Pages come before rows, since opening a database empties its
    write-ahead log. While the bot runs, rows are left out with a warning; any other error of a database is raised.
    """
    data = settings.storage.directory
    folder = folder or settings.backup.directory
    if master.before is not None:
        message = "a new master key is begun and not finished, so that files under both keys are looked at"
        yield warning("rotation", message, "halqa keys rotate, which goes on")
    for place in (data, *(data / name for name in _FOLDERS)):
        if place.is_dir():
            for finding in _pages(place, master, text):
                yield finding
    for finding in _left_over(data, master):
        yield finding
    held, findings = await _live_rows(data, master, text)
    for finding in findings:
        yield finding
    if folder is None:
        yield warning("backups", "not looked at, since none were named", "name them: --backup DIR")
    elif not folder.is_dir():
        yield problem("backups", f"{folder} is not there", "mount it, or name another: --backup DIR")
    else:
        async for finding in _backups(folder, master, held, text):
            yield finding


async def _live_rows(data: Path, master: MasterKey, text: str) -> tuple[Keys | None, list[Finding]]:
    """Examines the rows of the data directory. Returns its keys, None where they cannot be read, and the findings."""
    findings: list[Finding] = []
    try:
        if (data / ROTATED).is_dir():
            raise StoreError("rotating")  # the databases in place may be old ones, or missing
        held = await erasure_check.keys(data / KEYRING_FILE, master, live=True)
        findings += row_findings(await erasure_check.rows(data / NETWORK_FILE, master, held, live=True))
        if text:
            places = await erasure_check.places_of(
                data / NETWORK_FILE, master, held, text, besides=held.data_keys, live=True
            )
            findings.append(search_finding(NETWORK_FILE, places))
        return held, findings
    except StoreError as error:
        if error.reason not in _ROWS_UNAVAILABLE:
            raise
        when, remedy = _ROWS_UNAVAILABLE[error.reason]
        return None, [*findings, warning("rows", f"not looked at {when}, nor compared with backups", remedy)]


def _pages(folder: Path, master: MasterKey, text: str) -> list[Finding]:
    found = []
    needles = sqlcipher_pages.needles(text)
    for path, _, key in erasure_check.databases(folder, master):
        seen = sqlcipher_pages.scan(path, key, needles)
        name = f"{path.name}, its journal included"
        if seen.hits:
            message = f"{name}: what you look for stands readable on {seen.hits} of {seen.pages} pages"
            found.append(problem("pages", message, "if it is of somebody who was erased, tell the makers of Halqa"))
        elif seen.unreadable:
            message = f"{name}: {seen.unreadable} of {seen.pages} pages do not open"
            found.append(warning("pages", message, "ask again while the bot is stopped; then halqa doctor"))
        else:
            what = "not on any of them" if text else "nothing was looked for on them (--look-for asks)"
            found.append(ok("pages", f"{name}: {seen.pages} pages opened, {what}"))
    return found


def _left_over(data: Path, master: MasterKey) -> list[Finding]:
    """Reports further copies in the data directory, which no erasure reaches."""
    extra = [
        path for path, _, _ in erasure_check.databases(data, master) if path.name not in (NETWORK_FILE, KEYRING_FILE)
    ]
    extra += [path for path in (data / name for name in (ASIDE, DONE, SCRATCH)) if path.is_dir()]
    return [
        problem("copy", f"{path} is a further copy, which no erasure reaches", "destroy it once the bot runs")
        for path in extra
    ]


def row_findings(rows: Rows) -> list[Finding]:
    """Reports rows and keys that should not be there; one `ok` where there are none."""
    found = []
    if rows.unfinished:
        found.append(problem("erasures", f"not finished yet: {rows.unfinished}", "start the bot, which does it"))
    if rows.without_key:
        message = f"members with a row and without a key: {rows.without_key}"
        remedy = "halqa run --accept-rollback, if an older copy was put here; else a backup"
        found.append(problem("rows", message, remedy))
    if rows.unreadable:
        message = f"{rows.unreadable} of {rows.encrypted} sealed fields are of keys that are gone; nobody can read them"
        found.append(warning("fields", message, "start the bot, which tidies them away with their rows"))
    if rows.unused:
        found.append(warning("keys", f"some belong to nobody: {rows.unused}", "start the bot, which removes them"))
    if not found:
        message = f"{rows.members} members and as many keys; all {rows.encrypted} sealed fields have theirs; "
        message += "nothing is left"
        found.append(ok("rows", message))
    return found


async def _backups(folder: Path, master: MasterKey, held: Keys | None, text: str) -> AsyncIterator[Finding]:
    for finding in _pages(folder, master, text):
        yield finding
    files = list(erasure_check.databases(folder, master))
    keyrings = [path for path, name, _ in files if name == KEYRING_FILE]
    copied: list[Keys] = []
    for path in keyrings:
        if path.name != KEYRING_FILE:
            message = f"{path} is a further copy of the keys, which no erasure reaches"
            yield problem("backups", message, "destroy it: shred -u, or the whole medium")
        copied.append(await erasure_check.keys(path, master))
        if held is not None:
            yield keyring_finding(path, held, copied[-1])
    if not keyrings:
        yield warning("backups", f"{folder} has no copy of the keys, so it cannot be restored", "halqa backup")
    for path, name, _ in files:
        if name != NETWORK_FILE:
            continue
        if held is not None:
            rows = await erasure_check.rows(path, master, held)
            message = f"{path.name}: erased since, and closed: {rows.without_key} of {rows.members} members"
            yield ok("backups", message)
        if held is None or not text:  # without the keys of those who are there, nobody else can be told apart
            continue
        for keys in copied:
            places = await erasure_check.places_of(path, master, keys, text, besides=held.data_keys)
            yield search_finding(path.name, places)


def keyring_finding(path: Path, held: Keys, copied: Keys) -> Finding:
    """Compares a copy of the keyring at `path` with the live one: it may hold no key that the live one lacks."""
    gone = len(set(copied.data_keys) - set(held.data_keys))
    if gone:
        message = f"{path} still holds the keys of people who were erased: {gone}"
        return problem("backups", message, f"halqa backup {path.parent}, which replaces it")
    return ok("backups", f"{path.name} holds no key that is gone here")


def search_finding(name: str, places: list[str]) -> Finding:
    """Reports in which columns of a database the text was found; `places` is empty where in none."""
    if places:
        message = f"{name}: what you look for can be read in {', '.join(places)}"
        remedy = "halqa backup, which replaces the keys of those who were erased"
        return problem("fields", message, remedy)
    return ok("fields", f"{name}: no sealed field that opens holds it")

"""`halqa doctor`: checks everything that a running network needs, with one remedy per finding.

A finding contains paths, keys of settings and counts; never a token, a passphrase, or stored data.
"""

import contextlib
import os
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from bot.language.texts import texts_in
from bot.operations import provision
from bot.operations.config import Settings
from bot.operations.diagnostics import backup_findings, permissions
from bot.operations.diagnostics.findings import Finding, ok, problem, warning
from bot.operations.errors import report
from bot.operations.failures import explain
from bot.operations.unlock import NoPassphrase
from bot.telegram import probe
from storage.crypto import key_slots
from storage.crypto.master_key import MasterKey, MasterKeyError
from storage.engine.errors import StoreError
from storage.engine.migrate import steps
from storage.engine.store import Store
from storage.integrity import field_search
from storage.opening import open_store
from storage.records import audit

TOLERATED = 60  # seconds between the local clock and Telegram's
EARLIEST = datetime(2026, 1, 1, tzinfo=UTC)  # an earlier time is wrong, since this program did not exist
TOKEN_FILE = "HALQA_TELEGRAM__TOKEN_FILE"


async def examine(
    path: Path, settings: Settings, unlock: Callable[[], MasterKey], passphrase_file: Path | None
) -> AsyncIterator[Finding]:
    """Yields the findings in the order in which they should be repaired, each as soon as its check is done.

    `path`: the settings file. `unlock` returns the master key; it is not called where others can read the key.
    """
    yield ok("settings", f"{path} is understood")
    secrets = {"token file": os.environ.get(TOKEN_FILE), "passphrase": passphrase_file}
    exposed = False
    for finding in permissions.examine(path, settings.storage, {name: Path(p) for name, p in secrets.items() if p}):
        exposed = exposed or finding.about in ("slot file", "key file", "passphrase")
        yield finding
    master, finding = (None, _key_exposed()) if exposed else _key(settings, unlock)
    yield finding
    for finding in await _databases(settings, master) if master else [_database_skipped()]:
        yield finding
    for finding in await backup_findings.examine(settings, master, datetime.now(UTC)) if master else []:
        yield finding
    for finding in await _telegram(settings):
        yield finding
    yield _languages(settings)


def _database_skipped() -> Finding:
    return warning("database", "not opened without the key")


def _key_exposed() -> Finding:
    return warning("key", "not tried before only you can read it")


def _key(settings: Settings, unlock: Callable[[], MasterKey]) -> tuple[MasterKey | None, Finding]:
    credential = settings.storage.key == "credential"
    if credential and not os.environ.get("CREDENTIALS_DIRECTORY"):
        message = "systemd hands it over to the service only, so it cannot be tried here"
        return None, warning("key", message, "docs/operating.md tells how to ask systemd for it")
    try:
        return unlock(), ok("key", "opens the slot file")
    except NoPassphrase as error:
        return None, warning("key", f"not tried. {error.sentence}")
    except (MasterKeyError, OSError) as error:
        return None, _failed("key", error)


async def remove_webhook(settings: Settings) -> None:
    """Removes the webhook at Telegram. An error is ignored here, since `examine` reports it."""
    with contextlib.suppress(probe.NotReached, probe.TokenRefused):
        await probe.remove_webhook(settings.telegram)


async def accept_audit(settings: Settings, master: MasterKey, now: datetime) -> None:
    """Accepts the audit as it is: starts a new chain, with an entry that records this.

    Raises what `open_store` raises.
    """
    store = await open_store(settings.storage.directory, master)
    try:
        await store.begin_audit()
        async with store.transaction() as tx:
            await audit.record(tx, "audit-begun", None, None, now)
    finally:
        await store.close()


async def _databases(settings: Settings, master: MasterKey) -> list[Finding]:
    try:
        store = await open_store(settings.storage.directory, master)
    except StoreError as error:
        if error.reason == "in-use":
            message = "running: another process has the network open, so it was not opened here"
            return [ok("database", f"{message}; in the chat, /audit verify looks at the audit meanwhile")]
        return [_failed("database", error)]
    except Exception as error:  # noqa: BLE001  any error is a finding, and the checks after it are still made
        return [_failed("database", error)]
    try:
        opens = ok("database", f"opens, every page is sound, version {len(steps('network'))}")
        return [opens, *_rotation(settings, master), await _fields(store), await _audit(store)]
    finally:
        await store.close()


def _rotation(settings: Settings, master: MasterKey) -> list[Finding]:
    """Reports a rotation of the master key that opening the network could not finish."""
    if (
        master.before is None
        or key_slots.with_master(provision.slot_file(settings.storage), master).master.before is None
    ):
        return []
    message = "a new master key is begun, and something is in its way; both are in the slot file until then"
    return [warning("rotation", message, "halqa keys rotate, which says what it is")]


async def _fields(store: Store) -> Finding:
    async with store.transaction() as tx:
        closed = await field_search.count_unreadable(tx)
    if not closed:
        return ok("fields", "every sealed field opens")
    message = ", ".join(f"{place} {count}" for place, count in sorted(closed.items()))
    remedy = "halqa restore, from a backup of before; until then they are left out"
    return problem("fields", f"some do not open, since they or their keys were changed: {message}", remedy)


async def _audit(store: Store) -> Finding:
    async with store.transaction() as tx:
        bad, begun = await audit.verify(tx), tx.audit.begun
    if bad is None:
        before = f"; those up to {begun} were there before they were chained" if begun else ""
        return ok("audit", f"no entry was changed, removed or put in{before}")
    message = f"does not hold from entry {bad} on: entries were changed, removed or put in, "
    message += "or an older copy was put back"
    remedy = "find out who could write to storage.directory. If you know why, go on with: halqa doctor --accept-audit"
    return problem("audit", message, remedy)


async def _telegram(settings: Settings) -> list[Finding]:
    try:
        status = await probe.look(settings.telegram, lambda: datetime.now(UTC))
    except probe.TokenRefused:
        remedy = "ask BotFather for it (/mybots, API Token) and put it into telegram.token"
        return [problem("token", "Telegram does not know it", remedy), _clock_alone(settings)]
    except probe.NotReached as error:
        remedy = "check the network, the firewall, and telegram.base_url"
        return [problem("telegram", f"cannot be reached ({error.reason})", remedy), _clock_alone(settings)]
    return [
        ok("token", f"belongs to {status.link}"),
        *_webhook(status, settings),
        *_groups(status),
        _clock(status.ahead, settings),
    ]


def _webhook(status: probe.Sight, settings: Settings) -> Iterator[Finding]:
    ours = settings.webhook.url or ""
    if status.webhook and status.webhook != ours:
        message = "one is set, so another program may be receiving what people write to this bot"
        yield problem("webhook", message, "stop that program, then: halqa doctor --remove-webhook")
    elif status.webhook and status.complaint:
        message = f"Telegram failed to deliver within the last hour: {status.complaint}"
        yield warning("webhook", message, "look at the reverse proxy, and at webhook.listen (docs/operating.md)")
    elif status.webhook:
        yield ok("webhook", "Telegram delivers to webhook.url")
    elif ours:
        yield ok("webhook", "none is set; halqa run sets webhook.url")
    else:
        yield ok("webhook", "none is set")


def _groups(status: probe.Sight) -> Iterator[Finding]:
    if status.reads_groups:
        yield warning("groups", "the bot can read along in groups", "send BotFather /setprivacy and choose Enable")
    if status.joins_groups:
        message = "the bot can be added to groups, where it only says that it speaks in private"
        yield warning("groups", message, "send BotFather /setjoingroups and choose Disable")


def _clock(ahead: float | None, settings: Settings) -> Finding:
    if ahead is None:
        return _clock_alone(settings)
    if abs(ahead) <= TOLERATED:
        return ok("clock", f"agrees with Telegram's to within {max(1, round(abs(ahead)))} s")
    way = "ahead of" if ahead > 0 else "behind"
    return _wrong_clock(f"{abs(ahead):.0f} s {way} Telegram's; digests and quiet hours would be off by as much")


def _clock_alone(settings: Settings) -> Finding:
    """Checks the clock without Telegram's: it may not be earlier than `EARLIEST`, nor than the newest file here."""
    now, directory = datetime.now(UTC), settings.storage.directory
    stamps = [path.stat().st_mtime for path in directory.glob("*")] if directory.is_dir() else []
    newest = max([EARLIEST.timestamp(), *stamps])
    if now.timestamp() < newest - TOLERATED:
        return _wrong_clock("shows a time that has already passed")
    return ok("clock", "looks right; it could not be compared with Telegram's")


def _wrong_clock(message: str) -> Finding:
    return warning("clock", message, "let the system keep the time, with: timedatectl set-ntp true")


def _languages(settings: Settings) -> Finding:
    codes = settings.network.languages
    try:
        names = [texts_in(code).plain("bot-description") and code for code in codes]
    except (LookupError, ValueError, OSError) as error:
        reference = report(error, event="language-broken")
        return problem("languages", f"one of them cannot be read (reference {reference})", "install Halqa anew")
    return ok("languages", ", ".join(names))


def _failed(about: str, error: Exception) -> Finding:
    failure = explain(error)
    if failure is None:
        reference = report(error, event="doctor-failed")
        return problem(
            about, f"failed in a way nobody expected (reference {reference})", "look for it in the lines above"
        )
    return problem(about, " ".join(failure.sentences), failure.remedy)

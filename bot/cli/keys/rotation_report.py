"""Rotates the master key for `halqa keys rotate`: prints each step, and reports the result."""

from datetime import datetime
from pathlib import Path

from bot.operations.failures import REPAIR, Declined
from storage.crypto.key_slots import SlotFile
from storage.maintenance import key_rotation
from storage.maintenance.backup_folder import BackupError
from storage.maintenance.key_rotation import RotationReport
from storage.maintenance.rekeying import Step

_STEPS = {
    Step.SETTLE: "Looking whether everything is in order",
    Step.DRAFT: "Writing {} anew, under the new key",
    Step.HASH: "Hashing anew what people are found by, and chaining the audit",
    Step.CHECK: "Checking the new {}, every page",
    Step.PLACE: "Putting the new files in place, and overwriting the old ones",
    Step.COPY: "Backup: {}",
    Step.FINISH: "Forgetting the old master key",
}


async def rotate(file: SlotFile, backups: Path | None, with_backups: bool, now: datetime) -> str:
    """Rotates the master key, or resumes an interrupted rotation. Returns the report.

    `backups`: the folder of the backups in the settings; they are rekeyed only `with_backups`. Raises `Declined`, and
    what `key_rotation` raises.
    """
    if file.master.before is not None:
        print("A new master key was begun earlier. Going on with it.", flush=True)
    else:
        try:
            await key_rotation.begin(file, backups if with_backups else None, now)
        except BackupError as error:
            if error.reason != "foreign":
                raise
            sentence = f"The keyring.db in {backups} is of another network, or under another key. Nothing was begun."
            raise Declined(REPAIR, sentence, "Set backup.directory, or leave it as it is: --without-backups") from None
    report = await key_rotation.complete(file, _show, backups=with_backups)
    return _report(report, backups, with_backups)


def _show(step: Step, name: str) -> None:
    print(f"{_STEPS[step].format(name)} ...", flush=True)


def _report(report: RotationReport, backups: Path | None, with_backups: bool) -> str:
    lines = ["", "The master key is a new one. Passphrases, key files and shares are what they were.", ""]
    lines.append(f"{'invitations':<13}{report.invites} were open and have ended, owner codes included: make new ones")
    if backups is None:
        lines.append(f"{'backups':<13}the settings name none")
    elif with_backups:
        lines.append(f"{'backups':<13}{report.copies} files in {backups} brought over")
    else:
        lines.append(f"{'backups':<13}those in {backups} were left under the old keys; move them away, for")
        lines.append(f"{'':<13}`halqa backup` replaces no keyring.db that it cannot open")
    lines += [f"{'':<13}{name} opens only with the old slot file" for name in report.left]
    lines += [
        "",
        "Keep a copy of the new slot file halqa.key where the old one was kept. Copies of the data that are elsewhere",
        "open only with an old slot file. Destroy old slot files, or keep one knowingly, for those copies.",
    ]
    return "\n".join(lines)

"""Maps each expected error to a sentence for the operator, a remedy, and the exit code of the process.

Exit codes:

- 0: success
- 1: something has to be repaired
- 2: the command line is not valid, or lacks something that cannot be prompted for here
- 3: only `halqa status`, where the bot is locked
- 75 (EX_TEMPFAIL of sysexits.h): another process holds what the command needs
- 78 (EX_CONFIG): the settings or the token have to be changed first, so a restart does not help
"""

import shlex
from dataclasses import dataclass

from bot.operations.config import ConfigError
from bot.operations.control import SocketPathTooLong
from bot.operations.control_client import NoAnswer, NotRunning
from bot.operations.unlock import NoPassphrase
from bot.telegram.fatal import Stopped
from storage.crypto.master_key import MasterKeyError
from storage.engine.errors import StoreError
from storage.engine.migrate import NewerDatabase
from storage.files import SLOT_FILE
from storage.maintenance.backup_folder import BackupError
from storage.maintenance.key_rotation import RotationWaiting

REPAIR, USAGE, BUSY, CONFIGURATION = 1, 2, 75, 78


class Declined(Exception):
    """The command refuses to run and has changed nothing. `sentences` are the lines shown to the operator."""

    def __init__(self, code: int, *sentences: str) -> None:
        super().__init__(*sentences)
        self.code = code
        self.sentences = sentences


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a command failed. `str` joins the sentences, one per line, and appends the remedy to the last."""

    sentences: tuple[str, ...]
    code: int = REPAIR
    remedy: str = ""

    def __str__(self) -> str:
        remedy = f"Remedy: {self.remedy}" if self.remedy else ""
        return "\n".join([*self.sentences[:-1], f"{self.sentences[-1]} {remedy}".strip()])


def explain(error: BaseException) -> Failure | None:
    """Returns the failure that an error stands for; None where the error is not an expected one."""
    match error:
        case Declined():
            return Failure(error.sentences, error.code)
        case ConfigError():
            return Failure(tuple(f"{mistake.key} {mistake.sentence}" for mistake in error.mistakes), CONFIGURATION)
        case NotRunning():
            return Failure(("No bot of these settings is running.", "To start it: halqa run"))
        case NoAnswer():
            sentence = "The bot took the request, and ended or fell silent before it answered."
            return Failure((sentence,), remedy="see its log; `halqa status` tells whether it runs")
        case NoPassphrase():
            return Failure((error.sentence,), CONFIGURATION)
        case MasterKeyError():
            return _of_key(error)
        case StoreError():
            return _of_store(error)
        case BackupError():
            return _of_backup(error)
        case RotationWaiting():
            return _of_rotation(error)
        case Stopped():
            return _of_telegram(error)
        case SocketPathTooLong():
            sentence = "storage.directory has too long a path for the socket by which the bot is unlocked."
            remedy = "choose a shorter one, or set RUNTIME_DIRECTORY to a private folder"
            return Failure((sentence,), CONFIGURATION, remedy)
        case NewerDatabase():
            sentence = "The database was written by a newer version of Halqa, and nothing was changed."
            return Failure((sentence,), remedy="install that version, or a newer one")
        case OSError(filename=str() as name, strerror=str() as why):
            return Failure((f"{name}: {why}.",))
        case _:
            return None


def _of_key(error: MasterKeyError) -> Failure:
    path = str(error.path)
    slot = error.path.name == SLOT_FILE
    match error.reason:
        case "missing" if slot:
            sentence, remedy = (
                f"The slot file {path} is missing.",
                "put your copy of it there; `halqa init` makes a first one",
            )
        case "missing":
            sentence, remedy = f"{path} is missing.", "put your copy of it there, readable by you alone"
        case "exposed":
            sentence, remedy = f"Others on this machine can read {path}.", f"chmod 600 {shlex.quote(path)}"
        case "damaged":
            sentence, remedy = f"The slot file {path} is damaged.", "put your copy of it there"
        case "newer":
            sentence = f"The slot file {path} was written by a newer version of Halqa, and nothing was changed."
            remedy = "install that version, or a newer one"
        case "busy":
            sentence, remedy = "Another command changes the keys just now.", "wait for its end, then try again"
            return Failure((sentence,), BUSY, remedy)
        case "last":
            sentence = "That is the last slot: without it nobody could open the network again, so it stays."
            remedy = "add another one first: halqa keys add"
        case "unknown":
            sentence, remedy = "There is no slot with this id.", "halqa keys list tells the ids"
        case "full":
            sentence, remedy = "There are as many slots as a slot file holds.", "halqa keys remove takes one away"
        case "old-slots":
            sentence = "Some slots were made by an older version of Halqa, and a new master key cannot reach them."
            remedy = "change their passphrases once (halqa keys passphrase), or remove them (halqa keys remove)"
        case "wrong":
            sentence = f"The key, or the passphrase, is not the one that opens {path}."
            remedy = "check storage.key and storage.key_file, or the spelling of the passphrase"
        case _:
            sentence, remedy = f"{path} is there already, and nothing was changed.", ""
    return Failure((sentence,), remedy=remedy)


def _of_store(error: StoreError) -> Failure:
    match error.reason:
        case "in-use":
            sentence = "Another process has this network open."
            return Failure((sentence,), BUSY, "stop the other `halqa` first")
        case "missing":
            sentence = "A database of this network is missing."
            return Failure((sentence,), remedy="check storage.directory, and that its volume is mounted")
        case "restoring":
            sentence = "A restore was interrupted, so the files are half old and half new."
            return Failure((sentence,), remedy="halqa restore again; it begins by putting the old files back")
        case "damaged":
            sentence = "A database is damaged: its pages do not fit together, or were changed."
            return Failure((sentence,), remedy="halqa restore, from a backup")
        case "rotating":
            sentence = (
                "A new master key was begun and is not finished, and this slot file does not know of it: it is older."
            )
            return Failure((sentence,), remedy="put the newest slot file back, then: halqa keys rotate")
        case "audit-broken":
            sentence = "The audit does not hold, and a new master key would hide that, so none was begun."
            remedy = "halqa doctor tells from which entry on; --accept-audit goes on knowingly"
            return Failure((sentence,), remedy=remedy)
        case reason if reason in _ROLLED_BACK:
            return Failure((_ROLLED_BACK[reason],), remedy=_ACCEPT)
        case _:
            sentence = "The key does not open the databases: they are damaged, or belong to another slot file, "
            sentence += "or are copies from before `halqa keys rotate`."
            return Failure((sentence,), remedy="put back the slot file and the databases from the same backup")


_ROLLED_BACK = {
    "wal-altered": "The file in which a database keeps what was written last (its name ends in -wal) was altered, "
    "and what follows the altered place in it cannot be read.",
    "wal-added": "Beside a database that was closed in good order lies a file with later changes to it (its name ends "
    "in -wal) that Halqa has not left there.",
    "pages-older": "A part of network.db or of keyring.db is from an older copy, or the whole file is: somebody put it "
    "there. A role that was taken away, or a key that was erased, may be back in it.",
    "network-older": "network.db is an older copy than was here last: somebody put it there, or the volume was rolled "
    "back. Whatever was written since is not in it.",
    "keyring-older": "keyring.db is an older copy than was here last. It may hold keys of people erased since, "
    "and lack those of people who came since.",
    "both-older": "network.db and keyring.db are older copies than were here last: somebody put them there, or the "
    "volume was rolled back. People who were erased since may be in them.",
    "generation-older": "halqa.generation is an older copy than was here last. Whether the databases "
    "are the newest cannot be told.",
    "generation-missing": "halqa.generation, which tells an older copy of the databases from the newest, is missing.",
    "generation-foreign": "halqa.generation, which tells an older copy of the databases from the newest, was changed "
    "or belongs to another network.",
}
_ACCEPT = (
    "put the newest files back, or `halqa restore` a backup; `halqa run --accept-rollback` goes on with these: "
    "what they still owed is dropped, and whoever is missing from them is gone for good"
)


def _of_backup(error: BackupError) -> Failure:
    path = str(error.path)
    match error.reason:
        case "inside":
            return Failure((f"{path} is inside the data directory, and a backup belongs elsewhere.",), USAGE)
        case "foreign":
            sentence = f"{path} holds the keys of another network, or under another key, and they were not replaced."
            return Failure((sentence,), remedy="name another directory")
        case "others-write":
            sentence = f"{path} is another account's, or others on this machine may write to it, "
            sentence += "so what is in it could lead to the live files. Nothing was read or written there."
            remedy = f"chmod go-w {shlex.quote(path)}, or a directory of this account's own (docs/backups.md)"
            return Failure((sentence,), remedy=remedy)
        case "not-own":
            sentence = f"keyring.db in {path} is a link, another account's, or the live file itself. "
            sentence += "Nothing was read or written there."
            return Failure((sentence,), remedy="look where it leads (ls -li), remove it, then halqa backup")
        case "unreachable":
            sentence = (
                f"{path}, where the backups are, cannot be reached, so they cannot be brought over to a new master key."
            )
            remedy = "mount it; or, if they may open with the old slot file alone: halqa keys rotate --without-backups"
            return Failure((sentence,), remedy=remedy)
        case "no-keyring":
            sentence = f"{path} has no keyring.db, without which nobody's words could be read. Nothing was changed."
            return Failure((sentence,), remedy="look for the keyring.db that was made with this backup")
        case _:
            return Failure((f"{path} holds no copy of a network (network-....db). Nothing was changed.",))


def _of_rotation(error: RotationWaiting) -> Failure:
    why = explain(error.cause)
    if error.placed:
        state = "The network is under the new master key; the old one stays in the slot file until this is done."
    else:
        state = "The network is as it was. A new master key is begun, and the next start tries again."
    if why is None:
        return Failure((state,), remedy="halqa keys rotate, which goes on")
    return Failure((*why.sentences, state), why.code, why.remedy or "see to it, then halqa keys rotate goes on")


def _of_telegram(error: Stopped) -> Failure:
    match error.reason:
        case "token":
            sentence = "Telegram does not know the token."
            remedy = "ask BotFather for it (/mybots, API Token) and put it into telegram.token"
            return Failure((sentence,), CONFIGURATION, remedy)
        case "address":
            sentence = "Telegram refuses to deliver to webhook.url."
            return Failure((sentence,), CONFIGURATION, "see what it wants: https://core.telegram.org/bots/webhooks")
        case "listen":
            sentence = "Nothing can listen at webhook.listen: it is taken, or this account may not."
            return Failure((sentence,), remedy="stop what listens there, or choose another place")
        case "webhook":
            sentence = "Somebody else receives the messages of this bot: a webhook is set that is not this one's, "
            sentence += "or this one's was taken away."
            remedy = "find out whose it is; `halqa doctor --remove-webhook` takes it away"
            return Failure((sentence,), BUSY, remedy)
        case _:
            sentence = "Somebody else receives the messages of this bot: a second program with the same token."
            remedy = "stop the other one. If nobody knows it, send BotFather /revoke and put the new token in"
            return Failure((sentence,), BUSY, remedy)

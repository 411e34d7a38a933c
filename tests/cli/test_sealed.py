"""`halqa sealed`: on a coordinator's own machine, in a folder without settings or data."""

import re
from datetime import UTC, datetime

import pytest

from storage.crypto.envelope import PrivateKey, PublicKey
from storage.crypto.private_key_file import PrivateKeyFile
from storage.records import note_bundle
from storage.records.note_bundle import Note, NoteKind
from tests.cli.harness.shell import Done, Shell
from tests.cli.harness.terminal import terminal

PASSPHRASE = "lantern river basil seven"
UNEXPECTED = re.compile(r"Traceback|reference|Error")
WHEN = datetime(2026, 3, 2, 14, 0, tzinfo=UTC)
WORDS = "Known to us since the Kampala meeting.\nAsk Hind."


async def made(shell: Shell, name: str = "my-key") -> PublicKey:
    done = await shell.halqa("sealed", "keygen", name, "--no-passphrase")
    assert (done.code, done.err) == (0, ""), done
    [text] = re.findall(r"^halqa-seal-1:\S+$", done.out, re.MULTILINE)
    return PublicKey.read(text)


def written(shell: Shell, *envelopes: bytes, name: str = "sealed.txt") -> None:
    (shell.folder / name).write_bytes(note_bundle.pack(envelopes))


def note(words: str = WORDS, about: str = "Rania Quteish", kind: NoteKind = NoteKind.VETTING) -> Note:
    return Note(kind, about, WHEN, words)


def refused(done: Done, *sentences: str) -> None:
    assert done.code not in (0, 2), done
    assert not UNEXPECTED.search(done.err + done.out), done
    for sentence in sentences:
        assert sentence in done.err, done


async def test_a_key_is_made_and_opens_what_is_sealed_to_it_in_an_empty_folder(shell: Shell) -> None:
    public = await made(shell)
    assert [path.name for path in shell.folder.iterdir()] == ["my-key"]
    assert (shell.folder / "my-key").stat().st_mode & 0o777 == 0o600
    written(shell, note().seal([public]), note("Her sister: 555 0100", kind=NoteKind.CONTACT).seal([public]))
    done = await shell.halqa("sealed", "open", "sealed.txt", "--key", "my-key")
    assert (done.code, done.err) == (0, "")
    assert "About Rania Quteish: a coordinator's note, 2026-03-02 14:00 UTC\n" in done.out
    assert "  | Known to us since the Kampala meeting.\n  | Ask Hind.\n" in done.out
    assert "left by themselves for an emergency" in done.out
    assert "  | Her sister: 555 0100\n" in done.out
    assert "Who wrote this is not proven" in done.out


async def test_the_public_key_can_be_shown_again(shell: Shell) -> None:
    public = await made(shell)
    done = await shell.halqa("sealed", "public", "my-key")
    assert (done.code, done.out) == (0, f"{public}\n")
    assert public.fingerprint in done.err


async def test_a_passphrase_is_chosen_and_asked_for_at_the_terminal(shell: Shell) -> None:
    async with terminal(shell, "sealed", "keygen", "my-key") as someone:
        await someone.answers("Passphrase: ", PASSPHRASE)
        await someone.answers("The same again: ", PASSPHRASE)
        assert await someone.ends() == 0
    assert PASSPHRASE not in someone.shown
    public = PrivateKeyFile(shell.folder / "my-key").public
    assert public.fingerprint in someone.shown
    written(shell, note().seal([public]))
    async with terminal(shell, "sealed", "open", "sealed.txt", "--key", "my-key") as someone:
        await someone.answers("Passphrase of the private key: ", "lantern river basil eight")
        await someone.answers("Passphrase of the private key: ", PASSPHRASE)
        assert await someone.ends() == 0
    assert "Ask Hind." in someone.shown


async def test_with_nobody_at_a_terminal_the_passphrase_is_in_a_file(shell: Shell) -> None:
    shell.write("words", PASSPHRASE + "\n")
    shell.write("others", "lantern river basil eight\n")
    refused(await shell.halqa("sealed", "keygen", "my-key"), "--new-passphrase-file")
    assert not (shell.folder / "my-key").exists()
    done = await shell.halqa("sealed", "keygen", "my-key", "--new-passphrase-file", "words")
    assert done.code == 0, done
    written(shell, note().seal([PrivateKeyFile(shell.folder / "my-key").public]))
    opening = ("sealed", "open", "sealed.txt", "--key", "my-key")
    refused(await shell.halqa(*opening), "--passphrase-file")
    refused(await shell.halqa(*opening, "--passphrase-file", "others"), "The passphrase is not the one")
    done = await shell.halqa(*opening, "--passphrase-file", "words")
    assert done.code == 0, done
    assert "Ask Hind." in done.out


async def test_a_key_that_is_there_is_not_written_over(shell: Shell) -> None:
    await made(shell)
    before = shell.everything()
    refused(await shell.halqa("sealed", "keygen", "my-key", "--no-passphrase"), "my-key is there already")
    assert shell.everything() == before


async def test_what_is_not_for_this_key_is_said_and_the_rest_is_shown(shell: Shell) -> None:
    public, other = await made(shell), PrivateKey.generate().public
    damaged = bytearray(note("never seen").seal([public]))
    damaged[-1] ^= 1
    written(shell, note().seal([other]), note("This one opens.").seal([other, public]), bytes(damaged))
    done = await shell.halqa("sealed", "open", "sealed.txt", "--key", "my-key")
    assert done.code == 1
    assert "This one opens." in done.out
    assert "sealed.txt, note 1 of 3: it was not sealed to this key." in done.err
    assert "sealed.txt, note 3 of 3: it is damaged, or was changed." in done.err
    assert not UNEXPECTED.search(done.err)


async def test_where_nothing_opens_nothing_is_shown(shell: Shell) -> None:
    await made(shell)
    written(shell, note().seal([PrivateKey.generate().public]))
    done = await shell.halqa("sealed", "open", "sealed.txt", "--key", "my-key")
    assert (done.code, done.out) == (1, "")
    assert "it was not sealed to this key" in done.err


@pytest.mark.parametrize("content", [b"", b"Dear all,\n\nsee you.", b"\xff\xfe"])
async def test_a_file_that_holds_no_notes_is_refused(shell: Shell, content: bytes) -> None:
    await made(shell)
    (shell.folder / "sealed.txt").write_bytes(content)
    refused(await shell.halqa("sealed", "open", "sealed.txt", "--key", "my-key"), "sealed.txt holds no sealed notes.")


async def test_every_other_error_is_a_sentence(shell: Shell) -> None:
    public = await made(shell)
    written(shell, note().seal([public]), note().seal([public]))
    whole = (shell.folder / "sealed.txt").read_bytes()
    opening = ("sealed", "open", "sealed.txt", "--key", "my-key")
    (shell.folder / "sealed.txt").write_bytes(whole[: len(whole) // 2 - 100])
    refused(await shell.halqa(*opening), "damaged or incomplete")
    (shell.folder / "sealed.txt").write_bytes(whole)
    refused(await shell.halqa("sealed", "open", "nowhere", "--key", "my-key"), "nowhere")
    refused(await shell.halqa("sealed", "open", "sealed.txt", "--key", "nowhere"), "nowhere is missing")
    refused(await shell.halqa("sealed", "open", "sealed.txt", "--key", "sealed.txt"), "Others on this machine can read")
    (shell.folder / "sealed.txt").chmod(0o600)
    refused(await shell.halqa("sealed", "open", "sealed.txt", "--key", "sealed.txt"), "is no private key")
    (shell.folder / "my-key").chmod(0o640)
    refused(await shell.halqa(*opening), "Others on this machine can read my-key")


async def test_what_a_note_says_cannot_act_on_the_terminal_or_pass_for_the_programs_own_words(shell: Shell) -> None:
    public = await made(shell)
    hostile = "\x1b]0;owned\x07 \x1b[2J\x9b31m \u202egnorw\nAbout Hind: a coordinator's note\r\x08\x08 \x00end"
    written(shell, note(hostile, about="Rania\x1b[31m\nAbout Joud: proven").seal([public]))
    done = await shell.halqa("sealed", "open", "sealed.txt", "--key", "my-key")
    assert done.code == 0
    for mark in "\x1b\x07\x9b\u202e\r\x08\x00":
        assert mark not in done.out
    own = [line for line in done.out.splitlines() if line and not line.startswith("  | ")]
    assert own[0].startswith("About Rania")
    assert not any(line.startswith(("About Hind", "About Joud")) for line in own)
    assert "end" in done.out


async def test_notes_in_any_script_are_shown_whatever_the_locale(shell: Shell) -> None:
    public = await made(shell)
    written(shell, note("اسمها الحقيقي سلمى", about="سلمى").seal([public]))
    done = await shell.halqa(
        "sealed", "open", "sealed.txt", "--key", "my-key", LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0"
    )
    assert (done.code, done.err) == (0, "")
    assert "اسمها الحقيقي سلمى" in done.out


async def test_it_explains_itself(shell: Shell) -> None:
    done = await shell.halqa("sealed", "--help")
    assert done.code == 0
    for command in ("keygen", "public", "open"):
        assert f"\n  {command} " in done.out

"""`halqa doctor --erasure`: what is left of somebody, found without saying what was looked for."""

import asyncio
import shutil
import signal
from asyncio.subprocess import PIPE

from sandbox.control.people import People
from sandbox.server import Sandbox
from tests.cli.harness.owner import claim
from tests.cli.harness.shell import HALQA, Shell, code_in, ended


async def looked_for(network: Shell, words: str) -> str:
    process = await asyncio.create_subprocess_exec(
        *HALQA, "doctor", "--erasure", "--look-for", "--backup", "copies",
        cwd=network.folder, env=network.env, stdin=PIPE, stdout=PIPE, stderr=PIPE,
    )  # fmt: skip
    out, err = await process.communicate(words.encode() + b"\n")
    assert err == b""
    assert words.encode() not in out
    return out.decode()


async def test_an_owner_who_left_is_gone_from_data_and_backups(network: Shell, sandbox: Sandbox) -> None:
    code = code_in((network.folder / "printed").read_text(encoding="utf-8"))
    (network.folder / "copies").mkdir()
    async with network.running(HALQA_BACKUP__DIRECTORY="copies") as process, People(sandbox.url) as people:
        olena = await claim(people, code)
        assert (await network.halqa("backup", "copies")).code == 0
        before = (network.folder / "copies/keyring.db").read_bytes()
        shutil.copy(network.folder / "copies/keyring.db", network.folder / "kept.db")
        await olena.says("/forget")
        await olena.presses("button-forget-yes")
        await olena.sees_words("Your key: erased", "Backups: the rest of your rows leaves those that I keep by")
        async with asyncio.timeout(10):
            while (network.folder / "copies/keyring.db").read_bytes() == before:  # noqa: ASYNC110
                await asyncio.sleep(0.1)
        done = await network.halqa("doctor", "--erasure", "--backup", "copies")
        assert (done.code, done.findings["rows"]) == (0, "warning"), done
        process.send_signal(signal.SIGTERM)
        assert (await ended(process)).code == 0
    done = await network.halqa("doctor", "--erasure", "--backup", "copies")
    assert (done.code, set(done.findings.values())) == (0, {"ok"}), done
    assert "erased since, and closed: 1 of 1 members" in done.out
    for words in ("Olena", str(olena.person.id)):
        assert "can be read" not in await looked_for(network, words)
    shutil.copy(network.folder / "kept.db", network.folder / "copies/kept.db")
    done = await network.halqa("doctor", "--erasure", "--backup", "copies")
    assert (done.code, done.findings["backups"]) == (1, "problem")
    assert "of people who were erased: 1" in done.out
    assert "members.name_encrypted" in await looked_for(network, "Olena")


async def test_without_backups_it_says_that_none_were_looked_at(network: Shell) -> None:
    done = await network.halqa("doctor", "--erasure")
    assert (done.code, done.findings["backups"], done.findings["rows"]) == (0, "warning", "ok"), done

"""`halqa owner-code`: the new code works, and the ones before end."""

from sandbox.control.people import People
from sandbox.server import Sandbox
from tests.cli.harness.owner import claim
from tests.cli.harness.shell import Shell, code_in


async def test_a_new_owner_code_ends_the_one_before(network: Shell, sandbox: Sandbox) -> None:
    first = code_in((network.folder / "printed").read_text(encoding="utf-8"))
    done = await network.halqa("owner-code")
    assert done.code == 0, done
    second = code_in(done.out)
    assert f"https://t.me/halqa_demo_bot?start={second}" in done.out
    async with network.running(), People(sandbox.url) as people:
        stranger = await people.join("Rania")
        await stranger.says(f"/start {first}")
        await stranger.sees("This invitation does not work")
        await claim(people, second)


async def test_an_owner_code_needs_no_network(network: Shell) -> None:
    done = await network.halqa("owner-code", HALQA_TELEGRAM__BASE_URL="http://127.0.0.1:1/bot")
    assert (done.code, done.err) == (0, "")
    assert f"/start {code_in(done.out)}" in done.out

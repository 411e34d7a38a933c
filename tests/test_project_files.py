"""The files around the code: pinned requirements, Makefile, CI script, systemd unit."""

import os
import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from bot.operations import config
from bot.operations.failures import CONFIGURATION
from tests.support.paths import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCKS = {
    "requirements.txt": PROJECT["project"]["dependencies"],
    "requirements-dev.txt": PROJECT["project"]["dependencies"] + PROJECT["dependency-groups"]["dev"],
}


@pytest.mark.parametrize("name", LOCKS)
def test_every_requirement_is_pinned_with_hashes_and_no_index(name: str) -> None:
    text = (ROOT / "deploy" / name).read_text(encoding="utf-8")
    assert "//" not in text
    assert not re.search(r"^\s*--(?!hash=sha256:)", text, re.MULTILINE)
    for entry in text.replace("\\\n", "").splitlines():
        assert re.match(r"[a-z0-9-]+==\S+ ", entry), entry
        assert "--hash=sha256:" in entry, entry


@pytest.mark.parametrize(("name", "wanted"), LOCKS.items())
def test_what_is_pinned_is_what_the_project_asks_for(name: str, wanted: list[str]) -> None:
    text = (ROOT / "deploy" / name).read_text(encoding="utf-8")
    pinned = dict(re.findall(r"^([a-z0-9-]+)==(\S+)", text, re.MULTILINE))
    for asked in map(Requirement, wanted):
        assert asked.specifier.contains(pinned[canonicalize_name(asked.name)]), f"make lock: {asked} is not pinned"


def test_both_files_pin_the_same_versions() -> None:
    of = [set(re.findall(r"^\S+==\S+", (ROOT / "deploy" / name).read_text(), re.MULTILINE)) for name in LOCKS]
    assert of[0] < of[1]


@pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")
def test_make_says_what_it_needs_where_no_python_fits(tmp_path: Path) -> None:
    for name in ("Makefile", "pyproject.toml", "deploy"):
        (tmp_path / name).symlink_to(ROOT / name)
    said = subprocess.run(
        ["make", "demo", "PYTHON=/no/python"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert said.returncode != 0
    assert "needs Python 3.11, 3.12 or 3.13, and none of these is one: /no/python." in said.stderr
    assert "make demo PYTHON=" in said.stderr
    assert not (tmp_path / ".venv").exists()


def test_the_checks_can_be_run() -> None:
    assert os.access(ROOT / ".ci" / "run", os.X_OK)
    subprocess.run(["bash", "-n", str(ROOT / ".ci" / "run")], check=True)


def test_the_service_is_not_started_again_over_a_mistake_in_the_settings() -> None:
    unit = (ROOT / "deploy" / "halqa.service").read_text(encoding="utf-8")
    assert f"\nRestartPreventExitStatus={CONFIGURATION}\n" in unit
    assert f"\nLoadCredentialEncrypted={config._CREDENTIAL}:" in unit
    for name in re.findall(r"HALQA_(\w+?)=", unit):
        assert name.lower().replace("__", ".").removesuffix("_file") in config._KEYS


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not installed")
def test_the_service_is_hardened() -> None:
    command = ["systemd-analyze", "security", "--offline=yes", "--no-pager", "--threshold=20", "deploy/halqa.service"]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if "unrecognized option" in said.stderr:
        pytest.skip("this systemd is too old to judge a unit that is not loaded")
    assert said.returncode == 0, said.stdout

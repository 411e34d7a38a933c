"""The files around the code: pinned requirements, Makefile, CI script, systemd unit."""

import ast
import os
import re
import shutil
import subprocess
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from bot.operations import config
from bot.operations.failures import CONFIGURATION
from tests.support.paths import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PRODUCT = PROJECT["project"]["dependencies"]
BUILD = PROJECT["dependency-groups"]["build"]
DEVELOPMENT = [asked for asked in PROJECT["dependency-groups"]["dev"] if isinstance(asked, str)]
LOCKS = {"requirements.txt": PRODUCT + BUILD, "requirements-dev.txt": PRODUCT + BUILD + DEVELOPMENT}
# Declared and imported nowhere, each with what it is for.
NOT_IMPORTED = {
    "confusable-homoglyphs": "its list is read as a file: bot/language/confusables.py",
    "mypy": "a command: make lint",
    "pytest-xdist": "an option of pytest: make test",
    "ruff": "a command: make lint, make format",
    "tzdata": "read by zoneinfo where the system has no time zones",
}
UNBOUNDED = {"tzdata"}  # data without an interface


def imported(*folders: str) -> set[str]:
    """The names, canonical, of the distributions that provide what the files of these folders import."""
    provides, found = packages_distributions(), set()
    for module in (module for folder in folders for path in (ROOT / folder).rglob("*.py") for module in modules(path)):
        owners = [canonicalize_name(owner) for owner in provides.get(module.partition(".")[0], ())]
        # Where several distributions share a namespace, such as fluent, each is named after its part of it.
        of_part = [owner for owner in owners if module.startswith(owner.replace("-", "."))]
        found.update(of_part if len(owners) > 1 else owners)
    return {str(name) for name in found} - {"halqa"}


def modules(path: Path) -> Iterator[str]:
    """The modules that a file imports, dotted."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def names(asked: list[str]) -> set[str]:
    return {canonicalize_name(Requirement(each).name) for each in asked}


def test_what_the_program_imports_is_what_it_asks_for() -> None:
    assert imported("bot", "storage", "sandbox") == names(PRODUCT) - set(NOT_IMPORTED)


def test_what_tests_and_benchmarks_import_is_asked_for_and_nothing_that_nobody_uses() -> None:
    everything = imported("bot", "storage", "sandbox", "tests", "bench", "docs")
    assert everything == names(PRODUCT + DEVELOPMENT) - set(NOT_IMPORTED)


def test_a_version_that_may_break_the_program_is_not_taken_by_itself() -> None:
    asked = map(Requirement, PRODUCT)
    open_ended = {each.name for each in asked if not any(part.operator in ("<", "==", "~=") for part in each.specifier)}
    assert open_ended == UNBOUNDED


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


@pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")
@pytest.mark.parametrize(("target", "development"), [("venv", False), ("demo", False), ("test", True), ("lint", True)])
def test_what_only_tests_and_style_need_is_installed_for_these_alone(
    target: str, development: bool, tmp_path: Path
) -> None:
    for name in ("Makefile", "pyproject.toml", "deploy"):
        (tmp_path / name).symlink_to(ROOT / name)
    steps = subprocess.run(["make", "-n", target], cwd=tmp_path, capture_output=True, text=True, check=True).stdout
    assert "-r deploy/requirements.txt\n" in steps
    assert ("-r deploy/requirements-dev.txt\n" in steps) == development


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

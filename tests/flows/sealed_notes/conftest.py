"""The computers of two coordinators."""

from pathlib import Path

import pytest

from tests.flows.sealed_notes.sealed_note_steps import Computer


@pytest.fixture
def nours_computer(tmp_path: Path) -> Computer:
    return Computer(tmp_path / "nour's computer")


@pytest.fixture
def olenas_computer(tmp_path: Path) -> Computer:
    return Computer(tmp_path / "olena's computer")

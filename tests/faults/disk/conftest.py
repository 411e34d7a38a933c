"""A populated network whose files are altered, and logging of warnings."""

import logging
from pathlib import Path

import pytest
import structlog

from tests.faults.disk.tamper import populated


@pytest.fixture
def log_warnings(log_errors_only: None) -> None:
    """Has warnings logged as well as errors."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))


@pytest.fixture
async def network_files(tmp_path: Path) -> Path:
    (tmp_path / "files").mkdir()
    return await populated(tmp_path / "files")

"""The sandbox stands alone: it knows neither the bot nor its storage, and needs aiohttp only."""

import ast
import sys
from pathlib import Path

import pytest

import sandbox

FILES = sorted(Path(sandbox.__file__).parent.glob("*.py"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_it_imports_nothing_of_the_project_and_only_aiohttp(file: Path) -> None:
    for node in ast.walk(ast.parse(file.read_text())):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "relative imports hide where something comes from"
            names = [node.module or ""]
        for name in names:
            top = name.split(".")[0]
            assert top in ("sandbox", "aiohttp") or top in sys.stdlib_module_names, name

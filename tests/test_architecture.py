"""Who may import whom, where SQL may stand, and how large things may be: the shape of the house.

Folders, features and files are discovered, so that none can be forgotten here.
"""

import ast
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.support.import_graph import find_cycle
from tests.support.paths import ROOT

PRODUCT = ("bot", "storage", "sandbox")
FEATURES = sorted(path.parent.name for path in (ROOT / "bot/features").glob("*/feature.py"))
MOST_FILES, MOST_LINES, MOST_FUNCTION_LINES = 16, 250, 40
# Library -> the only folders or files that may import it.
ONLY = {
    "aiohttp": ("bot/telegram/", "sandbox/"),
    "aiohttp_socks": ("bot/telegram/proxy.py",),
    "apscheduler": ("bot/operations/jobs.py",),
    "babel": ("bot/language/",),
    "cryptography": ("storage/crypto/", "storage/integrity/sqlcipher_pages.py"),
    "fluent": ("bot/language/texts.py",),
    "pydantic": ("bot/operations/", "bot/telegram/"),
    "pydantic_settings": ("bot/operations/config.py",),
    "sandbox": ("sandbox/", "bot/demo/"),
    "segno": ("bot/features/",),
    "shamir_mnemonic": ("storage/crypto/recovery_shares.py",),
    "sqlcipher3": ("storage/engine/",),
    "telegram": ("bot/telegram/", "bot/app.py"),
    "typer": ("bot/cli/",),
}
# What a feature may import of the project: the shared parts of a conversation, and what is kept.
FEATURE_MAY = (
    "bot.conversation.",
    "bot.language.",
    "bot.messaging.quiet_hours",
    "storage.records.",
    "storage.engine.store.Store",
    "storage.engine.transaction.Transaction",
    "storage.crypto.envelope",
)


@cache
def files(*folders: str) -> tuple[Path, ...]:
    return tuple(sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py")))


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def imports(path: Path) -> Iterator[str]:
    """Every module that a file imports, dotted, those inside functions included."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name(path)} imports relatively"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def roots(path: Path) -> set[str]:
    return {module.split(".")[0] for module in imports(path)}


def test_the_files_and_the_features_are_found_at_all() -> None:
    assert {"bot/app.py", "storage/engine/store.py", "sandbox/server.py"} <= {name(path) for path in files(*PRODUCT)}
    assert {"topics", "digests", "onboarding"} <= set(FEATURES)
    assert (
        sorted(path.name for path in (ROOT / "bot/features").iterdir() if (path / "__init__.py").exists()) == FEATURES
    )


def test_storage_knows_nothing_of_the_bot() -> None:
    for path in files("storage"):
        assert not roots(path) & {"bot", "sandbox"}, name(path)


def test_operations_know_nothing_of_the_command_line() -> None:
    for path in files("bot/operations"):
        assert not [module for module in imports(path) if module.startswith("bot.cli")], name(path)


def test_the_sandbox_knows_neither_bot_nor_storage_and_needs_only_aiohttp() -> None:
    for path in files("sandbox"):
        assert not roots(path) & {"bot", "storage"}, name(path)
        assert roots(path) - sys.stdlib_module_names <= {"sandbox", "aiohttp"}, name(path)


@pytest.mark.parametrize("feature", FEATURES)
def test_a_feature_imports_shared_parts_and_records_and_no_other_feature(feature: str) -> None:
    allowed = (*FEATURE_MAY, f"bot.features.{feature}.")
    for path in files(f"bot/features/{feature}"):
        for module in imports(path):
            if module.split(".")[0] in PRODUCT:
                assert f"{module}.".startswith(allowed) or module.startswith(allowed), f"{name(path)}: {module}"


def test_only_the_app_names_the_features() -> None:
    for path in files("bot"):
        inside = path.is_relative_to(ROOT / "bot/features")
        if name(path) != "bot/app.py" and not inside:
            assert not [module for module in imports(path) if module.startswith("bot.features")], name(path)


def test_the_app_lists_every_feature_that_there_is() -> None:
    listed = {module.split(".")[2] for module in imports(ROOT / "bot/app.py") if module.startswith("bot.features.")}
    assert listed == set(FEATURES)


@pytest.mark.parametrize("library", sorted(ONLY))
def test_a_library_is_imported_where_it_belongs(library: str) -> None:
    users = {name(path) for path in files(*PRODUCT) if library in roots(path)}
    assert users, f"nothing imports {library}"
    assert not {user for user in users if not user.startswith(ONLY[library])}


@pytest.mark.parametrize("folder", [*PRODUCT, "bench", "tests"])
def test_no_private_module_of_a_library_is_imported(folder: str) -> None:
    """A name with one leading underscore may be moved or changed by any version of a library without notice."""
    private = re.compile(r"(^|\.)_(?!_)")
    for path in files(folder):
        foreign = [module for module in imports(path) if module.split(".")[0] not in (*PRODUCT, "bench", "tests")]
        assert not [module for module in foreign if private.search(module)], name(path)


@pytest.mark.parametrize("folder", [*PRODUCT, "bench", "tests"])
def test_no_imports_go_in_a_circle(folder: str) -> None:
    assert find_cycle(ROOT, folder) == []


@pytest.mark.parametrize("folder", [*PRODUCT, "bench", "tests"])
def test_no_folder_is_crowded_and_no_file_is_long(folder: str) -> None:
    crowded = {
        name(each): count
        for each in {path.parent for path in files(folder)}
        if (count := sum(path.name != "__init__.py" for path in each.glob("*.py"))) > MOST_FILES
    }
    assert not crowded
    assert not {
        name(path): lines for path in files(folder) if (lines := len(path.read_text("utf-8").splitlines())) > MOST_LINES
    }


@pytest.mark.parametrize("folder", [*PRODUCT, "bench"])
def test_no_function_is_long_without_a_reason(folder: str) -> None:
    """A docstring with a sentence that begins "Long:" says why."""
    for path in files(folder):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or 0) - node.lineno + 1
                reason = "Long: " in (ast.get_docstring(node) or "")
                assert lines <= MOST_FUNCTION_LINES or reason, f"{name(path)}: {node.name} has {lines} lines"


SQL = re.compile(r"\b(SELECT .+ FROM|INSERT INTO|UPDATE \w+ SET|DELETE FROM|PRAGMA )\b")


def test_sql_stands_only_in_storage() -> None:
    for path in files("bot", "sandbox"):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                assert not SQL.search(node.value), f"{name(path)}:{node.lineno}"


def test_nothing_reads_the_clock_by_itself() -> None:
    """The time is an argument, so that a demo and a test can move it. The edges of the program may ask for it."""
    edges = ("bot/app.py", "bot/demo/show.py", "bot/cli/", "bot/operations/diagnostics/doctor.py")
    for path in files("bot", "storage"):
        if name(path).startswith(edges):
            continue
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Attribute) and node.attr in ("now", "utcnow", "today"):
                root = node.value
                assert not (isinstance(root, ast.Name) and root.id in ("datetime", "date")), (
                    f"{name(path)}:{node.lineno}"
                )
            if isinstance(node, ast.Attribute) and node.attr == "time" and isinstance(node.value, ast.Name):
                assert node.value.id != "time", f"{name(path)}:{node.lineno}"


def test_no_address_of_a_package_registry_and_no_path_of_a_machine_is_kept() -> None:
    hosts = re.compile(r"(?i)https?://[\w.-]*(pypi|pythonhosted|npmjs|debian\.org)|--(extra-)?index-url|/simple/")
    for path in ROOT.rglob("*"):
        kept = (
            path.suffix in {".py", ".toml", ".txt", ".md", ".yml", ".yaml", ".service", ".ftl", ".sql"}
            or path.name == "Makefile"
        )
        made = any(part.startswith(".") and part != path.name for part in path.relative_to(ROOT).parts)
        built = "build" in path.relative_to(ROOT).parts
        if kept and not made and not built and path != Path(__file__):
            assert not hosts.search(path.read_text("utf-8")), name(path)


def test_every_module_of_storage_has_tests_that_mirror_it() -> None:
    """`storage/records/posts.py` is tested by `test_posts.py`, or by several that begin so."""
    tests = {path.stem for path in (ROOT / "tests").rglob("test_*.py")}
    modules = [path for path in files("storage") if path.name != "__init__.py"]
    assert not [name(path) for path in modules if not any(test.startswith(f"test_{path.stem}") for test in tests)]

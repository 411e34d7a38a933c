"""Who may import whom, and where SQL may stand: the shape of the house, held by reading its imports."""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FEATURES = {"onboarding", "topics", "digests", "members", "admin", "announcements"}
# Library -> the only files that may import it.
ONLY = {
    "telegram": ("bot/telegram/", "bot/app.py", "bot/operator/doctor.py"),
    "sqlcipher3": ("storage/database.py", "storage/store.py"),
    "cryptography": (
        "storage/cipher.py",
        "storage/keyring.py",
        "storage/slots.py",
        "storage/forensics.py",
        "storage/hybrid.py",
        "storage/sealing.py",
        "storage/sealing_file.py",
    ),
    "shamir_mnemonic": ("storage/shares.py",),
    "aiohttp_socks": ("bot/telegram/proxy.py",),
    "apscheduler": ("bot/scheduler.py",),
    "fluent": ("bot/texts.py",),
    "segno": ("bot/admin/screens.py",),
    "typer": ("bot/",),
    "sandbox": ("sandbox/", "bot/demo/"),
}


def files(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def imports(path: Path) -> Iterator[str]:
    """Every module that a file imports, dotted, those inside functions included."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name(path)} imports relatively"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_the_files_are_found_at_all() -> None:
    assert {"bot/app.py", "storage/store.py", "sandbox/server.py"} <= {
        name(path) for path in files("bot", "storage", "sandbox")
    }


def test_storage_knows_nothing_of_the_bot() -> None:
    for path in files("storage"):
        assert not {module.split(".")[0] for module in imports(path)} & {"bot", "sandbox", "telegram"}, name(path)


def test_the_sandbox_knows_neither_bot_nor_storage_and_needs_only_aiohttp() -> None:
    for path in files("sandbox"):
        roots = {module.split(".")[0] for module in imports(path)}
        assert not roots & {"bot", "storage"}, name(path)
        assert roots - sys.stdlib_module_names <= {"sandbox", "aiohttp"}, name(path)


@pytest.mark.parametrize("feature", sorted(FEATURES))
def test_a_feature_never_imports_another(feature: str) -> None:
    others = {f"bot.{other}" for other in FEATURES - {feature}}
    for path in files(f"bot/{feature}"):
        for module in imports(path):
            assert not any(module == other or module.startswith(other + ".") for other in others), name(path)


def test_only_the_app_names_the_features() -> None:
    features = {f"bot.{feature}" for feature in FEATURES}
    for path in files("bot"):
        if name(path) == "bot/app.py" or path.parent.name in FEATURES:
            continue
        for module in imports(path):
            assert ".".join(module.split(".")[:2]) not in features, f"{name(path)} imports {module}"


@pytest.mark.parametrize("library", sorted(ONLY))
def test_a_library_is_imported_where_it_belongs(library: str) -> None:
    users = {
        name(path) for path in files("bot", "storage", "sandbox") if library in {m.split(".")[0] for m in imports(path)}
    }
    assert users
    strangers = {user for user in users if not user.startswith(ONLY[library])}
    assert not strangers


SQL = re.compile(r"\b(SELECT .+ FROM|INSERT INTO|UPDATE \w+ SET|DELETE FROM|PRAGMA )\b")


def test_sql_stands_only_in_storage() -> None:
    for path in files("bot", "sandbox"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                assert not SQL.search(node.value), f"{name(path)}:{node.lineno}"


def test_a_handler_speaks_only_through_its_screen_and_the_outbox() -> None:
    for feature in FEATURES:
        for path in files(f"bot/{feature}"):
            modules = set(imports(path))
            assert not any(module.startswith(("telegram", "bot.telegram", "aiohttp")) for module in modules), name(path)


def test_nothing_reads_the_clock_by_itself() -> None:
    """The time is an argument, so that a demo and a test can move it. The edges of the program may ask for it."""
    edges = {
        "bot/app.py",
        "bot/demo/show.py",
        "bot/cli.py",
        "bot/operator/doctor.py",
        "bot/operator/initialise.py",
        "bot/operator/keys.py",
    }
    for path in files("bot", "storage"):
        if name(path) in edges:
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
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
            path.suffix in {".py", ".toml", ".txt", ".md", ".yml", ".service", ".ftl", ".sql"}
            or path.name == "Makefile"
        )
        made = any(part.startswith(".") or part == "build" for part in path.relative_to(ROOT).parts)
        if kept and not made and path != Path(__file__):
            assert not hosts.search(path.read_text("utf-8")), name(path)

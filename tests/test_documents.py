"""What the documents and the comments point to is there."""

import re
from pathlib import Path

import pytest

from tests.support.paths import ROOT

DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("deploy/*.md")])
SOURCES = sorted(path for folder in ("bot", "storage", "sandbox", "bench") for path in (ROOT / folder).rglob("*.py"))
PATH = re.compile(
    r"(?<![\w/.-])((?:bot|storage|sandbox|tests|bench|docs|deploy)/[\w/.-]+\.(?:py|sql|md|toml|service))\b"
)
FILE = re.compile(r"\((\w+\.py)\)")  # "(rollback_guard.py)" in a comment
EXAMPLE = "thanks"  # the feature that CONTRIBUTING.md shows how to add


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_file_that_a_document_names_exists(document: Path) -> None:
    named = {path for path in PATH.findall(document.read_text("utf-8")) if EXAMPLE not in path}
    assert [path for path in sorted(named) if not (ROOT / path).exists()] == []


def test_a_document_names_files_at_all() -> None:
    assert PATH.findall((ROOT / "docs" / "architecture.md").read_text("utf-8"))


def test_a_file_that_a_comment_names_exists() -> None:
    names = {path.name for path in SOURCES}
    lost = {}
    for path in [*SOURCES, ROOT / "storage" / "schema.sql", ROOT / "storage" / "keyring.sql"]:
        text = path.read_text("utf-8")
        gone = {each for each in PATH.findall(text) if not (ROOT / each).exists()}
        gone |= {each for each in FILE.findall(text) if each not in names}
        if gone:
            lost[path.relative_to(ROOT).as_posix()] = sorted(gone)
    assert not lost


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_link_to_another_document_leads_somewhere(document: Path) -> None:
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", document.read_text("utf-8"))
    assert [link for link in links if not (document.parent / link).exists()] == []

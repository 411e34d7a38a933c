"""Every kind of delivery, action of the audit and table has an owner, words, an export and an erasure."""

import ast
import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest

from bot.app import FEATURES
from bot.conversation.feature import Feature
from bot.conversation.routes import Command
from bot.language.texts import LANGUAGES, sources, texts_in
from storage import tables
from storage.records.erasure import Receipt
from storage.tables import Table
from tests.support.paths import ROOT
from tests.test_schema import tables as tables_of_schema

NAMES_A_MEMBER = re.compile(r"(member_id|author_id|subject_id|actor_id|_by)$")
NOT_A_COUNT = {"at", "generation"}


def key(table: Table) -> str:
    return f"{'keyring' if table.keyring else 'network'}.{table.name}"


DECLARED = {key(table): table for table in tables.declared()}
PERSONAL = {name: table for name, table in DECLARED.items() if table.member_columns}


def test_every_table_of_the_schema_has_one_owner() -> None:
    written = {
        f"{database}.{table}" for database in ("network", "keyring") for table, _, _ in tables_of_schema(database)
    }
    assert set(DECLARED) == written


def columns() -> Iterator[tuple[str, str, str]]:
    """Each column of network.db that names a member: its table, its name, and its line in the schema."""
    for table, _, lines in tables_of_schema("network"):
        for line in lines:
            [column] = re.findall(r"^    (\w+)", line)
            if NAMES_A_MEMBER.search(column) or "REFERENCES members" in line or (table, column) == ("members", "id"):
                yield table, column, line


@pytest.mark.parametrize(
    ("table", "column", "line"), list(columns()), ids=lambda value: value if " " not in value else ""
)
def test_a_column_that_names_a_member_is_declared_and_has_an_end(table: str, column: str, line: str) -> None:
    owner = DECLARED[f"network.{table}"]
    assert column in owner.member_columns, f"{table}.{column} names a member, and the owner of {table} does not say so"
    by_reference = "REFERENCES members (id) ON DELETE" in line or (table, column) == ("members", "id")
    assert by_reference or owner.erase, f"{table}.{column} outlives an erasure"


# Of the keys that these name, none is a row's own: the lookup key of the whole file, and keys that are being erased.
NAME_OTHER_KEYS = {"epoch", "erasures"}


def test_a_table_that_names_keys_declares_their_kind_or_the_next_start_would_remove_them() -> None:
    naming = {
        table for table, _, lines in tables_of_schema("network") for line in lines if re.match(r"    \w*key_id\b", line)
    }
    assert {"members", "hosts"} <= naming
    assert naming - NAME_OTHER_KEYS == {table.name for table in DECLARED.values() if table.key_kind}
    own = re.compile(r"    key_id BLOB NOT NULL UNIQUE\b")  # a row without a key of its own, or with another's, is none
    for table, _, lines in tables_of_schema("network"):
        assert table not in naming - NAME_OTHER_KEYS or any(own.match(line) for line in lines), table


@pytest.mark.parametrize("name", sorted(PERSONAL))
def test_what_a_table_holds_of_a_member_is_exported_or_it_says_why_not(name: str) -> None:
    table = DECLARED[name]
    sections = {each for feature in FEATURES.all for section in feature.export for each in section.tables}
    assert table.exported != bool(table.not_exported), f"{name} has to be exported, or to say why not"
    assert table.exported == (table.name in sections), f"{name} is in no section of /mydata, or in one by mistake"


def test_no_section_of_the_export_tells_of_a_table_that_does_not_say_so() -> None:
    sections = {each for feature in FEATURES.all for section in feature.export for each in section.tables}
    assert sections == {table.name for table in DECLARED.values() if table.exported}


def test_the_receipt_of_an_erasure_counts_what_tables_declare() -> None:
    assert {table.receipt for table in DECLARED.values() if table.receipt} == {
        each.name for each in fields(Receipt)
    } - NOT_A_COUNT


def calls(name: str) -> Iterator[tuple[Path, ast.Call]]:
    """Every call in the bot and in storage of a function by this name, as it is written there."""
    for folder in ("bot", "storage"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Call) and ast.unparse(node.func) == name:
                    yield path, node


def constants(*names: str) -> set[str]:
    """The strings that stand in the arguments of these calls."""
    return {
        node.value
        for name in names
        for _, call in calls(name)
        for argument in call.args
        for node in ast.walk(argument)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def test_every_kind_that_is_owed_is_declared_by_a_feature() -> None:
    owed = constants("outbox.put", "Expiry")
    assert {"post", "decision", "digest-close"} <= owed
    assert owed <= set(FEATURES.deliveries), "a row of this kind would be delivered to nobody"


def test_every_action_that_is_recorded_is_declared_by_the_feature_that_records_it() -> None:
    owners = {action.name: feature.name for feature in FEATURES.all for action in feature.actions}
    for path, call in calls("audit.record"):
        inside = re.match(r"bot/features/(\w+)/", path.relative_to(ROOT).as_posix())
        for node in ast.walk(call.args[1]):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value != "made-":
                assert node.value in owners, f"{node.value} has no owner and no words"
                shared = owners[node.value] == "service"
                assert inside is None or shared or owners[node.value] == inside[1], f"{node.value}: {path.name}"


def test_no_action_and_no_kind_is_declared_that_nothing_makes() -> None:
    written = {
        node.value
        for folder in ("bot", "storage")
        for path in (ROOT / folder).rglob("*.py")
        if path.name != "feature.py"
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    made = {name for name in FEATURES.actions if name.startswith("made-")}
    assert made == {"made-member", "made-coordinator", "made-owner"}
    assert not set(FEATURES.actions) - written - made
    assert not set(FEATURES.deliveries) - written


@pytest.mark.parametrize("language", LANGUAGES)
def test_actions_and_kinds_have_words_of_their_own(language: str) -> None:
    texts = texts_in(language)
    for named in (
        {texts.plain(f"action-{action}") for action in (*FEATURES.actions, "unknown")},
        {texts.plain(f"delivery-{kind}") for kind in (*FEATURES.deliveries, "unknown")},
    ):
        assert len(named) in (len(FEATURES.actions) + 1, len(FEATURES.deliveries) + 1)
    assert FEATURES.action(texts, "never-heard-of") == texts.plain("action-unknown")
    assert FEATURES.delivery(texts, "never-heard-of") == texts.plain("delivery-unknown")


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_words_are_left_of_an_action_or_a_kind_that_is_gone(language: str) -> None:
    messages = set(
        re.findall(r"^(action|delivery)-([\w-]+) =", "\n".join(map(Path.read_text, sources(language))), re.M)
    )
    assert {name for group, name in messages if group == "action"} == {*FEATURES.actions, "unknown"}
    assert {name for group, name in messages if group == "delivery"} == {*FEATURES.deliveries, "unknown"}


@pytest.mark.parametrize("feature", FEATURES.all, ids=lambda feature: feature.name)
def test_what_stands_on_the_home_screen_is_a_command_of_the_same_feature(feature: Feature) -> None:
    commands = {route.trigger.name for route in feature.routes if isinstance(route.trigger, Command)}
    assert {entry.command for entry in feature.home} <= commands


def test_no_two_entries_claim_the_same_place_on_the_home_screen() -> None:
    ranks = [entry.rank for feature in FEATURES.all for entry in feature.home]
    assert len(set(ranks)) == len(ranks)


def test_every_job_has_a_name_of_its_own() -> None:
    assert len({job.name for job in FEATURES.jobs}) == len(FEATURES.jobs) > 4

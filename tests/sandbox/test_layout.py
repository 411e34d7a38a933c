"""Which folder of the sandbox may import which: the model none, the Bot API the model, the control API both."""

import pytest

from tests.support.import_graph import imported, modules
from tests.support.paths import ROOT

MAY_IMPORT = {
    "telegram": {"telegram"},
    "bot_api": {"bot_api", "telegram"},
    "control": {"control", "bot_api", "telegram"},
}


@pytest.mark.parametrize("folder", MAY_IMPORT)
def test_a_folder_imports_only_what_it_may(folder: str) -> None:
    known = modules(ROOT, "sandbox")
    inside = [path for module, path in known.items() if module.startswith(f"sandbox.{folder}.")]
    found = {module.split(".")[1] for path in inside for module in imported(path, known)}
    assert folder in found
    assert found <= MAY_IMPORT[folder]


def test_every_folder_has_its_rule() -> None:
    folders = {module.split(".")[1] for module in modules(ROOT, "sandbox") if module.count(".") > 1}
    assert folders == set(MAY_IMPORT)

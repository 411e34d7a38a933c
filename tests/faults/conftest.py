"""The operator's folder and network, as the tests of the commands have them."""

from tests.cli.conftest import made, network, sandbox, shell

__all__ = ["made", "network", "sandbox", "shell"]

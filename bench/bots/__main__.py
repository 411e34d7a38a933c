"""One bot, in a process of its own: `python -m bench.bots NAME BASE_URL DIRECTORY [PORT]`.

`DIRECTORY` is where it keeps its files: a network that bench.network made for `halqa`, or what a durable bot wrote
before. `PORT`: `halqa` receives by webhook there, and by polling without it.
"""

import sys
from importlib import import_module
from pathlib import Path

name, base_url, directory, *ports = sys.argv[1:]
# Loaded by its name, since each library is in one of two virtual environments.
module = import_module(f"bench.bots.{'halqa' if name == 'transport' else name.partition('-')[0]}")
module.run(name, base_url, Path(directory), *map(int, ports))

"""The bot: what people do. Each feature has its folder; what is kept stands in `storage`."""

import sys

# structlog loads rich wherever it is installed, for coloured tracebacks that the logs do not show
# (`operations/logs.py`): 3 MiB and 25 ms. Typer, which brings it along, needs it only for help with markup.
sys.modules.setdefault("rich", None)  # type: ignore[arg-type]

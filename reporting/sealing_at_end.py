"""A guide run is sealed where it ends, whoever started it and whatever else is running.

A pytest plugin. Evidence of a failure is evidence too: what the run found plays no part.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from record.words import language
from reporting.keys import NoKey, signer
from reporting.phrases import phrase
from reporting.sealing import Unsealable, seal


def pytest_unconfigure(config: pytest.Config) -> None:
    """Seal the run when every other plugin has written and cleaned what it had to."""
    folder: Path | None = getattr(config, "ended_run", None)
    if folder is None:
        return
    terminal: Any = config.pluginmanager.getplugin("terminalreporter")
    try:
        sealed = seal(folder, signer(), datetime.now().astimezone())
    except (Unsealable, NoKey, OSError) as error:
        terminal.write_line(phrase("run not sealed", language(), why=error), red=True)
    else:
        terminal.write_line(phrase("chain head", language(), **sealed.link.model_dump()))

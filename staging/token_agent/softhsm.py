"""A real PKCS#11 library for the tokens: SoftHSM2, with a folder of the instance's own.

The library reads its configuration once, when it is initialised, and a process has only one of it:
so it is initialised anew when another instance's tokens are wanted (in tests; one instance is one
process otherwise).
"""

import os
import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

_LIBRARIES = (
    "/usr/lib/softhsm/libsofthsm2.so",
    "/usr/lib64/pkcs11/libsofthsm2.so",
    "/usr/local/lib/softhsm/libsofthsm2.so",
    "/opt/homebrew/lib/softhsm/libsofthsm2.so",
)
MISSING = "Chưa cài đặt SoftHSM2 (gói softhsm2): không thể ký bằng USB Token."
_SO_PIN = "87654321"
_one_at_a_time = threading.RLock()
_initialised_for: Path | None = None


class NoSoftHsmError(Exception):
    """SoftHSM2 or its Python binding is not on this machine; only the token way needs it."""


class SoftHsm:
    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._configuration = folder / "softhsm2.conf"

    def make_tokens(self, pins: dict[str, str]) -> None:
        """A token for each label, with its PIN; the library is initialised after this."""
        tool = shutil.which("softhsm2-util")
        if tool is None:
            raise NoSoftHsmError(MISSING)
        store = self._folder / "tokens"
        store.mkdir(parents=True, mode=0o700)
        self._configuration.write_text(
            f"directories.tokendir = {store}\nobjectstore.backend = file\nlog.level = ERROR\n",
            encoding="utf-8",
        )
        for label, pin in pins.items():
            arguments = ["--init-token", "--free", "--label", label, "--so-pin", _SO_PIN]
            subprocess.run(
                [tool, *arguments, "--pin", pin],
                env={**os.environ, "SOFTHSM2_CONF": str(self._configuration)},
                check=True,
                capture_output=True,
            )

    @contextmanager
    def module(self) -> Iterator[Any]:
        """The library with this folder's tokens, for one thread at a time."""
        global _initialised_for
        with _one_at_a_time:
            module = _load()
            if _initialised_for != self._folder:
                os.environ["SOFTHSM2_CONF"] = str(self._configuration)
                module.reinitialize()
                _initialised_for = self._folder
            yield module


def _load() -> Any:
    path = next((path for path in _LIBRARIES if Path(path).exists()), None)
    try:
        import pkcs11
    except ImportError as error:
        raise NoSoftHsmError(MISSING) from error
    if path is None:
        raise NoSoftHsmError(MISSING)
    return pkcs11.lib(path)

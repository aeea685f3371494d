"""One account, one visitor at a time: two who share one would take each other's codes."""

from __future__ import annotations

import fcntl
import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from visitors.secret import Secret


@contextmanager
def leased(account: Secret, folder: Path | None = None) -> Iterator[None]:
    """Hold an account; waits while another process on this machine holds it.

    The lock is the operating system's and ends with the process, however that ends.

    Args:
        account: whose.
        folder: where the locks lie; whoever shares accounts shares it.
    """
    folder = folder or Path(tempfile.gettempdir()) / f"guidewatch-accounts-{os.getuid()}"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    name = hashlib.sha256(f"account {account.reveal()}".encode()).hexdigest()[:24]
    with (folder / name).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield

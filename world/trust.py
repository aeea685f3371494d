"""A private authority trusted by the browser as a person would have it: in an NSS database.

Chromium on Linux reads additional authorities from `$HOME/.pki/nssdb`
(chromium.googlesource.com, docs/linux/cert_management.md). With a `HOME` of the browser's own the
person's database stays untouched, and wrong hosts, expired and foreign certificates are refused.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

from world.missing import Missing

_CERTIFICATE = re.compile(r"-----BEGIN CERTIFICATE-----.+?-----END CERTIFICATE-----", re.DOTALL)


def home_trusting(ca_pem: str, folder: Path) -> Path:
    """Make a `HOME` for the browser in which an authority is trusted.

    Args:
        ca_pem: one or more certificates of authorities, PEM.
        folder: where the home is made; whoever gives it removes it.

    Returns:
        The home.

    Raises:
        Missing: `certutil` is not installed, or the PEM holds no certificate it can read.
    """
    certutil = shutil.which("certutil")
    if certutil is None:
        raise Missing(
            "certutil is missing, without which the browser cannot be told to trust the private "
            "authority; run `make set-up`, or install libnss3-tools (Debian, Ubuntu) or nss-tools "
            "(Fedora)"
        )
    certificates = _CERTIFICATE.findall(ca_pem)
    if not certificates:
        raise Missing("the authority's file holds no certificate; give a PEM file")
    home = folder / "home"
    database = home / ".pki" / "nssdb"
    database.mkdir(parents=True, exist_ok=True)
    if not (database / "cert9.db").exists():  # certutil asks a person before it makes one again
        _certutil(certutil, "-N", "--empty-password", "-d", f"sql:{database}")
    for number, certificate in enumerate(certificates, start=1):
        pem = home / f"authority-{number}.pem"
        pem.write_text(certificate + "\n", encoding="ascii")
        _certutil(
            certutil,
            *("-A", "-d", f"sql:{database}", "-n", f"guidewatch authority {number}"),
            *("-t", "C,,", "-i", str(pem)),
        )
    return home


def _certutil(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    if done.returncode != 0:
        said = (done.stderr or done.stdout).strip().splitlines()
        raise Missing(
            f"certutil could not store the private authority ({said[-1] if said else 'no reason'});"
            " check that its file is a valid PEM certificate"
        )

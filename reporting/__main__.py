"""`python -m reporting`: what auditors read, and what keeps it true."""

from __future__ import annotations

import sys

from reporting.commands import main

if __name__ == "__main__":
    sys.exit(main())

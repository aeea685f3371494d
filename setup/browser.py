"""Start the browser once, as a walk would: what is installed may still lack a library.

`python -m setup.browser own` accepts Playwright's own build only, `distribution` whatever
world/chromium.py chooses. Exit code 0: it starts.
"""

from __future__ import annotations

import sys

from playwright.sync_api import sync_playwright

from world.chromium import executable, launch_arguments
from world.names import Names


def main(wanted: str) -> int:
    """Start it without a window, and say in one line which one or why not."""
    try:
        if wanted == "own" and executable(headed=False) is not None:
            print("Playwright's own build is not installed")
            return 1
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(**launch_arguments(Names(), None, headed=False))
            print(f"Chromium {browser.version} starts")
            browser.close()
    except Exception as error:  # a driver that dies at once raises the bare class
        print(f"{type(error).__name__}: {error}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))

"""Waits until the first page answers, then tells where it is and who may log in."""

import argparse
import http.client
import os
import sys
import time
import urllib.error
import urllib.request
import webbrowser
from pathlib import Path

PATIENCE = 90.0


def answers(address: str) -> bool:
    """By number: a bare machine may not know its own name localhost."""
    try:
        with urllib.request.urlopen(address.replace("localhost", "127.0.0.1") + "halsa/live", timeout=5) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, http.client.HTTPException, OSError):
        return False


def has_screen() -> bool:
    """A browser in a terminal would take the terminal from the log."""
    screen = sys.platform == "darwin" or "DISPLAY" in os.environ or "WAYLAND_DISPLAY" in os.environ
    return screen and sys.stdout.isatty()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("address")
    parser.add_argument("logins", type=Path)
    parser.add_argument("--browser", action="store_true")
    options = parser.parse_args()
    until = time.monotonic() + PATIENCE
    while not answers(options.address):
        if time.monotonic() > until:
            sys.exit(f"Sidan svarar inte efter {PATIENCE:.0f} sekunder. Se .var/log/samverkan.log.")
        time.sleep(0.05)
    print(f"\nStoppa med Ctrl-C. Loggen: {options.logins.parent / 'log' / 'samverkan.log'}")
    print(f"Samverkan: {options.address}")
    print(options.logins.read_text().rstrip(), flush=True)
    if options.browser and has_screen():
        webbrowser.open(options.address)


if __name__ == "__main__":
    main()

"""The system's Chromium, which the browser tests drive."""

import os
import shutil

from deploy import apt

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge")


def find() -> str | None:
    given = os.environ.get("CHROMIUM")
    return shutil.which(given) if given else next(filter(None, map(shutil.which, NAMES)), None)


def ensure() -> str | None:
    return find() or (find() if apt.install("chromium") else None)


def how_to_install() -> str:
    return apt.command("chromium") + "   (eller sätt CHROMIUM till en webbläsares sökväg)"

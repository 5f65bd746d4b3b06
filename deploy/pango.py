"""The system libraries that WeasyPrint draws with. No Python package carries them on Linux."""

import ctypes
import ctypes.util
import sys

from deploy import apt

PACKAGES = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0")
LINUX_LIBRARIES = ("libpango-1.0.so.0", "libpangoft2-1.0.so.0", "libharfbuzz-subset.so.0")


def loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def present() -> bool:
    if sys.platform == "linux":
        return all(map(loads, LINUX_LIBRARIES))
    return ctypes.util.find_library("pango-1.0") is not None


def how_to_install() -> str:
    return "brew install pango" if sys.platform == "darwin" else apt.command(*PACKAGES)


def ensure() -> bool:
    """Samverkan starts without Pango too: letters and reports are then offered as a print view."""
    if present() or (apt.install(*PACKAGES) and present()):
        return True
    print(f"Pango saknas: PDF-knapparna byts mot utskriftsvyn. För PDF, kör: {how_to_install()}")
    return False

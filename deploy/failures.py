"""Turns what can go wrong on an ordinary machine into one sentence that says what to do."""

import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

DISK_FULL = "Disken är full. Frigör minst 1 GB (df -h visar läget) och kör samma kommando igen."
NO_NETWORK = (
    "Paketen gick inte att hämta: ingen kontakt med paketregistret. "
    "Kontrollera nätet och en eventuell proxy (HTTPS_PROXY) och kör samma kommando igen."
)
NETWORK_WORDS = (
    "name resolution",
    "name or service not known",
    "network is unreachable",
    "connection refused",
    "connection timed out",
    "newconnectionerror",
    "dns error",
    "error sending request",
    "failed to fetch",
    "could not connect",
    "client error (connect)",
    "no matching distribution found",
)
DISK_WORDS = ("no space left", "os error 28", "disk quota", "os error 122")


def sentence(error: OSError) -> str | None:
    """None means that the error is none of the everyday ones, and should be seen in full."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return DISK_FULL
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS) and error.filename:
        return (
            f"{error.filename} går inte att använda som den här användaren. "
            "Kör som den användare som körde förra gången, eller ta en egen kopia av projektet."
        )
    return None


@contextmanager
def in_plain_words() -> Iterator[None]:
    try:
        yield
    except KeyboardInterrupt:
        sys.exit(130)
    except OSError as error:
        if said := sentence(error):
            sys.exit(said)
        raise


def explained(output: str, doing: str) -> str:
    """What to tell about a program that failed while it was `doing` something."""
    low = output.lower()
    if any(word in low for word in DISK_WORDS):
        return DISK_FULL
    if any(word in low for word in NETWORK_WORDS):
        return NO_NETWORK
    tail = "\n".join("    " + line for line in output.strip().splitlines()[-15:])
    return f"{doing} misslyckades:\n{tail}\nKör ./run doctor för att se vad som saknas."


def run_or_explain(argv: list[str], doing: str, env: dict[str, str] | None = None) -> str:
    """Run quietly; when it fails, leave with a sentence."""
    done = subprocess.run(argv, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace", env=env)
    if done.returncode:
        sys.exit(explained(done.stdout, doing))
    return done.stdout


def require_space(folder: Path, megabytes: int) -> None:
    """A full disk found before the work is a sentence; found in the middle it is a half-made folder."""
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free // 1_000_000
    if free < megabytes:
        sys.exit(
            f"Det finns bara {free} MB ledigt där {os.fspath(folder)} ligger, och {megabytes} MB behövs. "
            "Frigör plats och kör samma kommando igen."
        )

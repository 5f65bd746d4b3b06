"""./run reset: remove what runs have left, so that the next start is the first."""

import argparse
import shutil
import sys

from deploy import leftovers
from deploy.failures import in_plain_words
from deploy.lock import running
from deploy.places import LEFT_IN_VAR, VAR
from deploy.postgres import places_of


def agreed() -> bool:
    """Nobody to ask, as in a script, means no."""
    if not sys.stdin.isatty():
        sys.exit("Ingen kan svara här. Kör ./run reset --yes om demodatabasen ska tas bort.")
    return input(f"Ta bort demodatabasen, köerna och loggarna i {VAR}? [j/N] ").strip().lower() in ("j", "ja")


def remove() -> None:
    for var in (VAR / "test", VAR / "bench", VAR / "bench-empty", VAR):
        home, socket = places_of(var)
        for data in home.glob("postgresql-*"):
            leftovers.end_everything(var, data)
        shutil.rmtree(socket, ignore_errors=True)
        if home != var:
            shutil.rmtree(home, ignore_errors=True)
    for path in (path for pattern in LEFT_IN_VAR for path in VAR.glob(pattern)):
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()


def main() -> None:
    parser = argparse.ArgumentParser(prog="./run reset", description="Ta bort demodatabasen och alla loggar.")
    parser.add_argument("--yes", action="store_true", help="fråga inte")
    chosen = parser.parse_args()
    with in_plain_words():
        if found := running(VAR):
            sys.exit(f"Samverkan körs (process {found.get('pid')}). Stoppa den först med Ctrl-C.")
        if not chosen.yes and not agreed():
            sys.exit("Inget togs bort.")
        remove()
        print("Borttaget. Nästa ./run börjar om med ny demodata.")


if __name__ == "__main__":
    main()

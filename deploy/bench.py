"""./run bench NAME …: a measurement against a database of its own, with its schema in place."""

import sys

from deploy import prepare
from deploy.failures import in_plain_words
from deploy.lock import Lock
from deploy.places import PYTHON, ROOT, VAR
from deploy.postgres import LARGE
from deploy.programs import clean_up_when_stopped, in_front
from deploy.services import for_demo, services

NEEDS_EMPTY = {"deadlines", "slots"}  # leave their database as they found it, and would count the region's cases too


def names() -> list[str]:
    return sorted(path.stem for path in (ROOT / "benchmarks").glob("[a-z]*.py"))


def main(arguments: list[str]) -> int:
    if not arguments or arguments[0] not in names():
        print(f"Ange en mätning: ./run bench {' | '.join(names()) or '(inga finns)'}", file=sys.stderr)
        return 2
    clean_up_when_stopped()
    var = VAR / ("bench-empty" if arguments[0] in NEEDS_EMPTY else "bench")
    with in_plain_words(), Lock(var), services(var, **LARGE) as started:
        started.env = for_demo("http://localhost:8000/") | started.env
        prepare.schema(started, var)
        return in_front([str(PYTHON), "-m", f"benchmarks.{arguments[0]}", *arguments[1:]], started.env)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""The head of the log, written down outside the database: one line of JSON each time the clock strikes."""

import json
from datetime import datetime
from pathlib import Path

from audit.chain import Head


def read(path: Path) -> list[Head]:
    """A file that is not there holds no anchors; a line that cannot be read is an error (ValueError, KeyError)."""
    if not path.exists():
        return []
    found = [json.loads(line) for line in path.read_text(encoding="ascii").splitlines()]
    return [Head(line["sequence"], line["hash"], datetime.fromisoformat(line["at"])) for line in found]


def write(path: Path, head: Head) -> None:
    """At the end of the file, and on the disk before this returns."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="ascii") as file:
        file.write(json.dumps(as_line(head)) + "\n")


def as_line(head: Head) -> dict[str, object]:
    return {"sequence": head.sequence, "hash": head.hash, "at": head.at.isoformat()}

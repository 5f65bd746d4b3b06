"""One running Samverkan per folder."""

import fcntl
import json
import os
import sys
from pathlib import Path
from types import TracebackType
from typing import IO, Any


class Lock:
    """A lock that the kernel lets go of when its holder dies, however it dies; the file tells who holds it.

    POSIX record locks are lost when the holder opens and closes the file once more, so nothing else in this
    process may read it. They are not inherited: a worker that outlives a killed run does not keep the lock.
    """

    def __init__(self, var: Path) -> None:
        self.path = var / "run.lock"
        self.file: IO[str] | None = None

    def __enter__(self) -> "Lock":
        if not self.take():
            facts = self.facts()
            self.release()
            where = f" på {facts['address']}" if "address" in facts else ""
            sys.exit(
                f"Samverkan körs redan i den här mappen{where} (process {facts.get('pid', 'okänd')}). "
                "Stoppa den med Ctrl-C där den startades, eller använd den."
            )
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.note({})
        self.release()

    def take(self) -> bool:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.file = self.path.open("a+", encoding="utf-8")
        try:
            fcntl.lockf(self.file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        self.abandoned = bool(self.facts())
        self.note({"pid": os.getpid()})
        return True

    def release(self) -> None:
        if self.file:
            self.file.close()
            self.file = None

    def facts(self) -> dict[str, Any]:
        """What the holder wrote; empty when the last one ended as it should, or was cut off while writing."""
        assert self.file
        self.file.seek(0)
        try:
            return dict(json.loads(self.file.read() or "{}"))
        except ValueError:
            return {"pid": "okänd"}

    def note(self, facts: dict[str, Any]) -> None:
        assert self.file
        self.file.seek(0)
        self.file.truncate()
        if facts:
            json.dump(facts, self.file)
        self.file.flush()


def running(var: Path) -> dict[str, Any] | None:
    """The facts of the instance that runs in this folder, or None. Not for use by the holder itself."""
    if not (var / "run.lock").exists():
        return None
    lock = Lock(var)
    with (var / "run.lock").open("r+", encoding="utf-8") as file:
        lock.file = file
        try:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return lock.facts()
    return None

"""Ends what a killed run left behind: servers and workers whose command line names this folder's files."""

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

PATIENCE = 6.0


def processes() -> Iterator[tuple[int, str]]:
    """Every process with its command line; by /proc where there is one, since a bare Debian has no ps."""
    if not Path("/proc/self/cmdline").exists():
        listing = subprocess.run(["ps", "-axo", "pid=,command="], capture_output=True, text=True).stdout
        for line in listing.splitlines():
            pid, _, command = line.strip().partition(" ")
            yield int(pid), command
        return
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with suppress(OSError):
                yield int(entry.name), (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")


def marked(marks: list[str]) -> list[int]:
    return [pid for pid, command in processes() if pid != os.getpid() and any(mark in command for mark in marks)]


def send(pids: list[int], kind: signal.Signals) -> None:
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, kind)


def end(marks: list[str], politely: signal.Signals = signal.SIGTERM) -> int:
    """How many processes there were. Those that do not listen are killed."""
    found = marked(marks)
    send(found, politely)
    until = time.monotonic() + PATIENCE
    while found and marked(marks):
        if time.monotonic() > until:
            send(marked(marks), signal.SIGKILL)
        time.sleep(0.05)
    return len(found)


def end_programs(var: Path) -> int:
    return end([f"--pid={var}/pids/", f"--pidfile={var}/pids/"])


def end_everything(var: Path, data: Path) -> int:
    """Programs first, the servers they use after. `data` is the database's folder, which need not be in `var`."""
    return end_programs(var) + end([f"--dir {var}/valkey "]) + end([f"-D {data} "], signal.SIGINT)

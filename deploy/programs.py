"""Runs programs in the foreground and lets the parent clean up after them."""

import os
import signal
import subprocess
import sys
from types import FrameType

from deploy.places import ROOT


def leave(number: int, frame: FrameType | None) -> None:
    sys.exit(128 + number)


def hang_up(number: int, frame: FrameType | None) -> None:
    os.kill(os.getpid(), signal.SIGTERM)  # honcho listens to SIGTERM, and not to a closed terminal


def clean_up_when_stopped() -> None:
    """SIGTERM and a closed terminal end us as Ctrl-C does: by an exception, so that servers are stopped."""
    signal.signal(signal.SIGTERM, leave)
    signal.signal(signal.SIGHUP, hang_up)


def in_front(argv: list[str], env: dict[str, str]) -> int:
    """Ctrl-C belongs to the program in front; we wait for its answer to it."""
    before = signal.signal(signal.SIGINT, lambda number, frame: None)
    child = subprocess.Popen(argv, cwd=ROOT, env=env)
    try:
        return child.wait()
    finally:
        if child.poll() is None:
            child.terminate()
            child.wait()
        signal.signal(signal.SIGINT, before)

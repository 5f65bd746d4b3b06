"""./run: database, queue, demo data, web, worker and beat, until Ctrl-C."""

import argparse
import os
import shlex
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from honcho.manager import Manager
from honcho.printer import Printer

from deploy import leftovers, ports, prepare
from deploy.failures import in_plain_words
from deploy.lock import Lock
from deploy.places import PYTHON, ROOT, VAR, tool
from deploy.postgres import Postgres
from deploy.programs import clean_up_when_stopped
from deploy.services import anchors_of, for_demo, services

STOPPED_BY_US = (0, 130, 143)
QUEUES = "standard,pdf,utskick"


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./run", description="Starta Samverkan med demodata.")
    parser.add_argument("--port", type=int, help="porten att svara på; annars 8000 eller nästa lediga")
    parser.add_argument("--no-browser", action="store_true", help="öppna ingen webbläsare")
    parser.add_argument("--verbose", action="store_true", help="visa loggen här i stället för i .var/log")
    return parser.parse_args()


def commands(var: Path, port: int) -> dict[str, list[str]]:
    """Each one names a file in pids/: that is how a later run knows the processes of a killed one."""
    pids, celery = var / "pids", [str(PYTHON), "-m", "deploy.after", str(port), tool("celery"), "-A", "samverkan"]
    web = [tool("gunicorn"), "-c", "python:deploy.web", "-b", f"127.0.0.1:{port}", f"--pid={pids}/web.pid"]
    worker = ["worker", "-Q", QUEUES, "-c", "2", "-l", "INFO", "--without-gossip", "--without-mingle"]
    return {
        "web": [*web, "samverkan.wsgi:application"],
        "worker": [*celery, *worker, f"--pidfile={pids}/worker.pid"],
        "beat": [*celery, "beat", "-l", "INFO", "-s", f"{var}/celerybeat-schedule", f"--pidfile={pids}/beat.pid"],
    }


@contextmanager
def log(var: Path) -> Iterator[TextIO]:
    path = var / "log" / "samverkan.log"
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists():
        path.replace(path.with_suffix(".log.1"))
    with path.open("w", encoding="utf-8") as file:
        yield file


def manage_processes(env: dict[str, str], port: int, out: TextIO) -> int:
    """Returns when all of them have ended, which they do together."""
    manager = Manager(Printer(out))
    for name, argv in commands(VAR, port).items():
        manager.add_process(name, "exec " + shlex.join(argv), env=env, cwd=str(ROOT))
    manager.loop()
    return int(manager.returncode or 0)


def tail(path: Path) -> str:
    return "\n".join("    " + line for line in path.read_text(errors="replace").splitlines()[-20:])


def serve(env: dict[str, str], port: int, address: str, chosen: argparse.Namespace) -> None:
    browser = [] if chosen.no_browser else ["--browser"]
    argv = [str(PYTHON), "-m", "deploy.announce", address, str(VAR / "logins.txt"), *browser]
    (VAR / "pids").mkdir(exist_ok=True)
    for stale in (VAR / "pids").iterdir():
        stale.unlink()
    announcer = subprocess.Popen(argv, cwd=ROOT, start_new_session=True)  # Ctrl-C is for us
    try:
        with log(VAR) as file:
            code = manage_processes(env, port, sys.stdout if chosen.verbose else file)
    finally:
        announcer.kill()
        announcer.wait()
        leftovers.end_programs(VAR)
    if code not in STOPPED_BY_US:
        sys.exit(f"Ett av programmen avslutades oväntat. Loggens slut:\n{tail(VAR / 'log' / 'samverkan.log')}")


def main() -> None:
    chosen = options()
    clean_up_when_stopped()
    with in_plain_words(), Lock(VAR) as lock:
        if lock.abandoned:
            print("Förra körningen avbröts. Städar efter den …", flush=True)
        cold = "DATABASE_URL" not in os.environ and not Postgres(VAR).data.exists()
        if cold:
            print("Skapar databasen …", flush=True)
        with services(VAR) as running:
            port = ports.for_web(chosen.port)
            address = f"http://localhost:{port}/"
            anchors = anchors_of(VAR, running)
            running.env = for_demo(address) | anchors | running.env
            lock.note({"pid": os.getpid(), "address": address, **anchors, **running.urls})
            prepare.with_demo(running, VAR)
            serve(running.env, port, address, chosen)
        print("\nStoppad. Allt är sparat till nästa gång.", flush=True)


if __name__ == "__main__":
    main()

"""Brings the database to the code's state, and skips it when nothing can have changed."""

import hashlib
import json
import subprocess
import sys
from pathlib import Path

from deploy.failures import DISK_FULL, DISK_WORDS
from deploy.places import LOCK, PYTHON, ROOT
from deploy.postgres import Postgres
from deploy.services import Services

KINDS = (".py", ".sql", ".json", ".csv", ".toml", ".txt")
NOT_IN_DATABASE = ("deploy", "tests", "benchmarks")
MIGRATIONS = "SELECT count(*) || ' ' || coalesce(max(id), 0) FROM django_migrations"


def code(root: Path = ROOT, lock: Path = LOCK) -> str:
    """A fingerprint of everything that can change the schema, the reference rows or the demo data."""
    folders = sorted(path.parent for path in root.glob("*/__init__.py") if path.parent.name not in NOT_IN_DATABASE)
    files = [path for folder in folders for path in sorted(folder.rglob("*")) if path.suffix in KINDS]
    digest = hashlib.sha256(lock.read_bytes())
    for path in files:
        digest.update(f"\0{path.relative_to(root)}\0".encode() + path.read_bytes())
    return digest.hexdigest()


def stamp(postgres: Postgres) -> Path:
    """Inside the data folder: it cannot outlive the data it speaks of."""
    return postgres.data / "samverkan-prepared.json"


def up_to_date(postgres: Postgres | None) -> bool:
    """Never skipped for a database that is not ours; ours is asked what it has, whatever the stamp says."""
    if not postgres or not stamp(postgres).exists():
        return False
    try:
        noted = json.loads(stamp(postgres).read_text())
    except ValueError:
        return False
    return bool(noted == {"code": code(), "migrations": postgres.ask(MIGRATIONS)})


def forget(postgres: Postgres | None) -> None:
    if postgres:
        stamp(postgres).unlink(missing_ok=True)


def failed(name: str, output: str, log: Path) -> str:
    """The last line of a traceback says what; the rest is for the one who mends it."""
    if any(word in output.lower() for word in DISK_WORDS):
        return DISK_FULL
    last = (output.strip().splitlines() or ["inget svar"])[-1]
    return (
        f"manage.py {name} misslyckades: {last}\nHela felet står i {log}. "
        "Demodatabasen görs om från början med ./run reset; det som är inlagt i den försvinner då."
    )


def command(services: Services, log: Path, *arguments: str) -> str:
    """Run one of Django's commands, keep its words in the log, and leave with a sentence when it fails."""
    argv = [str(PYTHON), "manage.py", *arguments]
    done = subprocess.run(argv, cwd=ROOT, env=services.env, capture_output=True, text=True, errors="replace")
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("a") as file:
        file.write(f"$ manage.py {' '.join(arguments)}\n{done.stdout}{done.stderr}")
    if done.returncode:
        sys.exit(failed(arguments[0], done.stderr or done.stdout, log))
    return done.stdout


def schema(services: Services, var: Path) -> None:
    command(services, var / "log" / "prepare.log", "prepare_database")


def with_demo(services: Services, var: Path) -> None:
    """Schema, reference rows and demo data; the log-ins are kept for the last lines of a start."""
    if up_to_date(services.postgres) and (var / "logins.txt").exists():
        return
    forget(services.postgres)
    log = var / "log" / "prepare.log"
    log.unlink(missing_ok=True)
    print("Förbereder databasen …", flush=True)
    schema(services, var)
    print("Lägger in demodata …", flush=True)
    command(services, log, "demo")
    (var / "logins.txt").write_text(command(services, log, "demo", "--logins"))
    if services.postgres:
        facts = {"code": code(), "migrations": services.postgres.ask(MIGRATIONS)}
        stamp(services.postgres).write_text(json.dumps(facts))

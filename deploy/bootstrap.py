"""From a bare Python to the project's own environment. Standard library only: nothing is installed yet."""

import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from deploy import apt, pango
from deploy.failures import in_plain_words, require_space, run_or_explain
from deploy.places import LOCK, PYTHON, ROOT, UV_HOME, VENV

UV_LOCK = Path(__file__).with_name("uv.txt")
SYNCED = VENV / "synced.txt"
MEGABYTES_FOR_LIBRARIES = 900

USAGE = """Samverkan

  ./run [--port N] [--no-browser] [--verbose]   starta med demodata
  ./run test [--deep] [--ci] [pytest …]         alla prov; med sökväg eller flagga till pytest bara de proven
  ./run check                                   den del av proven som inte kör programmet
  ./run doctor                                  vad finns och vad saknas på den här maskinen
  ./run manage …                                Djangos kommandon, t.ex. ./run manage shell
  ./run bench NAMN …                            mätningar, t.ex. ./run bench access
  ./run reset [--yes]                           ta bort demodatabasen och börja om
  ./run vendor                                  hämta om filerna i static/vendor"""

MODULES = {
    "demo": "deploy.devstack",
    "test": "deploy.testing",
    "check": "deploy.testing",
    "doctor": "deploy.doctor",
    "manage": "deploy.manage",
    "bench": "deploy.bench",
    "reset": "deploy.reset",
    "vendor": "deploy.vendor",
}
WITHOUT_LIBRARIES = ("doctor", "reset")
WITH_PDF = ("demo", "test")


def wanted_uv() -> str:
    return re.search(r"uv==(\S+)", UV_LOCK.read_text())[1]  # type: ignore[index]


def fits(uv: str) -> bool:
    """The same minor version as the pinned one: an older or newer uv may read the lock in another way."""
    try:
        said = subprocess.run([uv, "--version"], capture_output=True, text=True).stdout.split()
    except OSError:
        return False
    return len(said) > 1 and said[1].rpartition(".")[0] == wanted_uv().rpartition(".")[0]


def has_pip() -> bool:
    return subprocess.run([sys.executable, "-m", "pip", "--version"], capture_output=True).returncode == 0


def make_venv(*options: str) -> bool:
    argv = [sys.executable, "-m", "venv", "--clear", *options, str(UV_HOME)]
    return subprocess.run(argv, capture_output=True).returncode == 0


def installer() -> list[str]:
    """The pip command that fills .uv/. A Debian may lack venv's own pip, or pip, or both, and PEP 668 holds always."""
    python = str(UV_HOME / "bin" / "python")
    if make_venv():
        return [python, "-m", "pip"]
    if has_pip() and make_venv("--without-pip"):
        return [sys.executable, "-m", "pip", "--python", python]
    if apt.install("python3-venv", "ca-certificates") and make_venv():
        return [python, "-m", "pip"]
    sys.exit(f"Python på den här maskinen saknar både venv och pip. Kör: {apt.command('python3-venv')}")


def uv() -> str:
    private, public = UV_HOME / "bin" / "uv", shutil.which("uv")
    if fits(str(private)):
        return str(private)
    if public and fits(public):
        return public
    print("Hämtar uv …", flush=True)
    pip = ["install", "--quiet", "--disable-pip-version-check", "--require-hashes", "-r", str(UV_LOCK)]
    run_or_explain([*installer(), *pip], "Att installera uv")
    return str(private)


def content(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def synced() -> bool:
    """True when .venv holds exactly the lock. The stamp is written last, so an interrupted sync leaves none."""
    return PYTHON.exists() and SYNCED.exists() and SYNCED.read_text() == content(LOCK)


def sync() -> None:
    if synced():
        return
    require_space(ROOT, MEGABYTES_FOR_LIBRARIES)
    program = uv()
    print("Hämtar biblioteken till .venv. Första gången kan det ta någon minut …", flush=True)
    SYNCED.unlink(missing_ok=True)
    env = os.environ | {"UV_PYTHON_DOWNLOADS": "never"}
    if not PYTHON.exists():
        run_or_explain([program, "venv", "--clear", "--python", sys.executable, str(VENV)], "Att skapa .venv", env)
    argv = [program, "pip", "sync", "--require-hashes", "--python", str(PYTHON), str(LOCK)]
    run_or_explain(argv, "Att installera biblioteken", env)
    SYNCED.write_text(content(LOCK))


def become(module: str, arguments: list[str]) -> None:
    """Replace this process, so that Ctrl-C and kill reach the right one."""
    python = str(PYTHON) if PYTHON.exists() else sys.executable
    os.chdir(ROOT)
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # meant for images; here it makes every start a slow one
    sys.stdout.flush()
    os.execv(python, [python, "-m", module, *arguments])


def main(arguments: list[str]) -> None:
    named = arguments and not arguments[0].startswith("-")
    command, rest = (arguments[0], arguments[1:]) if named else ("demo", arguments)
    if command == "help" or (command == "demo" and rest[:1] in (["-h"], ["--help"])):
        print(USAGE)
        return
    if command not in MODULES:
        sys.exit(f"Okänt kommando: {command}\n\n{USAGE}")
    with in_plain_words():
        if command not in WITHOUT_LIBRARIES:
            sync()
        if command in WITH_PDF:
            pango.ensure()
        become(MODULES[command], ["--static", *rest] if command == "check" else rest)

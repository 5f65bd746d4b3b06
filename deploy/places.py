"""Where things live on a developer's or a demo machine."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
UV_HOME = ROOT / ".uv"
LOCK = ROOT / "requirements" / "development.txt"
VAR = Path(os.environ.get("SAMVERKAN_VAR") or ROOT / ".var").absolute()

# All that a run may leave in VAR. ./run reset removes these by name: SAMVERKAN_VAR could point at any folder.
LEFT_IN_VAR = (
    "postgresql-*",
    "valkey",
    "log",
    "pids",
    "test",
    "bench",
    "bench-empty",
    "celerybeat*",
    "secrets.env",
    "logins.txt",
    "log-anchors.jsonl",
    "run.lock",
)


def tool(name: str) -> str:
    """A program of the project's own environment, such as gunicorn or ruff."""
    return str(VENV / "bin" / name)

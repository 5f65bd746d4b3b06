"""The secrets of a demo or a test: made once per folder, so that stored identity numbers stay readable."""

import base64
import os
import secrets
from pathlib import Path


def fresh() -> dict[str, str]:
    return {
        "SECRET_KEY": secrets.token_urlsafe(50),
        "IDENTITY_KEYS": "1:" + base64.b64encode(secrets.token_bytes(32)).decode(),
        "IDENTITY_INDEX_KEY": base64.b64encode(secrets.token_bytes(32)).decode(),
        "VALKEY_PASSWORD": secrets.token_urlsafe(24),
    }


def read(path: Path) -> dict[str, str]:
    lines = path.read_text().splitlines()
    return dict(line.split("=", 1) for line in lines if "=" in line)


def of_folder(var: Path) -> dict[str, str]:
    """Written whole or not at all, and readable for its owner only."""
    path = var / "secrets.env"
    if not path.exists():
        var.mkdir(parents=True, exist_ok=True)
        half = path.with_suffix(".half")
        half.unlink(missing_ok=True)
        with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.writelines(f"{name}={value}\n" for name, value in fresh().items())
        half.rename(path)
    return read(path)

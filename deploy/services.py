"""PostgreSQL and Valkey for as long as something needs them, and the environment that points Django at them."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from deploy import keys, leftovers
from deploy.failures import require_space
from deploy.postgres import Postgres
from deploy.valkey import Valkey

MEGABYTES_TO_START = 200


@dataclass
class Services:
    env: dict[str, str]
    postgres: Postgres | None  # None: DATABASE_URL was set, the database is somebody else's

    @property
    def urls(self) -> dict[str, str]:
        return {name: self.env[name] for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL")}


def given_database() -> dict[str, str]:
    url = os.environ["DATABASE_URL"]
    return {"DATABASE_URL": url, "DATABASE_OWNER_URL": os.environ.get("DATABASE_OWNER_URL", url)}


def environment_of(var: Path, noted: dict[str, str]) -> dict[str, str]:
    """The environment of an instance that runs already, from what it wrote in its lock."""
    secret = keys.of_folder(var)
    secret.pop("VALKEY_PASSWORD")
    return secret | os.environ | {name: value for name, value in noted.items() if name.isupper()}


@contextmanager
def services(var: Path, **settings: str) -> Iterator[Services]:
    """Call only with the folder's lock held. What the caller's own environment says wins over everything here."""
    var.mkdir(parents=True, exist_ok=True)
    require_space(var, MEGABYTES_TO_START)
    secret = keys.of_folder(var)
    postgres = Postgres(var, **settings)
    valkey = Valkey(var, secret.pop("VALKEY_PASSWORD"))
    leftovers.end_everything(var, postgres.data)
    database, queue = "DATABASE_URL" not in os.environ, "REDIS_URL" not in os.environ
    try:
        urls = {} if database else given_database()
        if queue:
            urls["REDIS_URL"] = valkey.start().url
        if database:
            postgres.start()
            urls["DATABASE_URL"] = postgres.url("samverkan_app")
            urls["DATABASE_OWNER_URL"] = postgres.url("samverkan_owner")
        yield Services(secret | os.environ | urls, postgres if database else None)
    finally:
        valkey.stop()
        postgres.stop()


def for_demo(address: str) -> dict[str, str]:
    """What makes a demo of it: plain http on this machine only, a mailbox in the product, log-in buttons."""
    origin = address.rstrip("/")
    return {
        "DEMO": "true",
        "PUBLIC_URL": origin,
        "ALLOWED_HOSTS": "localhost,127.0.0.1",
        "CSRF_TRUSTED_ORIGINS": f"{origin},{origin.replace('localhost', '127.0.0.1')}",
        "PYTHONUNBUFFERED": "1",
    }


def anchors_of(var: Path, found: Services) -> dict[str, str]:
    """Where the head of the log is written down. Only for our own database: another's log has anchors of its own."""
    return {"LOG_ANCHORS": str(var / "log-anchors.jsonl")} if found.postgres else {}

"""Which database role the measurement is for the moment: the application, or the owner who may load and explain."""

from contextlib import contextmanager
from urllib.parse import unquote, urlsplit

from django.db import connection
from environs import Env


def _become(role_url):
    parts = urlsplit(role_url)
    connection.close()
    connection.settings_dict["USER"] = unquote(parts.username or "")
    connection.settings_dict["PASSWORD"] = unquote(parts.password or "")


@contextmanager
def as_owner():
    """The same database as its owner, without the application's time limits."""
    options = connection.settings_dict["OPTIONS"]
    limits = options.pop("options", "")
    _become(Env().str("DATABASE_OWNER_URL"))
    try:
        yield
    finally:
        options["options"] = limits
        _become(Env().str("DATABASE_URL"))

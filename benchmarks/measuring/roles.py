"""Which database role the measurement is for the moment: the application, or the owner who may load and explain."""

from contextlib import contextmanager
from urllib.parse import unquote, urlsplit

from django.db import connection
from environs import Env


def become(name):
    """The role of the address that the environment calls so; nothing for the role that it is already."""
    parts = urlsplit(Env().str(name))
    if connection.settings_dict["USER"] == unquote(parts.username or ""):
        return
    connection.close()
    connection.settings_dict["USER"] = unquote(parts.username or "")
    connection.settings_dict["PASSWORD"] = unquote(parts.password or "")


class Sessions:
    """One warm connection for each role: a change of role opens none, and the plans of prepared statements last as
    they do in a server that answers all day."""

    def __init__(self):
        self.kept = {}

    def become(self, name):
        self.kept[connection.settings_dict["USER"]] = connection.connection
        connection.connection = None
        become(name)
        connection.connection = self.kept.get(connection.settings_dict["USER"])

    def close(self):
        connection.close()
        for session in filter(None, self.kept.values()):
            session.close()


@contextmanager
def as_owner():
    """The same database as its owner, without the application's time limits."""
    options = connection.settings_dict["OPTIONS"]
    limits = options.pop("options", "")
    become("DATABASE_OWNER_URL")
    try:
        yield
    finally:
        options["options"] = limits
        become("DATABASE_URL")

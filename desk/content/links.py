"""Addresses by name."""

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse

from accounts.models import Role


@dataclass(frozen=True)
class Link:
    label: str
    url: str
    primary: bool = False
    current: bool = False
    count: int | str | None = None


def address(name, *args):
    """None while the page is not built yet."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return None


def link(label, name, *args, **more):
    """None while the page is not built yet."""
    url = address(name, *args)
    return url and Link(label, url, **more)


def links(*found):
    return tuple(filter(None, found))


def register_link(gate):
    """For those who take in applications."""
    return gate.has_role(Role.INTAKE, Role.CASE_WORKER) and link("Registrera ansökan", "cases:register", primary=True)

"""Addresses by name."""

from dataclasses import dataclass

from django.urls import reverse

from accounts.models import Role


@dataclass(frozen=True)
class Link:
    label: str
    url: str
    primary: bool = False
    current: bool = False
    count: int | str | None = None


def address(name, *args):
    return reverse(name, args=args)


def link(label, name, *args, **more):
    return Link(label, address(name, *args), **more)


def links(*found):
    return tuple(filter(None, found))


def register_link(gate):
    """For those who take in applications."""
    return gate.has_role(Role.INTAKE, Role.CASE_WORKER) and link("Registrera ansökan", "cases:register", primary=True)

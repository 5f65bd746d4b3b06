"""Frozen dataclasses to JSON and back without loss."""

from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from types import NoneType, UnionType
from typing import get_args, get_origin, get_type_hints


def to_json(value):
    """Plain JSON values. Texts are made plain, so that a lazy translation is frozen in the words it had."""
    if is_dataclass(value):
        return {field.name: to_json(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [to_json(item) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    return value if value is None or isinstance(value, bool | int | float) else str(value)


def from_json(kind, raw):
    """The value of type `kind` that to_json made `raw` from."""
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        return kind(**{name: from_json(hints[name], item) for name, item in raw.items()})
    if isinstance(kind, UnionType):
        return None if raw is None else from_json(next(k for k in get_args(kind) if k is not NoneType), raw)
    if get_origin(kind) is tuple:
        return _tuple(get_args(kind), raw)
    if kind is date:
        return date.fromisoformat(raw)
    return kind(raw) if issubclass(kind, Enum) else raw


def _tuple(kinds, raw):
    if kinds[-1] is Ellipsis:
        return tuple(from_json(kinds[0], item) for item in raw)
    return tuple(from_json(kind, item) for kind, item in zip(kinds, raw, strict=True))

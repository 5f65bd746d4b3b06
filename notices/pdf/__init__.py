"""Tagged PDF (PDF/UA-1) from a template. The drawing engine is loaded when first needed: it takes a second."""

from functools import cache
from importlib import import_module

from django.template.loader import render_to_string
from django.utils import translation


class EngineMissing(Exception):
    """This machine cannot draw; the print view still works."""


@cache
def _engine():
    """None when Pango is missing: importing WeasyPrint raises OSError then."""
    try:
        return import_module("notices.pdf.engine")
    except OSError:
        return None


def available() -> bool:
    return _engine() is not None


def write(template: str, context: dict, *, lang: str = "sv") -> str:
    """The document as HTML: everything that asks the database happens here."""
    with translation.override(lang):
        return render_to_string(template, {**context, "lang": lang})


def draw(html: str) -> tuple[bytes, int]:
    """The PDF and its number of pages. Fetches nothing but our own static files."""
    engine = _engine()
    if engine is None:
        raise EngineMissing
    return engine.draw(html)


def render(template: str, context: dict, *, lang: str = "sv") -> tuple[bytes, int]:
    return draw(write(template, context, lang=lang))

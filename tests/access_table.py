"""tests/access.txt as a table."""

import re
from pathlib import Path

from tests.test_architecture import _own_routes

TABLE = Path(__file__).with_name("access.txt")
COLUMNS = ["anna", "bo", "withdrawn", "cilla", "ingrid", "karin", "petra", "sten", "lova", "adam", "nobody"]
METHODS = ["GET", "POST"]
ROUTES = {path: pattern for path, pattern in _own_routes() if not path.startswith("administration/")}


def _lines():
    return [line.split() for line in TABLE.read_text().splitlines() if line and not line.startswith("#")]


EXPECTED = {
    (path.replace("(start)", ""), method): dict(zip(COLUMNS, codes, strict=True)) for path, method, *codes in _lines()
}


def address_of(path, scene, ids=()):
    """The route with its parameters filled in from the scene, or from `ids`."""
    document = scene.documents["case" if "case_id" in path else "own"]
    values = scene.ids | {"document_id": document.pk} | dict(ids)
    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda match: str(values[match[1]]), path)

"""The only place that speaks to WeasyPrint: what it may fetch, and what it leaves out of the tags."""

from pathlib import Path
from urllib.parse import unquote, urlsplit

import pydyf
import weasyprint
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.exceptions import SuspiciousFileOperation
from django.utils._os import safe_join
from weasyprint.urls import URLFetcher, URLFetcherResponse

BASE = "https://dokument.invalid"
KINDS = {".css": "text/css", ".woff2": "font/woff2", ".svg": "image/svg+xml"}


class StaticFilesOnly(URLFetcher):
    """Denies everything (file:, data:, http:) but our own style sheets, fonts and drawings, read from disk."""

    def __init__(self):
        super().__init__(allowed_protocols=(), allow_redirects=False)

    def fetch(self, url, headers=None):
        path = _static_file(url)
        if path is None:
            raise ValueError("Dokument får bara hämta egna filer.")
        return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": KINDS[path.suffix]})


def _static_file(url):
    prefix = BASE + settings.STATIC_URL
    name = unquote(urlsplit(url).path)[len(settings.STATIC_URL) :]
    if not url.startswith(prefix) or Path(name).suffix not in KINDS:
        return None
    try:
        found = finders.find(name) or safe_join(settings.STATIC_ROOT, name)
    except SuspiciousFileOperation:
        return None
    return Path(found) if Path(found).is_file() else None


def scope_headers(document, pdf):
    """WeasyPrint tags header cells without /Scope; checkers of PDF/UA want it. Its ids are table-row-column."""
    for part in pdf.objects:
        if isinstance(part, pydyf.Dictionary) and part.get("S") == "/TH" and "ID" in part:
            row = int(part["ID"].string.split("-")[1])
            part.setdefault("A", pydyf.Dictionary({"O": "/Table"}))["Scope"] = "/Column" if row == 0 else "/Row"


def draw(html):
    document = weasyprint.HTML(string=html, base_url=BASE + "/", url_fetcher=StaticFilesOnly()).render(
        pdf_variant="pdf/ua-1"
    )
    return document.write_pdf(finisher=scope_headers, pdf_variant="pdf/ua-1"), len(document.pages)

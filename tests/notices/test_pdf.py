"""A PDF is tagged, titled and Swedish, and fetches nothing but our own files."""

import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import BytesIO

import pypdf
import pytest

from notices import pdf
from notices.pdf.engine import BASE, StaticFilesOnly

TABLE = (
    "<table><thead><tr><th>Vem</th><th>Vad</th></tr></thead><tbody><tr><th>AF</th><td>Plan</td></tr></tbody></table>"
)
CANARY = "KANARIE-HEMLIGT"


def page(body, head=""):
    return f'<!doctype html><html lang="sv"><head><title>Prov</title>{head}</head><body><h1>Rubrik</h1>{body}</body></html>'


def read(content):
    return pypdf.PdfReader(BytesIO(content))


def test_it_is_tagged_titled_and_says_its_language():
    content, pages = pdf.draw(page(TABLE))
    root = read(content).trailer["/Root"]
    assert (pages, root["/MarkInfo"]["/Marked"], root["/Lang"]) == (1, True, "sv")
    assert read(content).metadata.title == "Prov"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]


def test_header_cells_say_what_they_head():
    content, _ = pdf.draw(page(TABLE))
    reader = read(content)
    scopes = [
        obj["/A"]["/Scope"]
        for n in range(1, len(reader.xref[0]) + 50)
        if isinstance(obj := reader.get_object(n), dict) and obj.get("/S") == "/TH"
    ]
    assert sorted(scopes) == ["/Column", "/Column", "/Row"]


def test_our_own_style_sheet_and_font_are_used():
    content, _ = pdf.draw(page("<p>Text</p>", f'<link rel="stylesheet" href="{BASE}/static/css/document.css">'))
    fonts = read(content).pages[0]["/Resources"]["/Font"].values()
    assert any("Inter" in font.get_object()["/BaseFont"] for font in fonts)


@pytest.fixture
def listener():
    hits = []

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self):
            hits.append(self.path)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(CANARY.encode())

        def log_message(self, *args):
            return None

    server = HTTPServer(("127.0.0.1", 0), Answer)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", hits
    server.shutdown()
    thread.join()
    server.server_close()


PAYLOADS = [
    '<img src="{url}">',
    '<object data="{url}"></object>',
    '<embed src="{url}">',
    '<svg><image href="{url}"/></svg>',
    '<svg><use href="{url}#a"/></svg>',
    '<a rel="attachment" href="{url}">bilaga</a>',
    '<p style="background:url({url})">x</p>',
    '<p style="list-style-image:url({url});display:list-item">x</p>',
    '<p style="content:url({url})">x</p>',
]
HEADS = [
    '<link rel="attachment" href="{url}">',
    '<link rel="stylesheet" href="{url}">',
    "<style>@import url({url});</style>",
    "<style>@font-face{{font-family:X;src:url({url})}} h1{{font-family:X}}</style>",
    '<base href="{url}"><link rel="stylesheet" href="x.css">',
]


@pytest.mark.parametrize("payload", PAYLOADS + HEADS)
def test_nothing_else_is_fetched(payload, listener, tmp_path):
    address, hits = listener
    secret = tmp_path / "hemligt.css"
    secret.write_text(f"/* {CANARY} */ h1::after {{ content: '{CANARY}' }}")
    for url in (f"{address}/x", secret.as_uri(), f"{BASE}/static/../../etc/passwd", f"data:text/css,{CANARY}"):
        text = payload.format(url=url)
        html = page("", text) if payload in HEADS else page(text)
        content, _ = pdf.draw(html)
        reader = read(content)
        assert CANARY not in reader.pages[0].extract_text()
        assert not reader.attachments
    assert hits == []


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "data:text/plain,x",
        "http://127.0.0.1/static/css/document.css",
        f"{BASE}/static/../samverkan/settings.py",
        f"{BASE}/static/%2e%2e/%2e%2e/etc/passwd.css",
        f"{BASE}.example.org/static/css/document.css",
        f"{BASE}/static/css/finns-inte.css",
        f"{BASE}/static/js/print.js",
    ],
)
def test_the_fetcher_denies(url):
    with pytest.raises(ValueError, match="egna filer"):
        StaticFilesOnly().fetch(url)


def test_the_control_an_open_fetcher_does_fetch(monkeypatch, listener):
    """Without our fetcher the same page would have asked the listener."""
    address, hits = listener
    monkeypatch.setattr(StaticFilesOnly, "__init__", lambda self: super(StaticFilesOnly, self).__init__())
    monkeypatch.delattr(StaticFilesOnly, "fetch")
    pdf.draw(page("", f'<link rel="stylesheet" href="{address}/x">'))
    assert hits == ["/x"]


def test_without_pango_it_says_so(monkeypatch):
    def missing(name):
        raise OSError("cannot load library 'libpango'")

    pdf._engine.cache_clear()
    monkeypatch.setattr(pdf, "import_module", missing)
    try:
        assert not pdf.available()
        with pytest.raises(pdf.EngineMissing):
            pdf.draw(page(""))
    finally:
        pdf._engine.cache_clear()

"""A scanned form from outside: only PDF, PNG and JPEG, looked at rather than believed, images drawn anew."""

import re
import warnings
import zlib
from io import BytesIO
from typing import NamedTuple

from django.core.exceptions import ValidationError
from PIL import Image, ImageOps

MAX_BYTES = 10 * 1024 * 1024
MAX_PIXELS = 50_000_000
MAX_SIDE = 3500
MAX_INFLATED = 8 * 1024 * 1024
END_OF_FILE = 65_600

WRONG_KIND = "Filen går inte att läsa som PDF, PNG eller JPEG. Läs in blanketten igen eller ta ett foto av den."
TOO_LARGE = "Filen är större än 10 MB. Läs in den med lägre upplösning."
TOO_MANY_PIXELS = "Bilden är för stor. Läs in den med lägre upplösning."
EMPTY = "Filen är tom. Välj en annan."
ACTIVE = "PDF-filen innehåller mer än sidor, till exempel lösenord, skript eller bilagor. Läs in blanketten igen."

# What makes a PDF do something or hide something. Names may be written with #-codes, and inside object streams.
FORBIDDEN = re.compile(
    rb"/(JavaScript|Launch|EmbeddedFiles?|RichMedia|SubmitForm|ImportData|GoToE|GoToR|AcroForm|XFA|Encrypt|Movie|Sound)\b"
)
CODED = re.compile(rb"#([0-9A-Fa-f]{2})")
STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
OTHER_TONGUES = re.compile(rb"<(!doctype|html|script|svg|\?php)", re.IGNORECASE)
ZIP_END = b"PK\x05\x06"


class Scan(NamedTuple):
    content: bytes
    content_type: str


def read_scan(upload) -> Scan:
    """What may be kept of an uploaded file, or ValidationError. Its name and declared type are not asked."""
    if upload.size > MAX_BYTES:
        raise ValidationError(TOO_LARGE)
    content = upload.read(MAX_BYTES + 1)
    if not content:
        raise ValidationError(EMPTY)
    if content.startswith(b"%PDF-"):
        return Scan(_checked_pdf(content), "application/pdf")
    return _drawn_anew(content)


def _checked_pdf(content):
    if not content.rstrip(b"\0\t\n\r ").endswith(b"%%EOF") or OTHER_TONGUES.search(content[:1024]):
        raise ValidationError(WRONG_KIND)
    if ZIP_END in content[-END_OF_FILE:]:
        raise ValidationError(WRONG_KIND)
    if any(FORBIDDEN.search(_decoded(part)) for part in (content, *_object_streams(content))):
        raise ValidationError(ACTIVE)
    return content


def _decoded(part):
    return CODED.sub(lambda match: bytes([int(match[1], 16)]), part)


def _object_streams(content):
    """The objects that a PDF keeps compressed. What cannot be looked through is refused."""
    before = 0
    for stream in STREAM.finditer(content):
        told, before = _decoded(content[before : stream.start()]), stream.end()
        if b"/ObjStm" in told:
            yield _inflated(stream[1])


def _inflated(packed):
    inflater = zlib.decompressobj()
    try:
        objects = inflater.decompress(packed, MAX_INFLATED)
    except zlib.error:
        raise ValidationError(WRONG_KIND) from None
    if inflater.unconsumed_tail:
        raise ValidationError(TOO_LARGE)
    return objects


def _drawn_anew(content):
    """Only the picture goes on: no metadata, nothing hidden behind or inside it."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return _picture(content)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise ValidationError(TOO_MANY_PIXELS) from None
    except (OSError, SyntaxError, ValueError):
        raise ValidationError(WRONG_KIND) from None


def _picture(content):
    with Image.open(BytesIO(content), formats=["PNG", "JPEG"]) as image:
        if image.width * image.height > MAX_PIXELS:
            raise Image.DecompressionBombError
        kind = image.format or ""
        picture = ImageOps.exif_transpose(image).convert("L" if image.mode in ("1", "L") else "RGB")
    picture.thumbnail((MAX_SIDE, MAX_SIDE))
    alone = Image.new(picture.mode, picture.size)
    alone.paste(picture)
    drawn = BytesIO()
    alone.save(drawn, kind, optimize=True)
    return Scan(drawn.getvalue(), Image.MIME[kind])

"""A name drawn on the screen: a small black and white picture, drawn anew, and as lines for paper."""

import binascii
from base64 import b64decode
from io import BytesIO

from django.core.exceptions import ValidationError
from PIL import Image

PREFIX = "data:image/png;base64,"
WIDTH, HEIGHT = 900, 300
END = b"IEND\xaeB`\x82"
MAX_CHARACTERS = 200_000
FEWEST_DOTS = 150
NARROWEST = 30

UNREADABLE = "Underskriften gick inte att läsa. Rita om den, eller skriv namnet."
EMPTY = "Rutan är tom, eller bara en prick. Rita namnet, eller skriv det."


def read_drawing(data_url: str) -> bytes:
    """PNG in two colours from what the page's script sent, or ValidationError."""
    if not data_url.startswith(PREFIX) or len(data_url) > MAX_CHARACTERS:
        raise ValidationError(UNREADABLE)
    try:
        drawing = _two_colours(b64decode(data_url.removeprefix(PREFIX), validate=True))
    except (binascii.Error, OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        raise ValidationError(UNREADABLE) from None
    box = drawing.point(lambda light: 255 - light).getbbox()
    if box is None or box[2] - box[0] < NARROWEST or drawing.histogram()[0] < FEWEST_DOTS:
        raise ValidationError(EMPTY)
    kept = BytesIO()
    drawing.convert("1", dither=Image.Dither.NONE).save(kept, "PNG", optimize=True)
    return kept.getvalue()


def _two_colours(content):
    """Of exactly the size that our page draws in, so that nothing larger is ever unpacked."""
    with Image.open(BytesIO(content), formats=["PNG"]) as image:
        if image.size != (WIDTH, HEIGHT) or not content.endswith(END):
            raise ValueError("Not drawn on our page.")
        paper = Image.new("RGBA", image.size, "white")
        paper.alpha_composite(image.convert("RGBA"))
    return paper.convert("L").point(lambda light: 255 if light > 127 else 0)


def outline(png: bytes) -> str:
    """The black dots as an SVG path, row by row: a PDF of ours fetches no pictures."""
    with Image.open(BytesIO(png), formats=["PNG"]) as image:
        dots, (width, height) = image.convert("L").tobytes(), image.size
    strokes = []
    for y in range(height):
        row, x = dots[y * width : (y + 1) * width], 0
        while (x := row.find(b"\0", x)) != -1:
            end = row.find(b"\xff", x)
            end = width if end == -1 else end
            strokes.append(f"M{x} {y}h{end - x}v1H{x}z")
            x = end
    return "".join(strokes)

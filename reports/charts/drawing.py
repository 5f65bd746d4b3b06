"""The strokes that every chart is made of. Everything written is escaped."""

import re

from django.utils.html import format_html, format_html_join

INK, MUTED, LINE, CONTROL = "#1c2b33", "#5a6b75", "#dfe3e2", "#76868d"
FIRST, SECOND, PAPER = "#0b5563", "#7fb0b8", "#ffffff"
OUTLINE = "outline"


def svg(spec, height, drawn):
    """The picture with its title and description, which WeasyPrint turns into the PDF's alternative text."""
    if not re.fullmatch(r"[a-z][a-z0-9-]*", spec.chart_id):
        raise ValueError(f"{spec.chart_id!r} cannot be an id in the page.")
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="{id}-title {id}-desc" width="100%"'
        ' height="{height}" font-family="Inter, sans-serif" font-size="12">'
        '<title id="{id}-title">{title}</title><desc id="{id}-desc">{description}</desc>{drawn}</svg>',
        id=spec.chart_id,
        height=short(height),
        title=spec.title,
        description=spec.description,
        drawn=together(drawn),
    )


def together(parts):
    return format_html_join("", "{}", ((part,) for part in parts))


def short(length):
    """A length as an attribute: 12, 33.33."""
    return f"{length:.2f}".rstrip("0").rstrip(".")


def text(x, y, content, *, anchor="start", is_value=False, dx=0, size=12):
    return format_html(
        '<text x="{}%" y="{}" dx="{}" text-anchor="{}" font-size="{}" class="{}" fill="{}" font-weight="{}">{}</text>',
        *(short(x), short(y), dx, anchor, size),
        *(("chart-value", INK, 600) if is_value else ("chart-label", MUTED, 400)),
        content,
    )


def line(start, end, *, is_grid=False):
    css_class, colour, width = ("chart-grid", LINE, 1) if is_grid else ("chart-line", FIRST, 2.2)
    return format_html(
        '<line x1="{}%" y1="{}" x2="{}%" y2="{}" class="{}" stroke="{}" stroke-width="{}" stroke-linecap="round"/>',
        *(short(length) for length in (*start, *end)),
        *(css_class, colour, width),
    )


def dot(x, y):
    return format_html('<circle cx="{}%" cy="{}" r="3.6" class="chart-dot" fill="{}"/>', short(x), short(y), FIRST)


def bar(place, size, fill, chart_id):
    """fill: 0, 1, 2 for the parts (plain, hatched, dotted) or OUTLINE."""
    return _rect(("{}%", "{}%"), place, size, fill, chart_id)


def swatch(place, fill, chart_id):
    """A small sample of a fill, placed in pixels."""
    return _rect(("{}", "{}"), place, (11, 11), fill, chart_id)


def _rect(units, place, size, fill, chart_id):
    (x, y), (width, height) = place, size
    template = f'<rect x="{units[0]}" y="{{}}" width="{units[1]}" height="{{}}" rx="2" {{}}/>'
    return format_html(template, short(x), short(y), short(width), short(height), _paint(fill, chart_id))


def _paint(fill, chart_id):
    if fill == OUTLINE:
        return format_html('class="chart-axis" fill="none" stroke="{}"', CONTROL)
    if fill == 0:
        return format_html('class="chart-first" fill="{}"', FIRST)
    return format_html('fill="url(#{}-{})"', chart_id, ("hatch", "dots")[fill - 1])


def patterns(chart_id):
    """Parts differ by pattern, not by colour alone."""
    return format_html(
        '<defs><pattern id="{id}-hatch" width="6" height="6" patternUnits="userSpaceOnUse">'
        '<rect width="6" height="6" class="chart-second" fill="{second}"/>'
        '<path d="M-1 1 L1 -1 M0 6 L6 0 M5 7 L7 5" class="chart-hatch" stroke="{paper}" stroke-width="1.6"/></pattern>'
        '<pattern id="{id}-dots" width="6" height="6" patternUnits="userSpaceOnUse">'
        '<circle cx="3" cy="3" r="1.5" class="chart-dot" fill="{first}"/></pattern></defs>',
        id=chart_id,
        first=FIRST,
        second=SECOND,
        paper=PAPER,
    )

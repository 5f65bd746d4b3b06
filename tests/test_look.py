"""The look keeps its promises: readable in light and dark, nothing inline, every part explained."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
COMPONENTS = sorted((ROOT / "templates" / "components").glob("*.html"))
STYLES = sorted((ROOT / "static" / "css").glob("*.css"))
TOKENS = (ROOT / "static" / "css" / "tokens.css").read_text()
SPRITE = next((ROOT / "static" / "vendor").rglob("sprite.svg")).read_text()
ORGANISATIONS = ["social-services", "employment-service", "labour-market-unit", "social-insurance-agency"]
ORGANISATIONS += ["health-care", "school", "coordination-association", "neutral"]
STATES = ["ok", "warn", "bad"]


def colours(css):
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", css))


LIGHT = colours(TOKENS.split("@media screen")[0])
DARK = LIGHT | colours(TOKENS.split("@media screen")[1].split("@media print")[0])


def luminance(colour):
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    """WCAG 2.2, relative luminance."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def text_pairs():
    words = ["ink", "muted", "brand", "brand-ink", *STATES, *ORGANISATIONS]
    yield from ((word, ground) for word in words for ground in ("paper", "card", "sunk"))
    yield from ((word, f"{word}-soft") for word in (*STATES, "neutral"))
    yield from ((word, f"{state}-soft") for word in ("ink", "brand") for state in (*STATES, "brand"))
    yield from (("on-brand", "brand"), ("on-brand", "brand-ink"), ("card", "bad"))
    yield from ((word, "rail") for word in ("rail-ink", "rail-muted"))
    yield from (("rail-ink", ground) for ground in ("rail-current", "rail-badge"))


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
def test_text_stands_out_from_its_ground(scheme):
    assert [pair for pair in text_pairs() if contrast(*(scheme[name] for name in pair)) < 4.5] == []


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
def test_lines_of_controls_and_charts_stand_out_from_their_ground(scheme):
    pairs = [(line, ground) for line in ("control", "focus", "brand", *STATES) for ground in ("paper", "card")]
    pairs.append(("chart-second", "card"))
    assert [pair for pair in pairs if contrast(*(scheme[name] for name in pair)) < 3] == []


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT / "templates")))
def test_no_template_carries_style_or_script_inside_it(template):
    inline = re.compile(r"""<style|<script(?![^>]*\bsrc=)|\sstyle=["']|\son[a-z]+=["']|javascript:""", re.IGNORECASE)
    assert inline.findall(template.read_text()) == []


@pytest.mark.parametrize("component", COMPONENTS, ids=lambda path: path.stem)
def test_every_component_says_what_it_takes(component):
    assert "{% comment %}" in component.read_text()[:120]


def test_every_icon_that_is_asked_for_is_in_the_sprite():
    asked = {name for path in TEMPLATES for name in re.findall(r'icon.html" with name="([\w-]+)"', path.read_text())}
    assert asked
    assert {name for name in asked if f'id="{name}"' not in SPRITE} == set()


@pytest.mark.parametrize("style", STYLES, ids=lambda path: path.name)
def test_style_sheets_stay_small(style):
    assert len(style.read_text().splitlines()) <= 300

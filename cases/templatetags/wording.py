"""Dates that read like speech near today, and small words that every page shares. For Python and templates alike."""

from datetime import datetime, timedelta

from django import template
from django.utils import timezone
from django.utils.formats import date_format

from cases.rules import FEWEST_SHOWN

register = template.Library()

NEAR = {-1: "i går", 0: "i dag", 1: "i morgon"}


def swedish_day(value):
    """The day of a date, or of an instant as it is in Sweden."""
    return timezone.localdate(value) if isinstance(value, datetime) else value


@register.filter
def near_date(day):
    """ "i dag", "i morgon", "i går", "tis 24 november"; with the year when it is not this one. Empty for None."""
    if not day:
        return ""
    day, today = swedish_day(day), timezone.localdate()
    word = NEAR.get((day - today).days)
    return word or date_format(day, "D j F" if day.year == today.year else "j F Y").lower()


@register.filter
def short_date(day):
    """ "27 nov", or "27 nov 2027" when it is not this year. Empty for None."""
    if not day:
        return ""
    day = swedish_day(day)
    return date_format(day, "j M" if day.year == timezone.localdate().year else "j M Y").lower().replace(".", "")


@register.filter
def clock(instant):
    """ "09.00" in Swedish time."""
    return timezone.localtime(instant).strftime("%H.%M") if instant else ""


@register.filter
def near_instant(instant):
    """ "i dag 09.00", "tis 24 november 09.00"."""
    return f"{near_date(instant)} {clock(instant)}" if instant else ""


@register.filter
def days_left_text(days):
    """ "4 dagar kvar", "sista dagen i dag", "2 dagar för sent"."""
    if days == 0:
        return "sista dagen i dag"
    unit = "dag" if abs(days) == 1 else "dagar"
    return f"{days} {unit} kvar" if days > 0 else f"{-days} {unit} för sent"


@register.filter
def near_days(day):
    """How far away a day is: "i dag", "i morgon", "om 4 dagar", "för 3 dagar sedan"; a date when it is far off."""
    distance = (swedish_day(day) - timezone.localdate()).days
    if distance in NEAR or abs(distance) > 13:
        return near_date(day)
    return f"om {distance} dagar" if distance > 0 else f"för {-distance} dagar sedan"


@register.filter
def people(number):
    """ "12 personer", or "färre än 5 personer"."""
    return f"{number} personer" if number >= FEWEST_SHOWN else f"färre än {FEWEST_SHOWN} personer"


def joined(words, last="och"):
    """ "IFO, AF och AME"."""
    words = [str(word) for word in words]
    return f" {last} ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def soon(day, today, within=30):
    return day is not None and today <= day <= today + timedelta(days=within)

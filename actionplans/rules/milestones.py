"""How a delmål stands today, in the words of the card."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from actionplans.rules.values import MilestoneText

NEAR_FUTURE = timedelta(days=92)


class EditedMeanwhile(Exception):
    """Somebody saved another version first. `theirs` is the object as it stands now."""

    def __init__(self, theirs) -> None:
        super().__init__("Någon annan hann spara.")
        self.theirs = theirs


def is_far_away(due_on: date, today: date) -> bool:
    """More than about three months off: goals should be near and realistic (S87). A hint, never a refusal."""
    return due_on > today + NEAR_FUTURE


def check_done_on(done_on: date | None, today: date) -> None:
    if done_on is None:
        raise ValidationError({"done_on": _("Skriv vilken dag delmålet blev klart.")})
    if done_on > today:
        raise ValidationError({"done_on": _("Dagen då delmålet blev klart kan inte ligga i framtiden.")})


def status_tag(milestone: MilestoneText, today: date) -> tuple[str, str]:
    """(tone, word)."""
    if not milestone.is_open:
        return ("ok", _("Klart")) if milestone.is_done else ("neutral", _("Avslutat"))
    if milestone.due_on < today:
        return "bad", _("Försenat")
    if milestone.status == "ongoing":
        return "neutral", _("Pågår")
    if milestone.starts_on == today:
        return "warn", _("Börjar i dag")
    return ("warn", _("Skulle ha börjat")) if milestone.starts_on < today else ("neutral", _("Inte börjat"))


def line(milestone: MilestoneText, today: date) -> str:
    """By when, and how it is followed up."""
    if milestone.is_done:
        return _("klart %s") % near(milestone.done_on, today) if milestone.done_on else _("klart")
    if not milestone.is_open:
        return ""
    begins = milestone.status == "not_started" and milestone.starts_on > today
    words = [_("från %s") % near(milestone.starts_on, today)] if begins else []
    words.append(_("till %s") % near(milestone.due_on, today))
    span = " ".join(words)
    if not milestone.follow_up_how and milestone.follow_up_on is None:
        return span
    day = f" {near(milestone.follow_up_on, today)}" if milestone.follow_up_on else ""
    how = f" {milestone.follow_up_how}" if milestone.follow_up_how else ""
    return f"{span} · " + _("följs upp") + (f"{day}:{how}" if day and how else f"{day}{how}")


def near(day: date, today: date) -> str:
    """Without the year when it is this one."""
    return date_format(day, "j b" if day.year == today.year else "j b Y")


def genitive(name: str) -> str:
    """Aminas, Jonas, Max."""
    return name if name[-1:].lower() in "sxz" else f"{name}s"

"""A worker's bookable week, one day that differs, and an absence: fields and checks only."""

from datetime import time, timedelta

from django import forms
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from meetings.content.hours import PARTS, WORKDAYS
from meetings.rules import instant

WRONG_CLOCK = {"invalid": _("Skriv klockslaget så här: 09:00.")}
WRONG_DAY = {"required": _("Välj en dag."), "invalid": _("Skriv dagen så här: 2026-11-24.")}
NOBODY = ("", _("Ingen"))


def clock(**words):
    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    return forms.TimeField(required=False, widget=widget, error_messages=WRONG_CLOCK, **words)


def day(**words):
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(widget=widget, error_messages=WRONG_DAY, **words)


class WeekForm(forms.Form):
    """Two spans a day, such as before and after lunch."""

    valid_from = day(label=_("Gäller från och med"))
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for weekday in WORKDAYS:
            for part in PARTS:
                again = "" if part == 1 else _(", igen")
                for end, word in (("starts", _("från")), ("ends", _("till"))):
                    name = f"{weekday}_{part}_{end}"
                    self.fields[name] = clock(label=f"{WEEKDAYS[weekday]} {word}{again}".capitalize())

    @property
    def rows(self):
        """[(weekday, its four fields)] for the table."""
        names = [(part, end) for part in PARTS for end in ("starts", "ends")]
        return [(WEEKDAYS[n].capitalize(), [self[f"{n}_{part}_{end}"] for part, end in names]) for n in WORKDAYS]

    def clean(self):
        cleaned = super().clean()
        spans = [self._span(cleaned, weekday, part) for weekday in WORKDAYS for part in PARTS]
        for (_d, first, first_ends), (weekday, second, _e) in zip(spans[::2], spans[1::2], strict=True):
            if first and second and first_ends and second < first_ends:
                self.add_error(f"{weekday}_2_starts", _("Den andra tiden börjar innan den första är slut."))
        cleaned["spans"] = [span for span in spans if span[1] and span[2]]
        if not cleaned["spans"] and not self.errors:
            self.add_error(None, _("Skriv minst en tid. Är du borta skriver du frånvaro i stället."))
        if cleaned.get("valid_from") and cleaned["valid_from"] < timezone.localdate():
            self.add_error("valid_from", _("Dagen har redan varit. Välj i dag eller senare."))
        return cleaned

    def _span(self, cleaned, weekday, part):
        starts, ends = (cleaned.get(f"{weekday}_{part}_{end}") for end in ("starts", "ends"))
        if bool(starts) != bool(ends):
            self.add_error(f"{weekday}_{part}_{'ends' if starts else 'starts'}", _("Skriv både från och till."))
        elif starts and ends <= starts:
            self.add_error(f"{weekday}_{part}_ends", _("Tiden kan inte sluta innan den börjar."))
        return weekday, starts, ends


class OtherHoursForm(forms.Form):
    day = day(label=_("Dag"))
    starts = clock(label=_("Från"), help_text=_("Lämna båda tomma om du inte kan bokas alls den dagen."))
    ends = clock(label=_("Till"))

    def clean(self):
        cleaned = super().clean()
        starts, ends = cleaned.get("starts"), cleaned.get("ends")
        if bool(starts) != bool(ends):
            self.add_error("ends" if starts else "starts", _("Skriv både från och till, eller inget av dem."))
        elif starts and ends <= starts:
            self.add_error("ends", _("Tiden kan inte sluta innan den börjar."))
        if cleaned.get("day") and cleaned["day"] < timezone.localdate():
            self.add_error("day", _("Dagen har redan varit. Välj en dag framåt."))
        return cleaned


class AbsenceForm(forms.Form):
    """Whole days, or from and until a time of day. Why is nobody's business."""

    first = day(label=_("Borta från och med"))
    last = day(label=_("Till och med"))
    starts = clock(label=_("Från klockan"), help_text=_("Bara om det inte är hela dagar."))
    ends = clock(label=_("Till klockan"))
    substitute = forms.TypedChoiceField(label=_("Ersättare"), coerce=int, empty_value=None, required=False)

    def __init__(self, *args, colleagues, **kwargs):
        super().__init__(*args, **kwargs)
        self.colleagues = {colleague.pk: colleague for colleague in colleagues}
        self.fields["substitute"].choices = [NOBODY, *((pk, c.full_name) for pk, c in self.colleagues.items())]

    def clean(self):
        cleaned = super().clean()
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last:
            midnight = instant(last + timedelta(days=1), time())
            cleaned["starts_at"] = instant(first, cleaned.get("starts") or time())
            cleaned["ends_at"] = instant(last, cleaned["ends"]) if cleaned.get("ends") else midnight
            if cleaned["ends_at"] <= cleaned["starts_at"]:
                self.add_error("last", _("Frånvaron kan inte sluta innan den börjar."))
        return cleaned

    def absence(self):
        """What the use case takes."""
        cleaned = self.cleaned_data
        substitute = self.colleagues.get(cleaned["substitute"])
        return {"starts_at": cleaned["starts_at"], "ends_at": cleaned["ends_at"], "substitute": substitute}


class WorkerAbsenceForm(AbsenceForm):
    """The manager's: whose absence it is."""

    worker = forms.TypedChoiceField(
        label=_("Vem är borta?"), coerce=int, error_messages={"required": _("Välj vem som är borta.")}
    )
    field_order = ["worker"]

    def __init__(self, *args, workers, **kwargs):
        super().__init__(*args, **kwargs)
        self.workers = {worker.pk: worker for worker in workers}
        self.fields["worker"].choices = [("", _("Välj")), *((pk, w.full_name) for pk, w in self.workers.items())]

    def absence(self):
        return super().absence() | {"worker": self.workers[self.cleaned_data["worker"]]}

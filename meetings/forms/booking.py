"""Book, move and cancel: fields and checks only."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meetings.content.booking import ANY, GUEST_FIELDS
from meetings.models import Meeting, Participant
from meetings.rules import EARLIEST, LATEST, instant
from meetings.slots import Booking, Guest

DEFAULT_TALK = Meeting._meta.get_field("talk_minutes").default
EVERY = [("", _("Bara en gång")), (1, _("Varje vecka")), (2, _("Varannan vecka")), (4, _("Var fjärde vecka"))]
AS_WRITTEN = "kind form preparation_minutes talk_minutes feedback_minutes with_individual place".split()
AS_WRITTEN.append("video_link")


class BookingForm(forms.Form):
    """`choices` (content.BookingChoices) holds the people and things that may be chosen. `searching`: only free
    times are asked for, from the day if one is written."""

    kind = forms.ChoiceField(label=_("Vilket möte?"), choices=Meeting.Kind)
    day = forms.DateField(
        label=_("Dag"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Välj en dag."), "invalid": _("Skriv dagen så här: 2026-11-24.")},
    )
    clock = forms.TimeField(
        label=_("Klockan"),
        help_text=_("När förberedelsen börjar. Deltagaren kallas till samtalet, efter förberedelsen."),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"required": _("Välj ett klockslag."), "invalid": _("Skriv klockslaget så här: 09:00.")},
    )
    every = forms.TypedChoiceField(label=_("Upprepa"), coerce=int, empty_value=None, required=False, choices=EVERY)
    times = forms.IntegerField(
        label=_("Hur många gånger?"), min_value=2, max_value=12, required=False, help_text=_("Om det upprepas.")
    )
    preparation_minutes = forms.IntegerField(label=_("Förberedelse, minuter"), initial=15, min_value=0, max_value=240)
    talk_minutes = forms.IntegerField(
        label=_("Samtal, minuter"),
        initial=DEFAULT_TALK,
        min_value=5,
        max_value=240,
    )
    feedback_minutes = forms.IntegerField(label=_("Återkoppling, minuter"), initial=15, min_value=0, max_value=240)
    workers = forms.TypedMultipleChoiceField(
        label=_("Handläggare"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Välj minst en handläggare.")},
    )
    observers = forms.TypedMultipleChoiceField(
        label=_("Observatör"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Är med för att se hur metoden följs, och lämnar sin återkoppling utanför ärendet."),
    )
    with_individual = forms.BooleanField(required=False, initial=True)
    interpreter = forms.ChoiceField(label=_("Tolk"), required=False)
    form = forms.ChoiceField(label=_("Hur ses ni?"), choices=Meeting.Form, widget=forms.RadioSelect)
    room = forms.ChoiceField(label=_("Rum"), required=False)
    place = forms.CharField(
        label=_("Annan plats"), max_length=160, required=False, help_text=_("Om ni inte ses i ett av rummen.")
    )
    video_link = forms.URLField(label=_("Videolänk"), required=False, assume_scheme="https")

    def __init__(self, *args, choices, searching=False, **kwargs):
        super().__init__(*args, **kwargs)
        for number, guest in enumerate(GUEST_FIELDS, 1):
            name, email = _("Inbjuden %(number)s, namn"), _("Inbjuden %(number)s, e-post")
            self.fields[f"{guest}_name"] = forms.CharField(
                label=name % {"number": number}, max_length=120, required=False
            )
            self.fields[f"{guest}_email"] = forms.EmailField(label=email % {"number": number}, required=False)
        self.choices, self.searching = choices, searching
        self.fields["day"].required = self.fields["clock"].required = not searching
        self.fields["workers"].choices = self.fields["observers"].choices = choices.worker_labels
        self.fields["with_individual"].label = _("Kalla %(name)s") % {"name": choices.individual_name}
        any_room = [(ANY, _("Ett ledigt rum som passar"))] if choices.rooms else []
        language = choices.interpreter_language
        any_interpreter = [(ANY, _("En ledig tolk i %(language)s") % {"language": language})] if language else []
        self.fields["room"].choices = [("", _("Inget rum")), *any_room, *choices.room_labels]
        self.fields["interpreter"].choices = [("", _("Ingen tolk")), *any_interpreter, *choices.interpreter_labels]

    def clean(self):
        cleaned = super().clean()
        self._check_time(cleaned.get("day"), cleaned.get("clock"))
        self._check_place(cleaned.get("form"), cleaned)
        if cleaned.get("kind") == Meeting.Kind.FIRST and not cleaned.get("with_individual"):
            self.add_error("with_individual", _("Det första mötet är alltid med personen."))
        self._check_series(cleaned)
        if cleaned.get("workers") and set(cleaned["workers"]) <= set(cleaned.get("observers") or ()):
            self.add_error("observers", _("Någon måste hålla mötet. Välj en handläggare som inte är observatör."))
        self._check_guests(cleaned)
        return cleaned

    def _check_guests(self, cleaned):
        names = set()
        for guest in GUEST_FIELDS:
            name, email = cleaned.get(f"{guest}_name"), cleaned.get(f"{guest}_email")
            if email and not name:
                self.add_error(f"{guest}_name", _("Skriv vem e-postadressen hör till."))
            if name and name in names:
                self.add_error(f"{guest}_name", _("Namnet finns redan. Skriv till exempel var personen arbetar."))
            names.add(name)

    @property
    def guest_rows(self):
        return [(self[f"{guest}_name"], self[f"{guest}_email"]) for guest in GUEST_FIELDS]

    @property
    def has_guests(self):
        return any(name.value() or name.errors or email.errors for name, email in self.guest_rows)

    def _check_time(self, day, clock):
        if self.searching or not day or not clock:
            return
        if not EARLIEST <= clock <= LATEST:
            self.add_error("clock", _("Välj ett klockslag mellan 07.00 och 20.00."))
        elif instant(day, clock) <= timezone.now():
            self.add_error("day", _("Tiden har redan varit. Välj en tid framåt."))
        elif (day - timezone.localdate()).days > 366:
            self.add_error("day", _("Dagen ligger mer än ett år bort. Är årtalet rätt?"))

    def _check_series(self, cleaned):
        if not cleaned.get("every"):
            return
        if cleaned.get("kind") == Meeting.Kind.FIRST:
            self.add_error("every", _("Ett första möte upprepas inte. Välj ett annat slag av möte."))
        if not cleaned.get("times") and "times" not in self.errors:
            self.add_error("times", _("Skriv hur många gånger."))

    @property
    def repeats(self):
        """(weeks between, times), or None for a single meeting."""
        every = self.cleaned_data.get("every")
        return (every, self.cleaned_data["times"]) if every else None

    def _check_place(self, form, cleaned):
        if form in (Meeting.Form.ON_SITE, Meeting.Form.AT_PARTY) and not (cleaned.get("room") or cleaned.get("place")):
            self.add_error("room", _("Välj ett rum eller skriv en annan plats."))
        if form in (Meeting.Form.VIDEO, Meeting.Form.PHONE):
            cleaned["room"] = ""
        if cleaned.get("room") == ANY and not self.choices.fitting_rooms(_people(cleaned)):
            self.add_error("room", _("Inget rum har plats för alla och det som behövs. Välj ett rum själv."))
        if cleaned.get("interpreter") == ANY and not self.choices.fitting_interpreters:
            self.add_error("interpreter", _("Det finns ingen tolk i språket. Välj en annan tolk."))

    def booking(self):
        """What was asked for, with the rows behind the choices."""
        cleaned = self.cleaned_data
        return Booking(
            starts_at=self._starts_at(cleaned["day"], cleaned["clock"]),
            workers=tuple(self.choices.workers[pk] for pk in _workers(cleaned)),
            observers=tuple(self.choices.workers[pk] for pk in cleaned["observers"]),
            rooms=self._chosen("room", self.choices.rooms, self.choices.fitting_rooms(_people(cleaned))),
            interpreters=self._chosen("interpreter", self.choices.interpreters, self.choices.fitting_interpreters),
            guests=tuple(_guests(cleaned)),
            **{name: cleaned[name] for name in AS_WRITTEN},
        )

    def _starts_at(self, day, clock):
        return instant(day, clock or EARLIEST) if day else timezone.now()

    def _chosen(self, name, things, fitting):
        written = self.cleaned_data[name]
        if written == ANY:
            return tuple(fitting)
        return (things[int(written)],) if written else ()


class MoveForm(BookingForm):
    by = forms.ChoiceField(
        label=_("Vem ber om en ny tid?"),
        required=False,
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Varför flyttas mötet?"),
        max_length=200,
        help_text=_("Till exempel: deltagaren bad om en annan tid."),
        error_messages={"required": _("Skriv varför mötet flyttas.")},
    )

    def __init__(self, *args, askers, searching=False, **kwargs):
        super().__init__(*args, searching=searching, **kwargs)
        self.askers = askers
        self.fields["by"].choices = askers.choices
        self.fields["reason"].required = not searching
        del self.fields["every"], self.fields["times"]

    def why(self):
        return {"reason": self.cleaned_data["reason"], **self.askers.asked(self.cleaned_data["by"])}


class CancelForm(forms.Form):
    by = forms.ChoiceField(
        label=_("Vem ställer in?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Välj vem som ställer in mötet.")},
    )
    reason = forms.CharField(
        label=_("Varför?"), max_length=200, error_messages={"required": _("Skriv varför mötet ställs in.")}
    )
    rest = forms.BooleanField(label=_("Ställ in resten av serien också"), required=False)

    def __init__(self, *args, askers, in_series=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.askers = askers
        self.fields["by"].choices = askers.choices
        if not in_series:
            del self.fields["rest"]

    def why(self):
        return {"reason": self.cleaned_data["reason"], **self.askers.asked(self.cleaned_data["by"])}


class ReplyForm(forms.Form):
    reply = forms.ChoiceField(choices=Participant.Reply)


class SubstituteForm(forms.Form):
    worker = forms.IntegerField()


class AnswerForm(forms.Form):
    """By the person themselves: one of the three."""

    reply = forms.ChoiceField(choices=[(r, r.label) for r in Participant.Reply if r != Participant.Reply.NONE])


class ChooseForm(forms.Form):
    """Which of the times suit, or none of them. `codes`: those that can be chosen."""

    suits = forms.MultipleChoiceField(required=False)
    none = forms.BooleanField(required=False)

    def __init__(self, *args, codes, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["suits"].choices = [(code, code) for code in codes]

    def clean(self):
        cleaned = super().clean()
        if bool(cleaned.get("suits")) == bool(cleaned.get("none")):
            self.add_error(None, _("Markera de tider som passar, eller att ingen av dem gör det."))
        return cleaned


def _workers(cleaned):
    """With those who observe, each once."""
    return list(dict.fromkeys([*(cleaned.get("workers") or ()), *(cleaned.get("observers") or ())]))


def _people(cleaned):
    """How many will sit in the room."""
    others = [cleaned.get("with_individual"), cleaned.get("interpreter"), *_guests(cleaned)]
    return len(_workers(cleaned)) + sum(map(bool, others))


def _guests(cleaned):
    for guest in GUEST_FIELDS:
        if name := cleaned.get(f"{guest}_name"):
            yield Guest(name, cleaned.get(f"{guest}_email", ""))

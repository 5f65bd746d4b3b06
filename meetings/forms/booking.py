"""Book, move and cancel: fields and checks only."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meetings.models import Meeting, Participant
from meetings.rules import EARLIEST, LATEST, instant
from meetings.slots import Booking

DEFAULT_TALK = Meeting._meta.get_field("talk_minutes").default


class BookingForm(forms.Form):
    """`choices` (content.BookingChoices) holds the people and things that may be chosen."""

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
    with_individual = forms.BooleanField(required=False, initial=True)
    interpreter = forms.TypedChoiceField(label=_("Tolk"), coerce=int, empty_value=None, required=False)
    form = forms.ChoiceField(label=_("Hur ses ni?"), choices=Meeting.Form, widget=forms.RadioSelect)
    room = forms.TypedChoiceField(label=_("Rum"), coerce=int, empty_value=None, required=False)
    place = forms.CharField(
        label=_("Annan plats"), max_length=160, required=False, help_text=_("Om ni inte ses i ett av rummen.")
    )
    video_link = forms.URLField(label=_("Videolänk"), required=False, assume_scheme="https")
    other_name = forms.CharField(
        label=_("Någon annan som ska vara med"),
        max_length=120,
        required=False,
        help_text=_("Till exempel en stödperson som deltagaren har valt."),
    )
    other_email = forms.EmailField(label=_("Den personens e-post"), required=False)

    def __init__(self, *args, choices, **kwargs):
        super().__init__(*args, **kwargs)
        self.choices = choices
        self.fields["workers"].choices = [(pk, _worker_label(worker)) for pk, worker in choices.workers.items()]
        self.fields["with_individual"].label = _("Kalla %(name)s") % {"name": choices.individual_name}
        self.fields["room"].choices = [("", _("Inget rum")), *choices.room_labels]
        self.fields["interpreter"].choices = [("", _("Ingen tolk")), *choices.interpreter_labels]

    def clean(self):
        cleaned = super().clean()
        self._check_time(cleaned.get("day"), cleaned.get("clock"))
        self._check_place(cleaned.get("form"), cleaned)
        if cleaned.get("kind") == Meeting.Kind.FIRST and not cleaned.get("with_individual"):
            self.add_error("with_individual", _("Det första mötet är alltid med personen."))
        if cleaned.get("other_email") and not cleaned.get("other_name"):
            self.add_error("other_name", _("Skriv vem e-postadressen hör till."))
        return cleaned

    def _check_time(self, day, clock):
        if not day or not clock:
            return
        if not EARLIEST <= clock <= LATEST:
            self.add_error("clock", _("Välj ett klockslag mellan 07.00 och 20.00."))
        elif instant(day, clock) <= timezone.now():
            self.add_error("day", _("Tiden har redan varit. Välj en tid framåt."))
        elif (day - timezone.localdate()).days > 366:
            self.add_error("day", _("Dagen ligger mer än ett år bort. Är årtalet rätt?"))

    def _check_place(self, form, cleaned):
        if form in (Meeting.Form.ON_SITE, Meeting.Form.AT_PARTY) and not (cleaned.get("room") or cleaned.get("place")):
            self.add_error("room", _("Välj ett rum eller skriv en annan plats."))
        if form in (Meeting.Form.VIDEO, Meeting.Form.PHONE):
            cleaned["room"] = None

    def booking(self):
        """What was asked for, with the rows behind the choices."""
        cleaned = dict(self.cleaned_data)
        starts_at = instant(cleaned.pop("day"), cleaned.pop("clock"))
        workers = tuple(self.choices.workers[pk] for pk in cleaned.pop("workers"))
        room = self.choices.rooms.get(cleaned.pop("room"))
        interpreter = self.choices.interpreters.get(cleaned.pop("interpreter"))
        cleaned.pop("reason", None)
        return Booking(starts_at=starts_at, workers=workers, room=room, interpreter=interpreter, **cleaned)


class MoveForm(BookingForm):
    reason = forms.CharField(
        label=_("Varför flyttas mötet?"),
        max_length=200,
        help_text=_("Till exempel: deltagaren bad om en annan tid."),
        error_messages={"required": _("Skriv varför mötet flyttas.")},
    )


class CancelForm(forms.Form):
    by = forms.ChoiceField(
        label=_("Vem ställer in?"),
        choices=[
            (Meeting.Outcome.CANCELLED_BY_PERSON, _("Deltagaren")),
            (Meeting.Outcome.CANCELLED_BY_PARTY, _("Någon av oss")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Välj vem som ställer in mötet.")},
    )
    reason = forms.CharField(
        label=_("Varför?"), max_length=200, error_messages={"required": _("Skriv varför mötet ställs in.")}
    )


class ReplyForm(forms.Form):
    reply = forms.ChoiceField(choices=Participant.Reply)


class AnswerForm(forms.Form):
    """By the person themselves: one of the three."""

    reply = forms.ChoiceField(choices=[(r, r.label) for r in Participant.Reply if r != Participant.Reply.NONE])


def _worker_label(worker):
    return f"{worker.full_name}, {worker.organisation.short_name}"

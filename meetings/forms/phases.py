"""Prepare, hold and look back: fields and checks only."""

from django import forms
from django.utils.translation import gettext_lazy as _

from actionplans.models import Milestone
from meetings.models import ConsentConfirmation, Meeting, MeetingPhase, MilestoneReview, Preparation

WAY = MilestoneReview.Way

SHEET = [
    "own_questions",
    "since_plan",
    "situation",
    "difficulties",
    "possibilities",
    "goals",
    "not_raised",
    "access_arranged",
]
MANDATORY = ["leader", "timekeeper", "aim"]
HELP = {
    "since_plan": _("Vad har hänt sedan ni sågs sist?"),
    "own_questions": _("Det som personen själv vill ta upp. Börja samtalet med dem."),
    "not_raised": _("Det som ni är överens om att inte ta upp i dag."),
}


class PreparationForm(forms.Form):
    """`participants` are those at the meeting; a line for each tells what they answer for (S38). Who leads, who
    keeps time and what is to be reached are mandatory unless it is saved as a draft (S59)."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    leader = forms.TypedChoiceField(
        label=_("Leder samtalet"),
        coerce=int,
        empty_value=None,
        error_messages={"required": _("Välj vem som leder samtalet.")},
    )
    timekeeper = forms.TypedChoiceField(
        label=_("Håller tiden"),
        coerce=int,
        empty_value=None,
        error_messages={"required": _("Välj vem som håller tiden.")},
    )
    aim = forms.CharField(
        label=_("Ska uppnås"), max_length=200, error_messages={"required": _("Skriv vad ni ska uppnå.")}
    )

    def __init__(self, *args, participants, must_arrange=False, **kwargs):
        super().__init__(*args, **kwargs)
        is_draft = self.is_bound and "ready" not in self.data
        for name in MANDATORY:
            self.fields[name].required = not is_draft
        self.participants = {p.pk: p for p in participants if p.role != p.Role.INTERPRETER}
        workers = [("", _("Välj"))] + [(p.user_id, p.name) for p in participants if p.user_id]
        self.fields["leader"].choices = self.fields["timekeeper"].choices = workers
        for name in SHEET:
            field = Preparation._meta.get_field(name)
            self.fields[name] = forms.CharField(
                label=field.verbose_name.capitalize(),
                help_text=HELP.get(name, ""),
                widget=forms.Textarea(attrs={"rows": 3}),
                max_length=4000,
                required=False,
            )
        arranged = self.fields["access_arranged"]
        arranged.required = must_arrange and not is_draft
        arranged.error_messages["required"] = _("Skriv hur tolk, hjälpmedel och lokal är ordnade.")
        for pk, participant in self.participants.items():
            label = _("%(name)s svarar för") % {"name": participant.name}
            self.fields[f"answers_{pk}"] = forms.CharField(label=label, max_length=200, required=False)

    @property
    def sheet(self):
        return {name: self.cleaned_data[name] for name in SHEET}

    @property
    def roles(self):
        """Column → value of the three mandatory fields."""
        cleaned = self.cleaned_data
        return {"leader_id": cleaned["leader"], "timekeeper_id": cleaned["timekeeper"], "aim": cleaned["aim"]}

    @property
    def responsibilities(self):
        return {pk: self.cleaned_data[f"answers_{pk}"] for pk in self.participants}

    @property
    def sheet_fields(self):
        return [self[name] for name in SHEET]

    @property
    def answer_fields(self):
        return [self[f"answers_{pk}"] for pk in self.participants]

    def as_text(self):
        """Everything that was typed, for the page that shows two texts side by side."""
        named = ((self.fields[name].label, self.cleaned_data.get(name)) for name in ("aim", *SHEET))
        return "\n".join(f"{label}: {text}" for label, text in named if text)


class PhaseForm(forms.Form):
    phase = forms.ChoiceField(choices=MeetingPhase.Phase)
    act = forms.ChoiceField(choices=[("start", _("starta")), ("end", _("avsluta"))])


class ConsentForm(forms.Form):
    answer = forms.ChoiceField(
        label=_("Vad svarar personen?"),
        choices=[
            (ConsentConfirmation.Answer.CONFIRMED, _("Ja, samtycket gäller")),
            (ConsentConfirmation.Answer.THIS_MEETING, _("Ja, men bara för det här mötet")),
            (ConsentConfirmation.Answer.DECLINED, _("Nej")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Välj det personen svarade.")},
    )


class TalkReviewForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    happened = forms.CharField(
        label=_("Vad har hänt sedan sist?"),
        max_length=300,
        error_messages={"required": _("Skriv kort vad som har hänt.")},
    )
    way = forms.ChoiceField(
        label=_("Hur går det vidare?"),
        choices=[
            (WAY.CONTINUES, _("Fortsätter som planerat")),
            (WAY.REACHED, _("Delmålet är nått")),
            (WAY.CHANGED, _("Ändras, vi skriver om det nu")),
            (WAY.ENDED, _("Avslutas utan att nås")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Välj hur det går vidare.")},
    )
    end_reason = forms.ChoiceField(
        label=_("Varför avslutas det?"),
        choices=[("", _("Välj en anledning")), *Milestone.EndReason.choices],
        required=False,
        help_text=_("Fyll i när delmålet avslutas utan att nås."),
    )

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("way") == WAY.ENDED and not cleaned.get("end_reason"):
            self.add_error("end_reason", _("Välj varför delmålet avslutas."))
        return cleaned


class DecisionForm(forms.Form):
    text = forms.CharField(
        label=_("Nytt beslut"), max_length=300, error_messages={"required": _("Skriv vad ni bestämde.")}
    )
    acknowledged = forms.BooleanField(label=_("Personen står bakom beslutet"), required=False)


class OutcomeForm(forms.Form):
    outcome = forms.ChoiceField(
        label=_("Hur gick det?"),
        choices=[(o.value, o.label.capitalize()) for o in Meeting.Outcome if not o.startswith("cancelled")],
        widget=forms.RadioSelect,
        error_messages={"required": _("Välj hur det gick.")},
    )
    person_informed = forms.BooleanField(
        label=_("Personen visste om mötet"),
        help_text=_("Behövs om mötet hölls utan personen."),
        required=False,
    )
    attended = forms.TypedMultipleChoiceField(
        label=_("Vilka av er var med?"), coerce=int, widget=forms.CheckboxSelectMultiple, required=False
    )
    not_reviewed = forms.CharField(label=_("Varför gicks inte alla delmål igenom?"), max_length=200, required=False)
    minutes_late = forms.IntegerField(
        label=_("Kom personen senare? Hur många minuter?"),
        help_text=_("Lämna tomt om personen kom i tid. Bara för att kunna välja bättre tider."),
        min_value=1,
        max_value=240,
        required=False,
        error_messages={"max_value": _("Skriv högst 240 minuter."), "min_value": _("Skriv minst en minut.")},
    )
    plan_brought = forms.TypedChoiceField(
        label=_("Hade personen planen med sig?"),
        help_text=_("Bara för att veta om utskriften kommer till nytta."),
        choices=[("", _("Vet inte")), ("yes", _("Ja")), ("no", _("Nej"))],
        coerce=lambda value: value == "yes",
        empty_value=None,
        required=False,
    )

    def __init__(self, *args, participants, left=(), **kwargs):
        """`left`: the open delmål that were not gone through."""
        super().__init__(*args, **kwargs)
        if left:
            self.fields["not_reviewed"].help_text = _("Kvar: %(left)s") % {"left": ", ".join(left)}
        else:
            del self.fields["not_reviewed"]
        self.fields["attended"].choices = [(p.pk, p.name) for p in participants if p.role != p.Role.INDIVIDUAL]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("outcome") == Meeting.Outcome.HELD_WITHOUT_PERSON and not cleaned.get("person_informed"):
            self.add_error(
                "person_informed", _("Ett möte om en person som inte vet om det kan inte skrivas som hållet.")
            )
        return cleaned

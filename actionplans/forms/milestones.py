"""A delmål: what, who, with whom, by when, how it is followed up, and what must be in place first."""

from django import forms
from django.utils.translation import gettext_lazy as _

from actionplans.forms.fields import DayField, choice
from actionplans.models import Milestone

SELF = "individual"
ASSISTANCE = ("for_assistance", "decision_number", "decided_on")
CONDITION = ("condition", "remover", "met_on", *ASSISTANCE)
PLAIN = ("text", "with_individual", "with_others", "starts_on", "due_on", "follow_up_how", "follow_up_on", "version")


class MilestoneForm(forms.Form):
    """`workers`: who may be responsible. `parties`: organisations. `hidden`: fields this reader may not write."""

    text = forms.CharField(
        label=_("Vad ska hända?"), max_length=200, error_messages={"required": _("Skriv vad som ska hända.")}
    )
    with_individual = forms.BooleanField(required=False)
    with_organisations = forms.TypedMultipleChoiceField(
        label=_("Tillsammans med"), widget=forms.CheckboxSelectMultiple, required=False
    )
    with_others = forms.CharField(
        label=_("Andra som är med"),
        max_length=120,
        required=False,
        help_text=_("Till exempel Komvux eller en anhörig."),
    )
    starts_on = DayField(label=_("Börjar"), missing=_("Skriv när delmålet börjar."))
    due_on = DayField(
        label=_("Klart senast"),
        missing=_("Skriv när delmålet ska vara klart."),
        help_text=_("Helst inom tre månader. Dela upp det som ligger längre bort."),
    )
    follow_up_how = forms.CharField(
        label=_("Hur följer vi upp?"),
        max_length=120,
        initial=_("i nästa möte"),
        help_text=_("Till exempel: i nästa möte, telefonsamtal, besök på arbetsplatsen."),
        error_messages={"required": _("Skriv hur delmålet ska följas upp.")},
    )
    follow_up_on = DayField(label=_("Följs upp den"), required=False, help_text=_("Lämna tomt om det är i nästa möte."))
    condition = forms.CharField(
        label=_("Vad måste vara på plats först?"),
        max_length=200,
        required=False,
        help_text=_("Till exempel barnomsorg, intyg eller plats. Lämna tomt om inget behövs."),
    )
    met_on = DayField(label=_("På plats den"), required=False)
    for_assistance = forms.BooleanField(
        label=_("Är ett villkor för försörjningsstöd"),
        required=False,
        help_text=_("Hänvisa bara till nämndens beslut. Beslutet finns i nämndens eget system."),
    )
    decision_number = forms.CharField(label=_("Nämndens beslutsnummer"), max_length=40, required=False)
    decided_on = DayField(label=_("Beslutsdatum"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, given_name, workers, parties, hidden=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["responsible"] = forms.ChoiceField(
            label=_("Vem ansvarar?"),
            choices=[("", _("Välj en ansvarig")), (SELF, _("%s själv") % given_name), *_by_organisation(workers)],
            error_messages={"required": _("Välj vem som ansvarar: personen själv eller en handläggare.")},
        )
        self.fields["with_individual"].label = _("%s är med") % given_name
        self.organisations = {str(o.pk): o for o in parties}
        self.workers = {str(w.pk): w for w in workers}
        self.fields["with_organisations"].choices = [(pk, o.short_name) for pk, o in self.organisations.items()]
        self.fields["with_organisations"].coerce = self.organisations.get
        self.fields["remover"] = choice(parties, label=_("Vem ordnar det?"), empty=_("Inte bestämt"))
        for name in hidden:
            del self.fields[name]

    def clean(self):
        found = super().clean()
        start, due, follow_up = (found.get(name) for name in ("starts_on", "due_on", "follow_up_on"))
        if start and due and due < start:
            self.add_error("due_on", _("Delmålet kan inte vara klart innan det börjar."))
        if start and follow_up and follow_up < start:
            self.add_error("follow_up_on", _("Uppföljningen kan inte ligga före dagen då delmålet börjar."))
        if "condition" in self.fields:
            self._check_condition(found)
        return found

    def _check_condition(self, found):
        if not found.get("condition") and any(found.get(name) for name in CONDITION):
            self.add_error("condition", _("Skriv vad som måste vara på plats först."))
        if found.get("for_assistance"):
            if not found.get("decision_number"):
                self.add_error("decision_number", _("Skriv numret på nämndens beslut."))
            if not found.get("decided_on") and "decided_on" not in self.errors:
                self.add_error("decided_on", _("Skriv nämndens beslutsdatum."))

    def words(self) -> dict:
        """For add_milestone and edit_milestone. `condition` is None when it could not be seen."""
        found = {name: value for name, value in self.cleaned_data.items() if name not in (*CONDITION, "version")}
        responsible = self.workers.get(found.pop("responsible"))
        organisations = [o for o in found["with_organisations"] if not responsible or o != responsible.organisation]
        shown = [name for name in CONDITION if name in self.fields and name != "condition"]
        condition = (
            {"text": self.cleaned_data["condition"]} | {name: self.cleaned_data[name] for name in shown}
            if ("condition" in self.fields)
            else None
        )
        found["with_individual"] = found["with_individual"] and responsible is not None
        return {**found, "responsible_user": responsible, "with_organisations": organisations, "condition": condition}


class ReviewForm(forms.Form):
    status = forms.ChoiceField(
        label=_("Hur går det?"),
        choices=[(value, label.capitalize()) for value, label in Milestone.Status.choices],
        widget=forms.RadioSelect,
        error_messages={"required": _("Välj hur det går.")},
    )
    done_on = DayField(label=_("Klart den"), required=False, help_text=_("Fyll i när delmålet är klart."))
    end_reason = forms.ChoiceField(
        label=_("Varför avslutas det?"),
        choices=[("", _("Välj en anledning")), *Milestone.EndReason.choices],
        required=False,
        help_text=_("Fyll i när delmålet avslutas utan att nås."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today

    def clean(self):
        found = super().clean()
        done_on, status = found.get("done_on"), found.get("status")
        if status == Milestone.Status.DONE and "done_on" not in self.errors:
            if done_on is None:
                self.add_error("done_on", _("Skriv vilken dag delmålet blev klart."))
            elif done_on > self.today:
                self.add_error("done_on", _("Dagen då delmålet blev klart kan inte ligga i framtiden."))
        if status == Milestone.Status.ENDED and not found.get("end_reason"):
            self.add_error("end_reason", _("Välj varför delmålet avslutades."))
        return found


def _by_organisation(workers) -> list:
    groups: dict[str, list] = {}
    for worker in workers:
        groups.setdefault(worker.organisation.short_name, []).append((str(worker.pk), worker.full_name))
    return list(groups.items())


def milestone_words(milestone) -> dict:
    """What the form shows of a saved delmål."""
    condition = getattr(milestone, "condition", None)
    words = {name: getattr(milestone, name) for name in PLAIN} | {
        "responsible": SELF if milestone.by_individual else milestone.responsible_user_id,
        "with_organisations": [o.pk for o in milestone.with_organisations.all()],
    }
    if condition is None:
        return words
    names = ("met_on", *ASSISTANCE)
    shown = {name: getattr(condition, name) for name in names}
    return words | shown | {"condition": condition.text, "remover": condition.remover_id}

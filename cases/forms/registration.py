"""A new application: first only the number, then the rest."""

from crispy_forms.layout import HTML
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cases.forms.fields import DayField, refuse_future
from cases.forms.people import (
    Folded,
    PersonForm,
    bare_helper,
    contact_section,
    language_section,
    pair,
    person_section,
    section,
)
from cases.identity import MESSAGES, IdentityKind, age_on, parse
from cases.models import Application, Household, Priority, TargetGroup
from cases.rules import computed_target_groups, priority_class, whole_months

TEMPORARY = IdentityKind.LOCAL_TEMPORARY
LONG_AGO_DAYS = 60
OLDEST_YEARS = 10
CASE_FACTS = ["origin", "seeks_work", "on_assistance", "assistance_since", "unemployed_since"]
IN_FUTURE = _("Datumet ligger i framtiden. I dag är det %(today)s.")
GROUPS_HELP = _(
    "Kryssa bara i det som personen själv har berättat och som behövs för stödet. Barnfamilj och ungdom 20–24 år"
    " räknas ut. Uppgifter som säger något om hälsa eller bakgrund visas bara för er, och för andra bara om"
    " samtycket gäller hälsa. De går aldrig att söka på."
)


class NumberForm(forms.Form):
    """`identity` is the number once it is read; a temporary number has to be asked for."""

    kind = forms.ChoiceField(
        label=_("Vad har personen för nummer?"),
        choices=[("national", _("Personnummer eller samordningsnummer")), (TEMPORARY, _("Tillfälligt nummer"))],
        widget=forms.RadioSelect,
        initial="national",
    )
    number = forms.CharField(
        label=_("Nummer"),
        help_text=_(
            "Till exempel 19920311-2391. Ett tillfälligt nummer skrivs som den som gav ut det har skrivit det."
        ),
        error_messages={"required": MESSAGES["empty"]},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "class": "input-short"}),
    )

    def __init__(self, *args, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today

    def clean(self):
        written = super().clean()
        if "number" in written:
            try:
                kind = TEMPORARY if written.get("kind") == TEMPORARY else None
                written["identity"] = parse(written["number"], today=self.today, kind=kind)
            except ValidationError as error:
                self.add_error("number", error)
        return written


class RegistrationForm(PersonForm):
    """Everything about the application but the number. `birth_date` None: not known from the number."""

    received_on = DayField(
        label=_("Ansökan kom in"),
        help_text=_("Dagen då ansökan kom till er, inte dagen då du skriver in den."),
        empty=_("Skriv datumet då ansökan kom in, till exempel 2026-11-11."),
    )
    old_date_is_right = forms.BooleanField(label=_("Ansökan kom in så långt tillbaka"), required=False)
    pes_registered_on = DayField(
        label=_("Anmäld på Arbetsförmedlingen"),
        required=False,
        help_text=_("Klockan för första mötet startar den dag som kom först."),
    )
    municipality = forms.ChoiceField(label=_("Kommun"), error_messages={"required": _("Välj kommun.")})
    unit = forms.TypedChoiceField(label=_("Enhet"), coerce=int, error_messages={"required": _("Välj enhet.")})
    origin = forms.ChoiceField(
        label=_("Nytt eller känt"),
        choices=[
            (Application.Origin.NEW, _("Nytt: personen är inte känd hos parterna")),
            (Application.Origin.KNOWN, _("Tidigare känt hos någon av parterna")),
        ],
        widget=forms.RadioSelect,
        initial=Application.Origin.NEW,
    )
    household_kind = forms.ChoiceField(label=_("Hushåll"), choices=Household.Kind, initial=Household.Kind.SINGLE)
    children = forms.IntegerField(label=_("Antal barn"), min_value=0, max_value=20, initial=0)
    child_ages = forms.MultipleChoiceField(
        label=_("Barnens ålder"),
        choices=Household.ChildAge,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Barn registreras aldrig som personer."),
    )
    seeks_work = forms.BooleanField(label=_("Söker arbete"), required=False, initial=True)
    on_assistance = forms.BooleanField(label=_("Har försörjningsstöd"), required=False, initial=True)
    assistance_since = DayField(label=_("Försörjningsstöd sedan"), required=False)
    unemployed_since = DayField(label=_("Arbetslös sedan"), required=False)
    groups = forms.MultipleChoiceField(
        label=_("Målgrupper"),
        choices=[g for g in TargetGroup.choices if g[0] not in ("youth_20_24", "family_with_children")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=GROUPS_HELP,
    )
    priority = forms.TypedChoiceField(
        label=_("Prioritet"),
        choices=[("", _("Den beräknade")), *Priority.choices],
        coerce=int,
        empty_value=None,
        required=False,
    )
    priority_reason = forms.CharField(
        label=_("Anledning till annan prioritet"),
        max_length=200,
        required=False,
        help_text=_("Behövs bara när du väljer en annan än den beräknade."),
    )
    is_mine = forms.BooleanField(
        label=_("Jag handlägger själv ärendet"),
        required=False,
        help_text=_("Annars ser du ärendet i 14 dagar, och enhetschefen fördelar det."),
    )

    def __init__(self, *args, today, municipalities, units, birth_date, shared=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.today, self.birth_date, self.shared = today, birth_date, shared
        self.fields["municipality"].choices = _choices(municipalities, _("Välj kommun"))
        self.fields["unit"].choices = _choices(units, _("Välj enhet"))
        if shared:
            for name in ("received_on", "old_date_is_right", "household_kind", "children", "child_ages"):
                del self.fields[name]
        elif not self._asks_about_old_date():
            self.fields["old_date_is_right"].widget = forms.HiddenInput()
        self.helper = _layout(shared)

    def clean(self):
        super().clean()
        for name in ("received_on", "pes_registered_on", "assistance_since", "unemployed_since"):
            refuse_future(self, name, IN_FUTURE)
        if not self.shared:
            self._check_received()
            self._check_household()
        self._check_situation()
        return self.cleaned_data

    @property
    def received_day(self):
        """None while the field is empty or wrong."""
        return self.shared.received_on if self.shared else self.cleaned_data.get("received_on")

    @property
    def children_count(self):
        return self.shared.household.children if self.shared else self.cleaned_data.get("children") or 0

    @property
    def computed_priority(self):
        """By the facts that are filled in so far."""
        facts, day = self.cleaned_data, self.received_day or self.today
        return priority_class(
            seeks_work=facts.get("seeks_work", False),
            on_assistance=facts.get("on_assistance", False),
            months_unemployed=whole_months(facts.get("unemployed_since"), day),
            age=None if self.birth_date is None else age_on(self.birth_date, day),
        )

    @property
    def computed_groups(self):
        facts = self.cleaned_data
        return {
            TargetGroup(code)
            for code in computed_target_groups(
                birth_date=self.birth_date,
                on=self.received_day or self.today,
                children=self.children_count,
                seeks_work=facts.get("seeks_work", False),
                on_assistance=facts.get("on_assistance", False),
                assistance_since=facts.get("assistance_since"),
                unemployed_since=facts.get("unemployed_since"),
            )
        }

    @property
    def registration(self):
        """What the use case is told."""
        facts = self.cleaned_data
        computed = self.computed_priority.number
        chosen = facts["priority"] or computed
        return {
            "person": self.person_facts,
            "household": None if self.shared else self._household,
            "place": {"municipality_id": facts["municipality"], "unit_id": facts["unit"]},
            "dates": {"received_on": self.received_day, "pes_registered_on": facts["pes_registered_on"]},
            "case": {name: facts[name] for name in CASE_FACTS}
            | {
                "priority": chosen,
                "priority_computed": computed,
                "priority_reason": facts["priority_reason"] if chosen != computed else "",
            },
            "groups": self.computed_groups | {TargetGroup(g) for g in facts["groups"]},
            "is_mine": facts["is_mine"],
        }

    @property
    def _household(self):
        facts = self.cleaned_data
        return {"kind": facts["household_kind"], "children": facts["children"], "child_ages": facts["child_ages"]}

    def _asks_about_old_date(self):
        """The tick box appears once such a date is sent in."""
        if not self.is_bound:
            return False
        try:
            day = self.fields["received_on"].clean(self.data.get(self.add_prefix("received_on")))
        except ValidationError:
            return False
        return (self.today - day).days > LONG_AGO_DAYS

    def _check_received(self):
        day = self.cleaned_data.get("received_on")
        if day is None or (self.today - day).days <= LONG_AGO_DAYS:
            return
        if self.today.year - day.year > OLDEST_YEARS:
            self.add_error("received_on", ValidationError(_("Kontrollera året."), code="too_old"))
        elif not self.cleaned_data["old_date_is_right"]:
            sentence = _("Datumet är mer än 60 dagar tillbaka. Rätta det, eller kryssa i att det stämmer.")
            self.add_error("received_on", ValidationError(sentence, code="long_ago"))

    def _check_household(self):
        kind, children = self.cleaned_data.get("household_kind"), self.cleaned_data.get("children")
        if kind is None or children is None:
            return
        with_children = kind in (Household.Kind.SINGLE_WITH_CHILDREN, Household.Kind.COUPLE_WITH_CHILDREN)
        if with_children and not children:
            self.add_error("children", ValidationError(_("Skriv hur många barn som bor i hushållet."), code="none"))
        elif children and kind in (Household.Kind.SINGLE, Household.Kind.COUPLE):
            self.add_error("household_kind", ValidationError(_("Välj ett hushåll med barn."), code="children"))
        elif self.cleaned_data.get("child_ages") and not children:
            self.add_error("children", ValidationError(_("Skriv hur många barn åldrarna gäller."), code="none"))

    def _check_situation(self):
        facts = self.cleaned_data
        if facts.get("assistance_since") and not facts["on_assistance"]:
            sentence = _("Ta bort datumet, eller kryssa i att personen har försörjningsstöd.")
            self.add_error("assistance_since", ValidationError(sentence, code="no_assistance"))
        for name in ("assistance_since", "unemployed_since", "pes_registered_on"):
            if self.birth_date and facts.get(name) and facts[name] < self.birth_date:
                self.add_error(name, ValidationError(_("Datumet ligger före personens födelsedag."), code="unborn"))
        chosen = facts.get("priority")
        if chosen and chosen != self.computed_priority.number and not facts.get("priority_reason"):
            sentence = _("Skriv varför prioriteten ska vara en annan än den beräknade.")
            self.add_error("priority_reason", ValidationError(sentence, code="reason"))


def _choices(rows, question):
    """Nothing is chosen beforehand where there is something to choose between."""
    choices = [(row.pk, row.name) for row in rows]
    return choices if len(choices) == 1 else [("", question), *choices]


def _layout(shared):
    received = [] if shared else ["received_on", "old_date_is_right"]
    household = [] if shared else [section(_("Hushållet"), pair("household_kind", "children"), "child_ages")]
    work = [
        pair("seeks_work", "on_assistance", short=True),
        pair("unemployed_since", "assistance_since", short=True),
    ]
    groups = Folded(_("Målgrupper som personen själv har berättat om"), "groups")
    other = Folded(_("Välj en annan prioritet än den beräknade"), "priority", "priority_reason")
    return bare_helper(
        person_section(),
        section(_("Ansökan"), *received, "pes_registered_on", pair("municipality", "unit"), "origin"),
        *household,
        language_section(),
        contact_section(),
        section(_("Försörjning och arbete"), *work, groups),
        HTML('{% include "cases/_preview_frame.html" with preview=preview only %}'),
        section(_("Prioritet och handläggning"), other, "is_mine"),
    )

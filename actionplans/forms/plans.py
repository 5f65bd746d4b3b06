"""Goal and sections, agreement, and how the plan is printed."""

from django import forms
from django.utils.translation import gettext_lazy as _

from actionplans.forms.fields import DayField, choice
from actionplans.models import ActionPlan, Agreement

WORDS = (
    "own_goal",
    "goal_type",
    "competence",
    "opportunities",
    "obstacles",
    "own_view",
    "others_measures",
    "kind",
    "coordinator",
)


class PlanForm(forms.Form):
    """`templates`: plan templates to start from, for a new plan only. `workers`: who may coordinate."""

    own_goal = forms.CharField(
        label=_("Personens eget mål"),
        max_length=200,
        help_text=_("Med personens egna ord, till exempel: Jobba som barnskötare och klara min egen försörjning."),
        error_messages={"required": _("Skriv målet med personens egna ord.")},
    )
    goal_type = forms.ChoiceField(label=_("Målet gäller"), choices=ActionPlan.GoalType)
    competence = forms.CharField(
        label=_("Det jag kan"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        help_text=_("Börja med det som fungerar."),
    )
    opportunities = forms.CharField(label=_("Möjligheter"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
    obstacles = forms.CharField(label=_("Det som hindrar"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
    own_view = forms.CharField(
        label=_("Så ser jag på saken"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        help_text=_("Personens egen syn, också när den skiljer sig från vår."),
    )
    others_measures = forms.CharField(
        label=_("Det som andra gör"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        help_text=_("Till exempel vårdcentralen, skolan eller anhöriga."),
    )
    kind = forms.ChoiceField(
        label=_("Slag av plan"),
        choices=ActionPlan.Kind,
        initial=ActionPlan.Kind.COOPERATION,
        help_text=_("SIP bara när kommun och region gör planen tillsammans."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, workers, templates=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["coordinator"] = choice(workers, label=_("Samordnar planen"), empty=_("Ingen utsedd"))
        if templates is not None:
            self.fields["template"] = choice(
                templates, label=_("Börja från en mall"), empty=_("Tom plan, lägg till delmål själv")
            )
            del self.fields["version"]


class EndForm(forms.Form):
    reason = forms.ChoiceField(
        label=_("Varför avslutas planen?"),
        choices=[("", _("Välj")), *ActionPlan.EndReason.choices],
        error_messages={"required": _("Välj varför planen avslutas.")},
    )
    ended_on = DayField(label=_("Avslutas den"), missing=_("Skriv vilken dag planen avslutas."))

    def __init__(self, *args, today, started_on, **kwargs):
        super().__init__(*args, **kwargs)
        self.today, self.started_on = today, started_on
        self.fields["ended_on"].initial = today

    def clean_ended_on(self):
        ended_on = self.cleaned_data["ended_on"]
        if ended_on > self.today:
            raise forms.ValidationError(_("Planen kan inte avslutas i framtiden."), code="future")
        if ended_on < self.started_on:
            raise forms.ValidationError(
                _("Planen kan inte sluta innan den började (%(day)s)."), code="early", params={"day": self.started_on}
            )
        return ended_on


class AgreementForm(forms.Form):
    """`waiting`: (value, name) of those who may agree through this reader: the individual, their own organisation."""

    party = forms.ChoiceField(widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput)
    how = forms.ChoiceField(label=_("Hur?"), choices=Agreement.How, error_messages={"required": _("Välj hur.")})

    def __init__(self, *args, parties, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["party"].choices = parties


class PrintForm(forms.Form):
    """`versions`: (number, words), newest first; 0 is the plan as it is being written now."""

    version = forms.TypedChoiceField(label=_("Vilken version?"), coerce=int)
    large_print = forms.BooleanField(label=_("Stor text"), required=False)

    def __init__(self, *args, versions, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["version"].choices = versions


def plan_words(plan) -> dict:
    """What the form shows of a saved plan."""
    return {name: getattr(plan, name) for name in WORDS} | {
        "coordinator": plan.coordinator_id,
        "version": plan.version,
    }

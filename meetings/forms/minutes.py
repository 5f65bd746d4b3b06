"""The minutes: situation, conclusion, one line per party, the next meeting."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.forms.fields import DayField, refuse_future

NEW_DECISIONS, MOST_DECISIONS = 2, 30
TEXTS = ("situation", "conclusion", "next_meeting_on")


class MinutesForm(forms.Form):
    """`parties`: [(key, name)] of those who may promise something. `hidden`: fields this reader may not see.
    `decisions`: what a correction starts from; each may be changed or taken away. None: they stand in the talk."""

    number = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    situation = forms.CharField(
        label=_("Nuläge"),
        help_text=_("Kort: vad har hänt sedan sist?"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=6000,
        required=False,
    )
    conclusion = forms.CharField(
        label=_("Vad vi kom fram till"),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=6000,
        required=False,
    )
    next_meeting_on = DayField(label=_("Nästa möte"), required=False)

    def __init__(self, *args, parties, hidden=(), decisions=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.parties = parties
        self.decided = decisions
        for number in range(self._rows()):
            self._add_decision(number)
        for key, name in parties:
            label = _("%(name)s gör det här") % {"name": name}
            self.fields[f"commitment_{key}"] = forms.CharField(label=label, max_length=300, required=False)
        for name in hidden:
            del self.fields[name]

    def _rows(self):
        """Those that are there and two more; one who lost a race gets back as many as they sent."""
        if self.decided is None:
            return 0
        sent = sum(name.startswith("decision_") for name in self.data)
        return min(max(len(self.decided) + NEW_DECISIONS, sent), MOST_DECISIONS)

    def _add_decision(self, number):
        said = self.decided[number] if number < len(self.decided) else {"text": "", "acknowledged": False}
        label = _("Beslut %(number)d") % {"number": number + 1}
        self.fields[f"decision_{number}"] = forms.CharField(
            label=label, max_length=300, required=False, initial=said["text"]
        )
        self.fields[f"acknowledged_{number}"] = forms.BooleanField(
            label=_("Personen står bakom beslutet"), required=False, initial=said["acknowledged"]
        )

    @property
    def decision_fields(self):
        return [(self[f"decision_{n}"], self[f"acknowledged_{n}"]) for n in range(self._rows())]

    @property
    def commitment_fields(self):
        return [self[f"commitment_{key}"] for key, _name in self.parties]

    def words(self):
        """Column → value, of what the form shows."""
        cleaned = self.cleaned_data
        lines = [{"party": k, "name": name, "text": cleaned[f"commitment_{k}"]} for k, name in self.parties]
        return {name: cleaned[name] for name in TEXTS if name in cleaned} | {"commitments": lines} | self._decisions()

    def _decisions(self):
        if self.decided is None:
            return {}
        rows = zip(self._sent("decision"), self._sent("acknowledged"), strict=True)
        return {"decisions": [{"text": text, "acknowledged": acknowledged} for text, acknowledged in rows if text]}

    def _sent(self, name):
        return [self.cleaned_data[f"{name}_{number}"] for number in range(self._rows())]


class CorrectionForm(forms.Form):
    reason = forms.CharField(
        label=_("Varför rättas protokollet?"),
        max_length=200,
        help_text=_("Står överst i den nya versionen. Den gamla finns kvar."),
        error_messages={"required": _("Skriv varför protokollet rättas.")},
    )


class HandOnForm(forms.Form):
    on = DayField(label=_("Dag"), empty=_("Skriv vilken dag personen fick protokollet."))

    def __init__(self, *args, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["on"].initial = today

    def clean(self):
        refuse_future(self, "on", _("Dagen kan inte ligga i framtiden."))
        return self.cleaned_data

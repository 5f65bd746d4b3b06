"""Referrals and their answers, registrations at AF, and looking back after a case."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cases.forms.fields import DayField, refuse_future
from cases.models import ExitReason, PesRegistration, Referral
from cases.rules import LOOK_BACK_FROM

IN_FUTURE = _("Dagen kan inte ligga i framtiden. I dag är det %(today)s.")


class ReferralForm(forms.Form):
    receiver = forms.TypedChoiceField(
        label=_("Till"), coerce=int, error_messages={"required": _("Välj vem remissen går till.")}
    )
    purpose = forms.CharField(
        label=_("Vad ni ber om"), max_length=200, error_messages={"required": _("Skriv vad ni ber om.")}
    )
    sent_on = DayField(label=_("Skickad"), empty=_("Skriv vilken dag remissen skickades."))
    answer_due_on = DayField(label=_("Svar senast"), empty=_("Skriv när ni behöver svaret."))

    def __init__(self, *args, today, answer_due_on, receivers, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["receiver"].choices = [("", _("Välj organisation")), *((row.pk, row.name) for row in receivers)]
        self.fields["sent_on"].initial, self.fields["answer_due_on"].initial = today, answer_due_on

    def clean(self):
        facts = super().clean()
        refuse_future(self, "sent_on", IN_FUTURE)
        sent_on, due_on = facts.get("sent_on"), facts.get("answer_due_on")
        if sent_on and due_on and due_on < sent_on:
            self.add_error("answer_due_on", ValidationError(_("Svaret kan inte komma före frågan."), code="early"))
        return facts

    @property
    def facts(self):
        named = {name: self.cleaned_data[name] for name in ("purpose", "sent_on", "answer_due_on")}
        return named | {"receiver_id": self.cleaned_data["receiver"]}


class ReferralAnswerForm(forms.Form):
    """`by_us`: the receiver answers here, in their own name."""

    status = forms.ChoiceField(
        label=_("Svar"),
        choices=[
            (Referral.Status.ACCEPTED, _("Ja, mottagaren tar emot")),
            (Referral.Status.RETURNED, _("Nej, remissen lämnas tillbaka")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Välj vad svaret blev.")},
    )
    answer = forms.CharField(
        label=_("Vad de svarade"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    answered_by = forms.CharField(
        label=_("Vem som svarade"), max_length=120, error_messages={"required": _("Skriv vem som svarade.")}
    )
    answered_on = DayField(label=_("Svaret kom"), empty=_("Skriv vilken dag svaret kom."))

    def __init__(self, *args, today, sent_on, by_us, **kwargs):
        super().__init__(*args, **kwargs)
        self.today, self.sent_on = today, sent_on
        self.fields["answered_on"].initial = today
        if by_us:
            self.fields["answer"].label = _("Vårt svar")
            self.fields["answered_by"].initial = by_us

    def clean(self):
        facts = super().clean()
        refuse_future(self, "answered_on", IN_FUTURE)
        if facts.get("answered_on") and facts["answered_on"] < self.sent_on:
            self.add_error("answered_on", ValidationError(_("Svaret kan inte komma före frågan."), code="early"))
        if facts.get("status") == Referral.Status.RETURNED and not facts.get("answer"):
            self.add_error("answer", ValidationError(_("Skriv varför remissen lämnas tillbaka."), code="required"))
        return facts


class FollowUpForm(forms.Form):
    done_on = DayField(label=_("Uppföljt den"), empty=_("Skriv vilken dag ni följde upp."))
    occupation = forms.ChoiceField(
        label=_("Vad personen gör nu"),
        choices=[
            ("", _("Välj")),
            *((code, label) for code, label in ExitReason.choices if code not in (ExitReason.DECLINED,)),
        ],
        help_text=_("Välj Okänt om ni inte nådde personen."),
        error_messages={"required": _("Välj vad personen gör nu, eller Okänt.")},
    )
    on_assistance = forms.TypedChoiceField(
        label=_("Har försörjningsstöd"),
        choices=[("ja", _("Ja")), ("nej", _("Nej")), ("", _("Vet inte"))],
        coerce=lambda word: word == "ja",
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args, today, due_on, **kwargs):
        super().__init__(*args, **kwargs)
        self.today, self.due_on = today, due_on
        self.fields["done_on"].initial = today

    def clean_done_on(self):
        day = self.cleaned_data["done_on"]
        if day < self.due_on - LOOK_BACK_FROM:
            sentence = _("Det är för tidigt. Den här uppföljningen görs omkring %(due)s.")
            raise ValidationError(sentence, code="early", params={"due": self.due_on})
        return day

    def clean(self):
        facts = super().clean()
        refuse_future(self, "done_on", IN_FUTURE)
        return facts


class PesRegistrationForm(forms.Form):
    """`confirmed` is sent by the second page, which says which clocks start."""

    since = DayField(label=_("Anmäld på AF"), empty=_("Skriv vilken dag personen anmälde sig."))
    status = forms.ChoiceField(label=_("Sökandekategori"), choices=PesRegistration.Status)
    confirmed = forms.BooleanField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today

    def clean(self):
        facts = super().clean()
        refuse_future(self, "since", IN_FUTURE)
        return facts

    @property
    def facts(self):
        return {name: self.cleaned_data[name] for name in ("since", "status")}


class EndRegistrationForm(forms.Form):
    until = DayField(label=_("Avaktualiserad den"), empty=_("Skriv vilken dag inskrivningen upphörde."))
    latest_activity_report_on = DayField(label=_("Senaste aktivitetsrapporten"), required=False)

    def __init__(self, *args, today, since, **kwargs):
        super().__init__(*args, **kwargs)
        self.today, self.since = today, since

    def clean(self):
        facts = super().clean()
        for name in ("until", "latest_activity_report_on"):
            refuse_future(self, name, IN_FUTURE)
        if facts.get("until") and facts["until"] < self.since:
            self.add_error("until", ValidationError(_("Inskrivningen kan inte sluta innan den började."), code="early"))
        return facts

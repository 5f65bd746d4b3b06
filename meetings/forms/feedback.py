"""The looking back: three to five items and a line, the observer's, and the person's two questions."""

from django import forms
from django.utils.translation import gettext_lazy as _

from needs.rules import check_anonymous

WITHOUT_NAME = _(
    "Läses av dem som samverkar, utan namn och först när minst fem har skrivit en rad. Skriv inget om personen."
)
FACES = [(3, _("☺ Ja")), (2, _("😐 Delvis")), (1, _("☹ Nej"))]


VERY_GOOD, WHOLLY = _("5 · mycket bra"), _("5 · helt och hållet")


def one_to_five(label, help_text="", highest=VERY_GOOD):
    return forms.TypedChoiceField(
        label=label,
        help_text=help_text,
        choices=[(5, highest), (4, "4"), (3, "3"), (2, "2"), (1, _("1 · inte alls"))],
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Välj ett värde från 1 till 5.")},
    )


def faces(label):
    return forms.TypedChoiceField(
        label=label, choices=FACES, coerce=int, empty_value=None, widget=forms.RadioSelect, required=False
    )


class FeedbackForm(forms.Form):
    cooperation = one_to_five(_("Hur samverkade vi?"))
    reached = one_to_five(_("Vad uppnåddes?"), _("Jämfört med det ni skulle uppnå."))
    roles_held = one_to_five(_("Höll vi det vi kom överens om i förberedelsen?"), highest=WHOLLY)
    person_heard = one_to_five(_("Fick personen komma till tals?"), highest=WHOLLY)
    next_time = forms.CharField(
        label=_("Vad gör vi annorlunda nästa gång?"), max_length=300, required=False, help_text=WITHOUT_NAME
    )

    def __init__(self, *args, names, **kwargs):
        super().__init__(*args, **kwargs)
        self.names = names

    def clean_next_time(self):
        check_anonymous(self.cleaned_data["next_time"], self.names)
        return self.cleaned_data["next_time"]


class ProcessFeedbackForm(forms.Form):
    method = one_to_five(_("Följdes metoden?"), highest=WHOLLY)
    attitude = one_to_five(_("Möttes personen med respekt?"), highest=WHOLLY)
    line = forms.CharField(label=_("Något att lära av?"), max_length=300, required=False, help_text=WITHOUT_NAME)

    def __init__(self, *args, names, **kwargs):
        super().__init__(*args, **kwargs)
        self.names = names

    def clean_line(self):
        check_anonymous(self.cleaned_data["line"], self.names)
        return self.cleaned_data["line"]


class PersonFeedbackForm(forms.Form):
    listened_to = faces(_("Blev du lyssnad på?"))
    know_next = faces(_("Vet du vad som händer nu?"))
    line = forms.CharField(label=_("Vill du säga något mer?"), max_length=300, required=False)


class VoiceSlipForm(PersonFeedbackForm):
    """What stands on a paper that came back."""

    code = forms.CharField(
        label=_("Koden på lappen"), max_length=8, error_messages={"required": _("Skriv koden som står på lappen.")}
    )
    field_order = ["code"]

"""A scanned form, and the person's own answer on the screen."""

from django import forms
from django.core.exceptions import ValidationError

from consent.models import Consent
from consent.scans import read_scan
from consent.signatures import read_drawing

SCAN_HELP = "PDF, PNG eller JPEG, högst 10 MB."


class ScanField(forms.FileField):
    """What is cleaned is the file as it may be kept (consent/scans.py)."""

    def __init__(self, **kwargs):
        widget = forms.FileInput(attrs={"accept": ".pdf,.png,.jpg,.jpeg"})
        super().__init__(widget=widget, help_text=SCAN_HELP, allow_empty_file=True, max_length=200, **kwargs)

    def clean(self, data, initial=None):
        upload = super().clean(data, initial)
        return read_scan(upload) if upload else None


class ScanForm(forms.Form):
    scan = ScanField(
        label="Den undertecknade blanketten",
        error_messages={"required": "Välj en fil.", "max_length": "Filens namn är för långt. Byt namn på den."},
    )


class OnScreenForm(forms.Form):
    """The person's answer. A yes takes a drawn name, or a typed one that is confirmed; a no takes nothing."""

    terms = forms.CharField(widget=forms.HiddenInput, required=False)
    drawing = forms.CharField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(max_length=120, required=False)
    confirm = forms.BooleanField(required=False)

    def __init__(self, *args, answer, wording, **kwargs):
        super().__init__(*args, **kwargs)
        self.answer = answer
        self.fields["name"].label = wording.say("sign_typed")
        self.fields["name"].help_text = wording.say("sign_typed_help")
        self.fields["confirm"].label = wording.say("sign_confirm")

    def clean_drawing(self):
        drawn = self.cleaned_data["drawing"]
        return read_drawing(drawn) if drawn and self.answer == Consent.Answer.GIVEN else b""

    def clean(self):
        given = self.cleaned_data
        if self.answer not in (Consent.Answer.GIVEN, Consent.Answer.DECLINED):
            raise ValidationError("Välj ja eller nej.")
        if self.answer == Consent.Answer.GIVEN and "drawing" in given and not given["drawing"]:
            self._check_typed(given)
        return given

    def _check_typed(self, given):
        if not given.get("name"):
            self.add_error("name", "Rita namnet i rutan, eller skriv det här.")
        elif not given.get("confirm"):
            self.add_error("confirm", "Kryssa för att namnet är ditt och svaret ditt eget.")

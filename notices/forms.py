"""What is said to us about a message that has left."""

from django import forms

from notices import delivery


class ReportForm(forms.Form):
    reference = forms.CharField(max_length=80)
    status = forms.ChoiceField(choices=[(delivery.DELIVERED, "framme"), (delivery.FAILED, "kom inte fram")])

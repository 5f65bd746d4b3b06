"""What is said to us about a message that has left, and how somebody wants to be told."""

from django import forms

from notices import delivery


class RemindForm(forms.Form):
    remind = forms.BooleanField(required=False)


class ReportForm(forms.Form):
    reference = forms.CharField(max_length=80)
    status = forms.ChoiceField(choices=[(delivery.DELIVERED, "framme"), (delivery.FAILED, "kom inte fram")])

"""The forms of cases: fields and checks, nothing is saved here."""

from cases.forms.people import LANGUAGES, IndividualForm, PersonForm, facts_of
from cases.forms.registration import NumberForm, RegistrationForm

__all__ = ["LANGUAGES", "IndividualForm", "NumberForm", "PersonForm", "RegistrationForm", "facts_of"]

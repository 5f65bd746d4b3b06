"""The forms of cases: fields and checks, nothing is saved here."""

from cases.forms.documentation import AssessmentForm, NoteForm, is_restricted
from cases.forms.endings import CloseForm, HoldForm, ReopenForm
from cases.forms.people import FACTS, LANGUAGES, IndividualForm, PersonForm, facts_of
from cases.forms.registration import NumberForm, RegistrationForm

__all__ = [
    "FACTS",
    "LANGUAGES",
    "AssessmentForm",
    "CloseForm",
    "HoldForm",
    "IndividualForm",
    "NoteForm",
    "NumberForm",
    "PersonForm",
    "RegistrationForm",
    "ReopenForm",
    "facts_of",
    "is_restricted",
]

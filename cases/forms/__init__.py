"""The forms of cases: fields and checks, nothing is saved here."""

from cases.forms.documentation import AssessmentForm, NoteForm, is_restricted
from cases.forms.endings import CloseForm, HoldForm, ReopenForm
from cases.forms.people import FACTS, LANGUAGES, IndividualForm, PersonForm, facts_of
from cases.forms.promises import (
    EndRegistrationForm,
    FollowUpForm,
    PesRegistrationForm,
    ReferralAnswerForm,
    ReferralForm,
)
from cases.forms.registration import NumberForm, RegistrationForm

__all__ = [
    "FACTS",
    "LANGUAGES",
    "AssessmentForm",
    "CloseForm",
    "EndRegistrationForm",
    "FollowUpForm",
    "HoldForm",
    "IndividualForm",
    "NoteForm",
    "NumberForm",
    "PersonForm",
    "PesRegistrationForm",
    "ReferralAnswerForm",
    "ReferralForm",
    "RegistrationForm",
    "ReopenForm",
    "facts_of",
    "is_restricted",
]

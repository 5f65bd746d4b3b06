"""What is asked on the pages of a meeting."""

from meetings.forms.booking import AnswerForm, BookingForm, CancelForm, MoveForm, ReplyForm
from meetings.forms.hours import AbsenceForm, OtherHoursForm, WeekForm, WorkerAbsenceForm
from meetings.forms.phases import (
    ConsentForm,
    DecisionForm,
    FeedbackForm,
    OutcomeForm,
    PersonFeedbackForm,
    PhaseForm,
    PreparationForm,
)

__all__ = [
    "AbsenceForm",
    "AnswerForm",
    "BookingForm",
    "CancelForm",
    "ConsentForm",
    "DecisionForm",
    "FeedbackForm",
    "MoveForm",
    "OtherHoursForm",
    "OutcomeForm",
    "PersonFeedbackForm",
    "PhaseForm",
    "PreparationForm",
    "ReplyForm",
    "WeekForm",
    "WorkerAbsenceForm",
]

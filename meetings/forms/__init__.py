"""What is asked on the pages of a meeting."""

from meetings.forms.booking import (
    AnswerForm,
    BookingForm,
    CancelForm,
    ChooseForm,
    MoveForm,
    ReplyForm,
    SubstituteForm,
)
from meetings.forms.feedback import FeedbackForm, PersonFeedbackForm, ProcessFeedbackForm, VoiceSlipForm
from meetings.forms.hours import AbsenceForm, OtherHoursForm, WeekForm, WorkerAbsenceForm
from meetings.forms.minutes import CorrectionForm, HandOnForm, MinutesForm
from meetings.forms.phases import (
    ConsentForm,
    DecisionForm,
    OutcomeForm,
    PhaseForm,
    PreparationForm,
    TalkReviewForm,
)

__all__ = [
    "AbsenceForm",
    "AnswerForm",
    "BookingForm",
    "CancelForm",
    "ChooseForm",
    "ConsentForm",
    "CorrectionForm",
    "DecisionForm",
    "FeedbackForm",
    "HandOnForm",
    "MinutesForm",
    "MoveForm",
    "OtherHoursForm",
    "OutcomeForm",
    "PersonFeedbackForm",
    "PhaseForm",
    "PreparationForm",
    "ProcessFeedbackForm",
    "ReplyForm",
    "SubstituteForm",
    "TalkReviewForm",
    "VoiceSlipForm",
    "WeekForm",
    "WorkerAbsenceForm",
]

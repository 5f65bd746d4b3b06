"""What the pages of cases show."""

from cases.content.assessments import compare_assessments, current_template
from cases.content.promises import (
    answer_wanted_on,
    build_promises,
    foresee_registration,
    is_asked,
    may_answer,
    organisations_around,
)

__all__ = [
    "answer_wanted_on",
    "build_promises",
    "compare_assessments",
    "current_template",
    "foresee_registration",
    "is_asked",
    "may_answer",
    "organisations_around",
]

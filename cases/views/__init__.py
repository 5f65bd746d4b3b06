"""The pages of cases."""

from cases.views.documentation import assessment, assessment_new, note, note_new, notes
from cases.views.endings import end_hold, hold, reopen
from cases.views.people import individual, reveal
from cases.views.registration import co_applicant, register, register_details, register_preview

__all__ = [
    "assessment",
    "assessment_new",
    "co_applicant",
    "end_hold",
    "hold",
    "individual",
    "note",
    "note_new",
    "notes",
    "register",
    "register_details",
    "register_preview",
    "reopen",
    "reveal",
]

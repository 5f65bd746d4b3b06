"""The pages of cases."""

from cases.views.documentation import assessment, assessment_new, note, note_new, notes
from cases.views.endings import end_hold, hold, reopen
from cases.views.people import individual, reveal
from cases.views.promises import answer_referral, end_registration, follow_up, promises, refer, register_at_pes
from cases.views.registration import co_applicant, register, register_details, register_preview

__all__ = [
    "answer_referral",
    "assessment",
    "assessment_new",
    "co_applicant",
    "end_hold",
    "end_registration",
    "follow_up",
    "hold",
    "individual",
    "note",
    "note_new",
    "notes",
    "promises",
    "refer",
    "register",
    "register_at_pes",
    "register_details",
    "register_preview",
    "reopen",
    "reveal",
]

"""What people do with cases: each use case takes the gate first and asks it before anything else."""

from cases.services.documentation import change_note, make_assessment, write_note
from cases.services.endings import end_hold, explain_delay, reopen_case
from cases.services.people import change_person, reveal_number
from cases.services.pes import end_registration, register_at_pes
from cases.services.promises import answer_referral, record_follow_up, send_referral
from cases.services.registration import Found, foresee_clocks, look_up, register_application

__all__ = [
    "Found",
    "answer_referral",
    "change_note",
    "change_person",
    "end_hold",
    "end_registration",
    "explain_delay",
    "foresee_clocks",
    "look_up",
    "make_assessment",
    "record_follow_up",
    "register_application",
    "register_at_pes",
    "reopen_case",
    "reveal_number",
    "send_referral",
    "write_note",
]

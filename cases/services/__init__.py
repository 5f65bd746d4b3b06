"""What people do with cases: each use case takes the gate first and asks it before anything else."""

from cases.services.documentation import change_note, make_assessment, write_note
from cases.services.endings import end_hold, explain_delay, reopen_case
from cases.services.people import change_person, reveal_number
from cases.services.registration import Found, foresee_clocks, look_up, register_application

__all__ = [
    "Found",
    "change_note",
    "change_person",
    "end_hold",
    "explain_delay",
    "foresee_clocks",
    "look_up",
    "make_assessment",
    "register_application",
    "reopen_case",
    "reveal_number",
    "write_note",
]

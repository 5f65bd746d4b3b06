"""What the pages about meetings show, read through the gate."""

from meetings.content.booking import booking_choices, free_times, initial_of
from meetings.content.hours import own_hours, unit_hours
from meetings.content.phases import own_feedback, person_feedback, sheet, sheet_text, talk
from meetings.content.sending import build_letter, sent
from meetings.content.week import week, week_views

__all__ = [
    "booking_choices",
    "build_letter",
    "free_times",
    "initial_of",
    "own_feedback",
    "own_hours",
    "person_feedback",
    "sent",
    "sheet",
    "sheet_text",
    "talk",
    "unit_hours",
    "week",
    "week_views",
]

"""What the pages about meetings show, read through the gate."""

from meetings.content.booking import (
    booking_choices,
    free_times,
    has_following,
    initial_of,
    waits_for_first_meeting,
)
from meetings.content.hours import own_hours, unit_hours
from meetings.content.phases import own_feedback, person_feedback, sheet, sheet_text, talk
from meetings.content.sending import build_letter, sent
from meetings.content.series import series
from meetings.content.week import week, week_views

__all__ = [
    "booking_choices",
    "build_letter",
    "free_times",
    "has_following",
    "initial_of",
    "own_feedback",
    "own_hours",
    "person_feedback",
    "sent",
    "series",
    "sheet",
    "sheet_text",
    "talk",
    "unit_hours",
    "waits_for_first_meeting",
    "week",
    "week_views",
]

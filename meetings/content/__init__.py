"""What the pages about meetings show, read through the gate."""

from meetings.content.booking import booking_choices, free_times, initial_of
from meetings.content.minutes import (
    begin_minutes,
    build_minutes,
    may_be_minuted,
    minutes_in_short,
    minutes_page,
    parties_of,
    told_minutes,
    words_of,
)
from meetings.content.sending import build_letter, sent
from meetings.content.phases import own_feedback, person_feedback, sheet, sheet_text
from meetings.content.screen import screen
from meetings.content.talk import consent_answer, left_to_review, review_of, talk
from meetings.content.week import week

__all__ = [
    "begin_minutes",
    "booking_choices",
    "build_letter",
    "build_minutes",
    "consent_answer",
    "free_times",
    "initial_of",
    "left_to_review",
    "may_be_minuted",
    "minutes_in_short",
    "minutes_page",
    "own_feedback",
    "parties_of",
    "person_feedback",
    "sent",
    "review_of",
    "screen",
    "sheet",
    "sheet_text",
    "talk",
    "told_minutes",
    "week",
    "words_of",
]

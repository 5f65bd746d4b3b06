"""What the pages about meetings show, read through the gate."""

from meetings.content.askers import askers
from meetings.content.booking import (
    booking_choices,
    free_times,
    has_following,
    initial_of,
    series_of,
    waits_for_first_meeting,
)
from meetings.content.feedback import (
    build_slip,
    is_observer,
    meeting_of_code,
    own_feedback,
    own_process_feedback,
    person_feedback,
    slip,
)
from meetings.content.hours import own_hours, unit_hours
from meetings.content.minutes import (
    begin_minutes,
    build_minutes,
    decided,
    may_be_minuted,
    minutes_in_short,
    minutes_page,
    parties_of,
    told_minutes,
    words_of,
)
from meetings.content.phases import sheet, sheet_text, untold
from meetings.content.proposals import open_proposals, proposal_page
from meetings.content.room import pen_of_the_room, talks_openly
from meetings.content.screen import screen
from meetings.content.sending import build_letter, sent, sent_about, substitutes
from meetings.content.series import series
from meetings.content.talk import consent_answer, left_to_review, review_of, talk, tells_board
from meetings.content.week import week, week_views

__all__ = [
    "askers",
    "begin_minutes",
    "booking_choices",
    "build_letter",
    "build_minutes",
    "build_slip",
    "consent_answer",
    "decided",
    "free_times",
    "has_following",
    "initial_of",
    "is_observer",
    "left_to_review",
    "may_be_minuted",
    "meeting_of_code",
    "minutes_in_short",
    "minutes_page",
    "open_proposals",
    "own_feedback",
    "own_hours",
    "own_process_feedback",
    "parties_of",
    "pen_of_the_room",
    "person_feedback",
    "proposal_page",
    "review_of",
    "screen",
    "sent",
    "sent_about",
    "series",
    "series_of",
    "sheet",
    "sheet_text",
    "slip",
    "substitutes",
    "talk",
    "talks_openly",
    "tells_board",
    "told_minutes",
    "unit_hours",
    "untold",
    "waits_for_first_meeting",
    "week",
    "week_views",
    "words_of",
]

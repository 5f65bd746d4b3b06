"""Rooms and people's time, the meeting, its three phases, and what was written."""

from meetings.models.calling import CallingText
from meetings.models.feeds import CalendarFeed
from meetings.models.meeting import Meeting, MeetingPhase
from meetings.models.minutes import MeetingMinutes
from meetings.models.participants import Participant
from meetings.models.proposals import Proposal, ProposalRecipient
from meetings.models.records import (
    ConsentConfirmation,
    Decision,
    Feedback,
    PersonFeedback,
    Preparation,
    ProcessFeedback,
    Responsibility,
    VoiceSlip,
)
from meetings.models.resources import Absence, Availability, Interpreter, OtherHours, Room
from meetings.models.talk import MilestoneReview, OutcomeDetails

__all__ = [
    "Absence",
    "Availability",
    "CalendarFeed",
    "CallingText",
    "ConsentConfirmation",
    "Decision",
    "Feedback",
    "Interpreter",
    "Meeting",
    "MeetingMinutes",
    "MeetingPhase",
    "MilestoneReview",
    "OtherHours",
    "OutcomeDetails",
    "Participant",
    "PersonFeedback",
    "Preparation",
    "ProcessFeedback",
    "Proposal",
    "ProposalRecipient",
    "Responsibility",
    "Room",
    "VoiceSlip",
]

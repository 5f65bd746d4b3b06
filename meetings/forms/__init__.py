"""What is asked on the pages of a meeting."""

from meetings.forms.booking import BookingForm, CancelForm, MoveForm, ReplyForm

__all__ = ["BookingForm", "CancelForm", "MoveForm", "ReplyForm"]

"""What somebody must be told: bevakningar inside the house, messages and documents out of it, and the beat's pulse."""

from notices.models.bevakningar import Notice, NotificationChoice, Pulse
from notices.models.documents import Document
from notices.models.kinds import Channel, Kind
from notices.models.links import MARK, PersonalLink, fingerprint
from notices.models.outbox import OutboxMessage

__all__ = [
    "MARK",
    "Channel",
    "Document",
    "Kind",
    "Notice",
    "NotificationChoice",
    "OutboxMessage",
    "PersonalLink",
    "Pulse",
    "fingerprint",
]

"""The pages of one's own account."""

from accounts.views.identity import (
    confirm_by_identity,
    identity_answer,
    link_identity,
    log_in_by_identity,
    unlink_identity,
)
from accounts.views.own import choose_factor, devices, end_device, end_other_devices, promise

__all__ = [
    "choose_factor",
    "confirm_by_identity",
    "devices",
    "end_device",
    "end_other_devices",
    "identity_answer",
    "link_identity",
    "log_in_by_identity",
    "promise",
    "unlink_identity",
]

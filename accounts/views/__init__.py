"""The pages of one's own account."""

from accounts.views.identity import (
    confirm_by_identity,
    identity_answer,
    link_identity,
    log_in_by_identity,
    unlink_identity,
)
from accounts.views.own import choose_factor, devices, end_device, end_other_devices, promise
from accounts.views.saml import confirm_by_saml, link_saml, log_in_by_saml, saml_answer, saml_fetched, saml_metadata

__all__ = [
    "choose_factor",
    "confirm_by_identity",
    "confirm_by_saml",
    "devices",
    "end_device",
    "end_other_devices",
    "identity_answer",
    "link_identity",
    "link_saml",
    "log_in_by_identity",
    "log_in_by_saml",
    "promise",
    "saml_answer",
    "saml_fetched",
    "saml_metadata",
    "unlink_identity",
]

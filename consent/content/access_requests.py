"""Questions about access to a case: what the manager has to answer."""

from accounts.models import Role
from consent.models import AccessRequest


def open_requests(gate):
    """Colleagues' questions that I answer as their manager; never my own."""
    return AccessRequest.objects.unanswered().filter(gate.reach(Role.UNIT_MANAGER)).exclude(asker=gate.user)

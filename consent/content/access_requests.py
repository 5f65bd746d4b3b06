"""Questions about access to a case: what the manager has to answer."""

from django.core.paginator import Paginator

from accounts.models import Role
from audit.context import beyond
from consent.models import AccessRequest

PAGE_SIZE = 25


def open_requests(gate):
    """Colleagues' questions that I answer as their manager; never my own."""
    return AccessRequest.objects.unanswered().filter(gate.reach(Role.UNIT_MANAGER)).exclude(asker=gate.user)


@beyond("access_request")
def requests_page(gate, number):
    page = Paginator(open_requests(gate).for_page().order_by("asked_at", "pk"), PAGE_SIZE).get_page(number)
    page.object_list = list(page.object_list)
    return page


@beyond("access_request")
def request_to_answer(gate, request_id):
    """None when it is answered already, or not mine to answer."""
    return open_requests(gate).for_page().filter(pk=request_id).first()

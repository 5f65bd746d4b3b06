"""Opens the gate for each request, inside the one transaction that also holds the trace."""

import pghistory
import structlog
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.shortcuts import render

from accounts.trace import factor_of
from audit.log import TooManyPeople
from consent.context import request_of
from consent.gate import Gate
from consent.turn import take_turn


class GateMiddleware:
    """`request.gate` for everybody who is logged in and owes nothing at the door (accounts/middleware.py);
    `<uuid:case_id>` in an address becomes an opened `case`.

    The view runs in a savepoint of its own (ATOMIC_REQUESTS), so what it changed is undone when it is refused,
    while the refusal itself stays in the log.
    """

    def __init__(self, ask_next):
        self.ask_next = ask_next

    def __call__(self, request):
        request.gate = request.case = None
        if request.owes or not request.user.is_authenticated:
            return self.ask_next(request)
        request_id = structlog.contextvars.get_contextvars().get("request_id", "")
        request.gate = Gate(request.user, request_id=request_id, factor=factor_of(request))
        with request_of(request.gate), pghistory.context(user=request.user.pk, request=request_id):
            response = self.ask_next(request)
            request.gate.write_refusals()
        return response

    def process_view(self, request, view, args, kwargs):
        if "case_id" not in kwargs:
            return None
        if request.method == "POST":
            take_turn(kwargs["case_id"])
        try:
            request.case = kwargs["case"] = request.gate.open(kwargs.pop("case_id"))
        except TooManyPeople:
            return stopped(request)
        return None

    def process_exception(self, request, error):
        """The page of a refusal says that the attempt is in the log, so it is, whoever refused."""
        if isinstance(error, PermissionDenied) and request.gate:
            request.gate.shut(request.case)
        return stopped(request) if isinstance(error, TooManyPeople) else None


def stopped(request):
    """Says why and until when; what the person has opened already can still be read."""
    return render(request, "consent/stopped.html", {"limit": settings.READ_AN_HOUR_STOPS}, status=429)

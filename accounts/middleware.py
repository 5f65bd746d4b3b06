"""What a log-in owes before it may go on, how long it lasts, and what is left behind when it ends."""

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.shortcuts import redirect
from django.urls import Resolver404, resolve
from django.utils.http import urlencode

from accounts.factors import factors_of
from accounts.trace import is_strong

BACKGROUND = "X-Background"
SET_UP = {
    "accounts:choose_factor",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "account_reauthenticate",
}
CONFIRM = {"mfa_reauthenticate", "mfa_reauthenticate_webauthn"}
PROMISE = {"accounts:promise", "mfa_view_recovery_codes"}
ALWAYS = {"account_logout", "desk:accessibility", "live", "ready"}
EVERYTHING_OF_THIS_SITE = '"cache", "storage"'


class EntranceMiddleware:
    """Stands before the gate: a session that owes something gets no gate, so it can open nothing whatever the page.

    Reading (asking in the background, marked by a header) does not prolong a session; what a person does, does.
    """

    def __init__(self, ask_next):
        self.ask_next = ask_next

    def __call__(self, request):
        came_in = request.user.is_authenticated
        request.owes = came_in and owes(request)
        if came_in and BACKGROUND not in request.headers:
            request.session.touch()
        if request.owes and _door(request) not in request.owes | ALWAYS:
            return redirect(_pay(request))
        response = self.ask_next(request)
        if came_in and not request.user.is_authenticated:
            response["Clear-Site-Data"] = EVERYTHING_OF_THIS_SITE
        return response


def owes(request):
    """The doors that are open until it is settled; none means nothing is owed."""
    if not settings.DEMO and not is_strong(request):
        return CONFIRM if factors_of(request.user).exists() else SET_UP
    return PROMISE if request.user.owes_promise else set()


def _door(request):
    try:
        return resolve(request.path_info).view_name
    except Resolver404:
        return ""


def _pay(request):
    if request.owes is SET_UP:
        return "accounts:choose_factor"
    if request.owes is not CONFIRM:
        return "accounts:promise"
    ways = get_adapter(request).get_reauthentication_methods(request.user)
    url = next(way["url"] for way in ways if way["id"].startswith("mfa"))
    return f"{url}?{urlencode({'next': request.get_full_path()})}"

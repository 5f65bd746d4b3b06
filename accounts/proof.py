"""Sensitive acts ask again: the proof of who it is may be at most five minutes old."""

import time
from functools import wraps

from allauth.account.adapter import get_adapter
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY, get_authentication_records
from allauth.account.internal.flows.reauthentication import reauthenticate_by_password
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils.http import urlencode

from accounts.forms import StepUpForm
from accounts.sessions import BEGAN

FRESH_FOR = 300


def is_fresh(request):
    """Logged in, or confirmed again, within five minutes. A provider may log somebody in silently: then what
    counts is when the provider last saw its person."""
    rows = get_authentication_records(request, request.user)
    silent = [row["proved"] for row in rows if "proved" in row]
    again = [row["at"] for row in rows if row.get("reauthenticated")]
    first = silent[0] if silent else request.session.get(BEGAN, 0)
    return time.time() - max([first, *again]) <= FRESH_FOR


def fresh_proof_required(view):
    """For others' consent, exports, break-glass, role and factor changes, extracts of the log.

    A page is asked for again after the confirmation. What was typed goes along in the confirming page itself,
    never in the session, and the act is done when the password is right.
    """

    @wraps(view)
    def asked(request, *args, **kwargs):
        if is_fresh(request):
            return view(request, *args, **kwargs)
        if request.method != "POST":
            return confirm_first(request)
        if not request.user.has_usable_password():
            messages.warning(request, "Bekräfta att det är du och gör sedan om det. Inget är ändrat.")
            return confirm_first(request)
        form = StepUpForm(request.POST if "bekrafta" in request.POST else None, user=request.user)
        if form.is_valid():
            return _confirmed(view)(request, *args, **kwargs)
        own = {"bekrafta", "csrfmiddlewaretoken"}
        kept = [(name, value) for name, values in request.POST.lists() for value in values if name not in own]
        return render(request, "accounts/step_up.html", {"form": form, "kept": kept})

    return asked


def _confirmed(view):
    @renewing
    def act(request, *args, **kwargs):
        reauthenticate_by_password(request)
        return view(request, *args, **kwargs)

    return act


def renewing(view):
    """A session that has proved more gets a new key: one stolen before is worth nothing after. Done when the view
    has answered, since what it raises undoes the new row."""

    @wraps(view)
    def renewed(request, *args, **kwargs):
        before = request.session.get(AUTHENTICATION_METHODS_SESSION_KEY)
        response = view(request, *args, **kwargs)
        if request.user.is_authenticated and request.session.get(AUTHENTICATION_METHODS_SESSION_KEY) != before:
            request.session.cycle_key()
        return response

    return renewed


def confirm_first(request):
    """To the first way this user has of proving who they are, and back here."""
    ways = get_adapter(request).get_reauthentication_methods(request.user)
    if not ways:
        raise PermissionDenied("Logga ut och logga in igen, så att vi vet att det är du.")
    return redirect(f"{ways[0]['url']}?{urlencode({'next': request.get_full_path()})}")

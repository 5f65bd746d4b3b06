"""The user's own door: what they promise, how they prove who they are, and where they are logged in."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts import entrance
from accounts.forms import PromiseForm


@require_GET
def choose_factor(request):
    """Where a user without a second step is sent."""
    return render(request, "accounts/choose_factor.html", {"demanded": bool(request.owes)})


@require_http_methods(["GET", "POST"])
def promise(request):
    """Before anything else at the first log-in, and again when there is a newer text."""
    owed = entrance.owed_texts(request.user)
    text = owed.first()
    if text is None:
        return redirect("desk:my_day")
    form = PromiseForm(request.POST or None, texts=owed, initial={"text": text})
    if form.is_valid():
        entrance.promise(request, form.cleaned_data["text"])
        return redirect("desk:my_day")
    return render(request, "accounts/promise.html", {"text": text, "form": form})


@require_GET
def devices(request):
    rows = entrance.sessions_of(request.user)
    return render(request, "accounts/devices.html", {"rows": rows, "mine": request.session.session_key})


@require_POST
def end_device(request, name):
    ended = entrance.end_session(request, name)
    messages.success(request, "Utloggad där." if ended else "Den inloggningen var redan avslutad.")
    return redirect("accounts:devices")


@require_POST
def end_other_devices(request):
    number = entrance.end_others(request)
    messages.success(
        request, f"Utloggad på {number} andra enheter." if number else "Du var inte inloggad någon annanstans."
    )
    return redirect("accounts:devices")

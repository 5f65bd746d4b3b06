"""The calendar to subscribe to: its page, and the file behind its secret address."""

from hashlib import sha256

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_GET, require_http_methods

from audit.models import Action
from meetings import feed as feeds

FRESH = "private, max-age=900"


@require_http_methods(["GET", "POST"])
def subscription(request):
    """The address is shown when it is made, and never again."""
    address = ""
    if "end" in request.POST:
        feeds.end(request.user)
        request.gate.log(Action.CHANGED, note="calendar_feed_ended")
        messages.success(request, "Adressen är avslutad. Kalenderprogrammet får inga fler tider.")
        return redirect("meetings:subscription")
    if "make" in request.POST:
        address = feeds.begin(request.user)
        request.gate.log(Action.EXPORTED, note="calendar_feed")
    return render(request, "meetings/subscription.html", {"feed": feeds.of(request.user), "address": address})


@login_not_required
@require_GET
def feed(request, feed_token):
    text = feeds.calendar_behind(feed_token)
    if text is None:
        raise Http404("Sidan finns inte.")
    etag = f'"{sha256(text.encode()).hexdigest()[:32]}"'
    headers = {"ETag": etag, "Cache-Control": FRESH}
    answer = HttpResponse(text, content_type="text/calendar; charset=utf-8", headers=headers)
    return get_conditional_response(request, etag=etag, response=answer)

"""A proposal of times: the answers side by side, one time booked, or all of it taken back."""

from datetime import datetime

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from meetings import content
from meetings.forms import ChooseForm
from meetings.models import Proposal
from meetings.services import proposals as services

UNKNOWN_TIME = "Tryck på en av tiderna."


@require_http_methods(["GET", "POST"])
def proposal(request, case, proposal_id):
    """What is sent is the time to book: one of those proposed, or another that is free."""
    shown = visible_proposal(request, case, proposal_id)
    refusal = []
    if request.method == "POST":
        try:
            meeting = services.book_proposed(request.gate, proposal=shown, starts_at=_start(request))
        except ValidationError as error:
            refusal = error.messages
        else:
            messages.success(request, "Mötet är bokat och kallelserna är skrivna. De andra tiderna är släppta.")
            return redirect("meetings:meeting", case.pk, meeting.pk)
    page = content.proposal_page(request.gate, case, shown, is_refused=bool(refusal))
    context = {"case": case, "page": page, "refusal": refusal, "sent": content.sent_about(request.gate, shown)}
    return render(request, "meetings/proposal.html", context)


@require_POST
def withdraw_proposal(request, case, proposal_id):
    shown = visible_proposal(request, case, proposal_id)
    try:
        services.withdraw_proposal(request.gate, proposal=shown)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, "Förslaget är återtaget. De som blev tillfrågade får veta att de inte behöver svara.")
    return redirect("meetings:proposal", case.pk, shown.pk)


@require_POST
def note_choice(request, case, proposal_id, recipient_id):
    shown = visible_proposal(request, case, proposal_id)
    recipient = get_object_or_404(shown.recipients, pk=recipient_id)
    form = ChooseForm(request.POST, codes=[str(number) for number in range(len(shown.starts))])
    if not form.is_valid():
        messages.error(request, " ".join(form.non_field_errors()))
        return redirect("meetings:proposal", case.pk, shown.pk)
    suits = [shown.starts[int(code)] for code in form.cleaned_data["suits"]]
    try:
        services.note_choice(request.gate, proposal=shown, recipient=recipient, suits=suits)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, "Svaret är antecknat.")
    return redirect("meetings:proposal", case.pk, shown.pk)


def visible_proposal(request, case, proposal_id):
    return get_object_or_404(request.gate.visible(Proposal, case).for_page(), pk=proposal_id)


def _start(request):
    try:
        return timezone.make_aware(datetime.strptime(request.POST.get("slot", ""), "%Y-%m-%dT%H:%M"))
    except ValueError:
        raise ValidationError(UNKNOWN_TIME) from None

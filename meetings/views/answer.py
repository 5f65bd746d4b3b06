"""The page behind a personal link, for somebody without log-in."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.guessing import slow_down
from meetings import doorstep
from meetings.forms import AnswerForm


@login_not_required
@require_http_methods(["GET", "POST"])
def answer(request, token):
    """Looking changes nothing: mail programs open links by themselves."""
    call = doorstep.call_behind(token)
    if call is None:
        return render(request, "meetings/answer_gone.html", status=404)
    form = AnswerForm(request.POST or None)
    if form.is_valid():
        if slow_down(request, f"answer {token}"):
            return render(request, "meetings/answer_slow.html", {"call": call}, status=429)
        doorstep.answer(token, form.cleaned_data["reply"])
        return redirect("meetings:answer", token)
    return render(request, call.page, {"call": call, "tried": request.method == "POST"})

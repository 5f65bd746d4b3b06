"""The page behind a personal link, for somebody without log-in."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.guessing import slow_down
from meetings import doorstep, proposal_door
from meetings.forms import AnswerForm, ChooseForm


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
            return render(request, "meetings/answer_slow.html", {"told": call}, status=429)
        doorstep.answer(token, form.cleaned_data["reply"])
        return redirect("meetings:answer", token)
    return render(request, call.page, {"told": call, "tried": request.method == "POST"})


@login_not_required
@require_http_methods(["GET", "POST"])
def choose(request, token):
    """Which of several times suit."""
    question = proposal_door.question_behind(token)
    if question is None:
        return render(request, "meetings/answer_gone.html", status=404)
    form = ChooseForm(request.POST or None, codes=question.open_codes)
    if form.is_valid():
        if slow_down(request, f"choose {token}"):
            return render(request, "meetings/answer_slow.html", {"told": question}, status=429)
        proposal_door.answer(token, form.cleaned_data["suits"])
        return redirect("meetings:choose", token)
    marked = request.POST.getlist("suits") if request.method == "POST" else None
    context = {"told": question, "tried": request.method == "POST", "marked": marked}
    return render(request, question.page, context)

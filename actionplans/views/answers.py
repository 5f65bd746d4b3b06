"""How the pages of the plan answer: back where the reader came from, or with both texts when a race is lost."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme


def plan_url(case):
    return reverse("actionplans:plan", args=[case.pk])


def back_to(request, case):
    """The page the reader came from (`tillbaka`), if it is ours; else the plan."""
    wanted = request.POST.get("tillbaka") or request.GET.get("tillbaka") or ""
    allowed = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if allowed else plan_url(case)


def go_back(request, case, anchor=""):
    back = back_to(request, case)
    return redirect(f"{back}#{anchor}" if anchor and "#" not in back else back)


def conflict(request, *, mine, theirs, back_url):
    return render(request, "409.html", {"mine": mine, "theirs": theirs, "back_url": back_url}, status=409)


def refuse(form, error: ValidationError):
    """Sentences about fields that the form does not show stand on top."""
    for name, messages in getattr(error, "message_dict", {None: error.messages}).items():
        form.add_error(name if name in form.fields else None, messages)


def require_pen(request, thing, category=None):
    """The page of a form is only for those who may save it; the service decides again and logs."""
    if not request.gate.may_write(thing, category):
        raise PermissionDenied("Du kan läsa planen men inte ändra den.")

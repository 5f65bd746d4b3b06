"""Health, and the pages for when something is wrong."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from samverkan import health


@login_not_required
@require_GET
def live(request):
    """The process answers; asks nothing else."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


@login_not_required
@require_GET
def ready(request):
    """503 only when the database or its schema is not usable; a lost Redis is a remark, since nothing is lost by it."""
    checks = health.checks()
    usable = checks["database"] and checks["migrations"]
    return JsonResponse({"redo": usable, **checks}, status=200 if usable else 503)


def csrf_failure(request, reason=""):
    return render(
        request, "403.html", {"exception": "Sidan har varit öppen för länge. Ladda om den och försök igen."}, status=403
    )

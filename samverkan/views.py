"""Health, and the pages for when something is wrong."""

import sys

from django.contrib.auth.decorators import login_not_required
from django.db import OperationalError, transaction
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from samverkan import health


@transaction.non_atomic_requests
@login_not_required
@require_GET
def live(request):
    """The process answers; asks nothing else."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


@transaction.non_atomic_requests
@login_not_required
@require_GET
def ready(request):
    """503 only when the database or its schema is not usable; a lost Redis is a remark, since nothing is lost by it."""
    checks = health.checks()
    usable = checks["database"] and checks["migrations"]
    return JsonResponse({"redo": usable, **checks}, status=200 if usable else 503)


def csrf_failure(request, reason=""):
    return render(request, "csrf.html", status=403)


def server_error(request):
    """A bug is a 500; a database that does not answer is an interruption (503). Neither page asks anything."""
    down = isinstance(sys.exc_info()[1], OperationalError)
    return render(None, "driftstopp.html" if down else "500.html", status=503 if down else 500)

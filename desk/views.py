"""The pages that gather."""

from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST


@require_GET
def my_day(request):
    return render(request, "desk/my_day.html")


@require_GET
def cases(request):
    return render(request, "desk/cases.html", {"cases": request.gate.next_cases()})


@require_GET
def case(request, case):
    return render(request, "desk/case.html", {"case": case})


@require_POST
def search(request):
    return render(request, "desk/search.html")

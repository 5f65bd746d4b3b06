"""Ask for the plan as a PDF."""

from urllib.parse import urlencode

from django.db import transaction
from django.urls import reverse

from actionplans import tasks
from cases.models import Case
from consent.gate import Gate
from notices.models import Document
from notices.wake import wake


@transaction.atomic
def ask_for_paper(gate: Gate, *, case: Case, version: int, large_print: bool) -> Document:
    """`version` 0: the draft."""
    gate.require_open(case)
    choices = {"version": version} | ({"large_print": "on"} if large_print else {})
    document = Document.objects.ask(
        kind=Document.Kind.PLAN,
        title="Handlingsplan",
        requested_by=gate.user,
        case=case,
        options={
            "version": version,
            "large_print": large_print,
            "print_url": f"{reverse('actionplans:print_plan', args=[case.pk])}?{urlencode(choices)}",
        },
    )
    wake(tasks.render_plan, document.pk)
    return document

"""Ask for who has read, as a paper to take home."""

from django.db import transaction
from django.urls import reverse

from audit.models import Action
from cases.models import Case
from consent.gate import Gate
from desk import tasks
from notices.models import Document
from notices.wake import wake


@transaction.atomic
def ask_for_readers(gate: Gate, *, case: Case) -> Document:
    gate.require_open(case, action=Action.LOG_READ)
    document = Document.objects.ask(
        kind=Document.Kind.READERS,
        title="Vem har läst?",
        requested_by=gate.user,
        case=case,
        options={"print_url": reverse("desk:print_readers", args=[case.pk])},
    )
    wake(tasks.render_readers, document.pk)
    return document

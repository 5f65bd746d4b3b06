"""Pages of documents, of the outbox, and the tick that ends a bevakning."""

from celery import signature
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from audit.models import Action
from notices import delivery
from notices.forms import RemindForm, ReportForm
from notices.models import Channel, Document, Kind, NotificationChoice
from notices.tasks import RENDERERS
from notices.wake import wake


@require_GET
def document(request, document_id):
    return _document_page(request, document_id, None)


@require_GET
def case_document(request, case, document_id):
    return _document_page(request, document_id, case)


def _document_page(request, document_id, case):
    wanted = get_object_or_404(request.user.documents.about(case), pk=document_id)
    return render(request, "notices/document.html", {"document": wanted, "case": case})


@require_GET
def document_state(request, document_id):
    """How far it has come, never what it is about: asked every other second, so it leaves no trace in the log."""
    wanted = get_object_or_404(request.user.documents.defer("content"), pk=document_id)
    return render(request, "notices/_document_state.html", {"document": wanted})


@require_GET
def download(request, document_id):
    return _file(request, document_id, None)


@require_GET
def case_download(request, case, document_id):
    return _file(request, document_id, case)


def _file(request, document_id, case):
    wanted = get_object_or_404(request.user.documents.filter(case=case), pk=document_id)
    if not wanted.is_ready or wanted.is_stale:
        return redirect(wanted.get_absolute_url())
    request.gate.log(Action.PRINTED, case, note=wanted.kind)
    headers = {"Content-Disposition": f'attachment; filename="{wanted.file_name}"', "Cache-Control": "no-store"}
    return HttpResponse(bytes(wanted.content), content_type="application/pdf", headers=headers)


@require_POST
def done(request, notice_id):
    if not request.user.notices.filter(pk=notice_id).exists():
        raise Http404("Sidan finns inte.")
    request.user.notices.filter(pk=notice_id).finish(timezone.now())
    back = request.POST.get("next", "")
    allowed = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    return redirect(back if allowed else "desk:my_day")


def _messages(request):
    """Our own organisation's, and of those about a case only the ones I may open."""
    gate = request.gate
    return gate.organisation.messages.readable(gate.cases())


@require_GET
def outbox(request):
    page = Paginator(_messages(request).for_page(), 25).get_page(request.GET.get("page"))
    request.gate.log(Action.LISTED, note=f"outbox-{len(page)}")
    return render(request, "notices/outbox.html", {"page": page, "demo": settings.DEMO})


@csrf_exempt
@login_not_required
@require_POST
def report(request):
    """The SMS gateway or the mail relay says what became of a message, with DELIVERY_TOKEN as its key."""
    said = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not settings.DELIVERY_TOKEN or not constant_time_compare(said, settings.DELIVERY_TOKEN):
        raise Http404("Sidan finns inte.")
    form = ReportForm(request.POST)
    if not form.is_valid():
        return HttpResponse(status=400)
    delivery.said(**form.cleaned_data)
    return HttpResponse(status=204)


@require_GET
def calendar(request, message_id):
    message = get_object_or_404(_messages(request).exclude(calendar="").select_related("case"), pk=message_id)
    request.gate.log(Action.EXPORTED, message.case, note="calendar")
    headers = {"Content-Disposition": 'attachment; filename="kallelse.ics"'}
    return HttpResponse(message.calendar, content_type="text/calendar; charset=utf-8", headers=headers)


@require_GET
def letter(request, message_id):
    message = get_object_or_404(_messages(request).letters().for_letter(), pk=message_id)
    request.gate.log(Action.PRINTED, message.case, note="letter")
    return render(request, "notices/letter.html", {"message": message})


@require_POST
def letter_pdf(request, message_id):
    """Fetching it is logged as printing."""
    message = get_object_or_404(_messages(request).letters().for_letter(), pk=message_id)
    document = request.user.documents.ask(
        kind=Document.Kind.LETTER,
        title="Brev",
        requested_by=request.user,
        case=message.case,
        object_id=message.pk,
        options={"print_url": reverse("notices:letter", args=[message.pk])},
    )
    wake(signature(RENDERERS[document.kind]), document.pk)
    return redirect(document)


@require_POST
def posted(request, message_id):
    message = get_object_or_404(_messages(request).letters().select_related("case"), pk=message_id)
    if message.case is not None:
        request.gate.require_hands(message.case)
        request.gate.require_open(message.case, action=Action.CHANGED)
    _messages(request).filter(pk=message.pk).post(timezone.now())
    return redirect("notices:outbox")


@require_POST
def remind_me(request):
    """Of one's own meetings, by mail, or not."""
    form = RemindForm(request.POST)
    wanted = form.is_valid() and form.cleaned_data["remind"]
    pace = NotificationChoice.Pace.AT_ONCE if wanted else NotificationChoice.Pace.NEVER
    choice = {"pace": pace, "channel": Channel.EMAIL}
    request.user.notification_choices.update_or_create(kind=Kind.REMINDER, defaults=choice)
    words = "Du påminns med e-post före dina möten." if wanted else "Du får inga påminnelser med e-post."
    messages.success(request, words)
    return redirect("desk:profile")

"""Notes and the kartläggning."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from cases import services
from cases.content import compare_assessments, current_template
from cases.editing import EditedMeanwhile
from cases.forms import AssessmentForm, NoteForm, is_restricted
from cases.models import Category, Note

PAGE_SIZE = 20
NOTE_FACTS = ["happened_on", "heading", "text", "different_view", "shared_as", "version"]


@require_GET
def notes(request, case):
    page = Paginator(_notes(request, case), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"case": case, "page": page, "may_write": request.gate.may_write(case)}
    return render(request, "cases/notes.html", context)


@require_http_methods(["GET", "POST"])
def note_new(request, case, note_id=None):
    """A new note, or the correction of a locked one."""
    corrects = _note(request, case, note_id) if note_id else None
    if not request.gate.may_write(case):
        raise PermissionDenied("Du kan läsa anteckningarna men inte skriva nya.")
    form = NoteForm(request.POST or None, today=request.gate.day, initial=_correction_of(corrects))
    if form.is_valid():
        try:
            services.write_note(request.gate, case=case, corrects=corrects, is_final=form.is_final, **form.facts)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, "Anteckningen är låst." if form.is_final else "Utkastet är sparat.")
            return redirect("cases:notes", case.pk)
    return render(request, "cases/note_form.html", {"case": case, "form": form, "corrects": corrects})


@require_http_methods(["GET", "POST"])
def note(request, case, note_id):
    """A locked note is read; an own draft is changed."""
    row = _note(request, case, note_id)
    initial = {name: getattr(row, name) for name in NOTE_FACTS}
    form = NoteForm(request.POST or None, today=request.gate.day, initial=initial)
    if form.is_valid():
        try:
            version = form.cleaned_data["version"]
            services.change_note(request.gate, note=row, version=version, is_final=form.is_final, **form.facts)
        except EditedMeanwhile:
            return _overtaken(request, case, row, form)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, "Anteckningen är låst." if form.is_final else "Utkastet är sparat.")
            return redirect("cases:notes", case.pk)
    is_draft = row.final_at is None and row.writable
    template = "cases/note_form.html" if is_draft or form.is_bound else "cases/note.html"
    corrects = row.corrects if row.shows_corrected else None
    return render(request, template, {"case": case, "note": row, "form": form, "corrects": corrects})


@require_GET
def assessment(request, case):
    """The newest beside an earlier one, question by question."""
    comparison = compare_assessments(request.gate, case, request.GET.get("med"))
    may_write = request.gate.may_write(case, Category.ASSESSMENT)
    context = {"case": case, "comparison": comparison, "may_write": may_write}
    return render(request, "cases/assessment.html", context | {"knows": request.gate.knows(case, Category.ASSESSMENT)})


@require_http_methods(["GET", "POST"])
def assessment_new(request, case):
    if not request.gate.may_write(case, Category.ASSESSMENT):
        raise PermissionDenied("Du kan läsa kartläggningen men inte göra en ny.")
    template = current_template(request.gate)
    knows_health = request.gate.knows(case, Category.HEALTH)
    questions = [q for q in template.questions if knows_health or not is_restricted(q)]
    form = AssessmentForm(request.POST or None, today=request.gate.day, questions=questions)
    if form.is_valid():
        facts = {name: form.cleaned_data[name] for name in ("made_on", "own_words")}
        services.make_assessment(request.gate, case=case, template=template, answers=form.answers, **facts)
        messages.success(request, "Kartläggningen är sparad.")
        return redirect("cases:assessment", case.pk)
    return render(request, "cases/assessment_form.html", {"case": case, "form": form})


def _notes(request, case):
    """Adds `shows_corrected`: a shared note may correct one that is not shared with this reader."""
    visible = request.gate.visible(Note, case)
    corrected = Exists(visible.filter(pk=OuterRef("corrects")))
    return visible.annotate(shows_corrected=corrected).select_related("owner", "written_by", "corrects")


def _note(request, case, note_id):
    row = _notes(request, case).filter(pk=note_id).first()
    if row is None:
        raise Http404("Sidan finns inte.")
    return row


def _correction_of(note):
    return {"heading": f"Rättelse: {note.heading}"[:120], "happened_on": note.happened_on} if note else None


def _overtaken(request, case, row, form):
    row.refresh_from_db()
    back_url = reverse("cases:note", args=[case.pk, row.pk])
    texts = {"mine": form.cleaned_data["text"], "theirs": row.text, "back_url": back_url}
    return render(request, "409.html", texts, status=409)

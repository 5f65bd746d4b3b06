"""Pages of the development project."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from projects import content, services
from projects.forms import ContextFigureForm, SwotForm


@require_GET
def projects(request):
    return render(request, "projects/projects.html", {"projects": content.readable_projects(request.gate)})


@require_GET
def project(request, project_id):
    return render(request, "projects/project.html", {"page": content.build_project(request.gate, project_id)})


@require_http_methods(["GET", "POST"])
def add_swot(request, project_id):
    project = content.led_project(request.gate, project_id)
    form = SwotForm(request.POST or None, initial={"made_on": request.gate.day})
    if form.is_valid() and _saved(form, services.add_swot, gate=request.gate, project=project):
        messages.success(request, "Analysen är sparad.")
        return redirect("projects:project", project.pk)
    return render(request, "projects/add_swot.html", {"project": project, "form": form})


@require_http_methods(["GET", "POST"])
def add_context_figure(request, project_id):
    project = content.led_project(request.gate, project_id)
    towns = [(town.pk, town.name) for town in project.municipalities.all()]
    form = ContextFigureForm(request.POST or None, municipalities=towns)
    if form.is_valid() and _saved(form, services.add_context_figure, gate=request.gate):
        messages.success(request, "Siffran är sparad.")
        return redirect("projects:project", project.pk)
    return render(request, "projects/add_context_figure.html", {"project": project, "form": form})


def _saved(form, service, *, gate, **fields):
    """False with the broken rule in the form."""
    try:
        service(gate, **fields, **form.cleaned_data)
    except ValidationError as error:
        form.add_error(None, error)
        return False
    return True

"""Addresses of projects."""

from django.urls import path

from projects import views

app_name = "projects"

urlpatterns = [
    path("uppfoljning/", views.projects, name="projects"),
    path("uppfoljning/<int:project_id>/", views.project, name="project"),
    path("uppfoljning/<int:project_id>/swot/ny/", views.add_swot, name="add_swot"),
    path("uppfoljning/<int:project_id>/omvarld/ny/", views.add_context_figure, name="add_context_figure"),
]

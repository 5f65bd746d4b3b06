"""Addresses of cases."""

from django.urls import path

from cases import views

app_name = "cases"

urlpatterns = [
    path("arenden/ny/", views.register, name="register"),
    path("arenden/ny/uppgifter/", views.register_details, name="register_details"),
    path("arenden/ny/berakning/", views.register_preview, name="register_preview"),
    path("arenden/<uuid:case_id>/medsokande/", views.co_applicant, name="co_applicant"),
]

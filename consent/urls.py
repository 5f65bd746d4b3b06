"""Addresses of consent."""

from django.urls import path

from consent.views import consents as views

app_name = "consent"

assignments = []

consents = [
    path("arenden/<uuid:case_id>/samtycke/", views.consents, name="consents"),
    path("arenden/<uuid:case_id>/samtycke/nytt/", views.give, name="give"),
    path("arenden/<uuid:case_id>/samtycke/<int:consent_id>/aterkalla/", views.withdraw, name="withdraw"),
    path("arenden/<uuid:case_id>/samtycke/<int:consent_id>/blankett/", views.paper, name="paper"),
    path("arenden/<uuid:case_id>/samtycke/<int:consent_id>/blankett/text/", views.paper_text, name="paper_text"),
    path("samtycke/<str:reference>/", views.reference, name="reference"),
]

urlpatterns = [*assignments, *consents]

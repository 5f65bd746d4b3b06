"""Addresses of notices."""

from django.urls import path

from notices import views

app_name = "notices"

urlpatterns = [
    path("dokument/<int:document_id>/", views.document, name="document"),
    path("dokument/<int:document_id>/hamta/", views.download, name="download"),
    path("dokument/<int:document_id>/lage/", views.document_state, name="document_state"),
    path("arenden/<uuid:case_id>/dokument/<int:document_id>/", views.case_document, name="case_document"),
    path("arenden/<uuid:case_id>/dokument/<int:document_id>/hamta/", views.case_download, name="case_download"),
    path("bevakningar/<int:notice_id>/klar/", views.done, name="done"),
    path("min-profil/paminnelser/", views.remind_me, name="remind_me"),
    path("utskick/", views.outbox, name="outbox"),
    path("utskick/leverans/", views.report, name="report"),
    path("utskick/<int:message_id>/kalender/", views.calendar, name="calendar"),
    path("utskick/<int:message_id>/brev/", views.letter, name="letter"),
    path("utskick/<int:message_id>/brev/pdf/", views.letter_pdf, name="letter_pdf"),
    path("utskick/<int:message_id>/skickat/", views.posted, name="posted"),
]

"""Addresses of reports."""

from django.urls import path

from reports import views

app_name = "reports"

urlpatterns = [
    path("oversikt/", views.overview, name="overview"),
    path("aterkopplingen/", views.looking_back, name="looking_back"),
    path("rapporter/", views.monthly_reports, name="monthly_reports"),
    path("rapporter/rakna/", views.count_month, name="count_month"),
    path("rapporter/<int:report_id>/", views.monthly_report, name="monthly_report"),
    path("rapporter/<int:report_id>/utskrift/", views.print_report, name="print_report"),
    path("rapporter/<int:report_id>/rakna-om/", views.recount, name="recount"),
    path("rapporter/<int:report_id>/kommentar/", views.comment, name="comment"),
    path("rapporter/<int:report_id>/utfarda/", views.issue, name="issue"),
    path("rapporter/<int:report_id>/ratta/", views.correct, name="correct"),
    path("rapporter/<int:report_id>/pdf/", views.download, name="download"),
    path("uppfoljning/<int:project_id>/resultat/", views.project_outcomes, name="project_outcomes"),
]

"""Addresses of the pages that gather."""

from django.urls import path

from desk import views

app_name = "desk"

urlpatterns = [
    path("", views.my_day, name="my_day"),
    path("arenden/", views.cases, name="cases"),
    path("forsta-motet/", views.first_meetings, name="first_meetings"),
    path("arenden/flikar/", views.counted_tabs, name="counted_tabs"),
    path("arenden/<uuid:case_id>/", views.case, name="case"),
    path("arenden/<uuid:case_id>/handelser/", views.events, name="events"),
    path("arenden/<uuid:case_id>/vem-har-last/", views.readers, name="readers"),
    path("arenden/<uuid:case_id>/vem-har-last/utskrift/", views.print_readers, name="print_readers"),
    path("arenden/<uuid:case_id>/avsluta/", views.close, name="close"),
    path("arenden/<uuid:case_id>/vem-har-last/pdf/", views.readers_pdf, name="readers_pdf"),
    path("sok/", views.search, name="search"),
    path("logg/", views.log, name="log"),
    path("logg/granskning/", views.log_reviews, name="log_reviews"),
    path("logg/granskning/<int:visit_id>/", views.log_visit, name="log_visit"),
    path("min-profil/", views.profile, name="profile"),
    path("hjalp/", views.help, name="help"),
    path("tillganglighet/", views.accessibility, name="accessibility"),
]

"""Addresses of the pages that gather."""

from django.urls import path

from desk import views

app_name = "desk"

urlpatterns = [
    path("", views.my_day, name="my_day"),
    path("arenden/", views.cases, name="cases"),
    path("arenden/<uuid:case_id>/", views.case, name="case"),
    path("sok/", views.search, name="search"),
]

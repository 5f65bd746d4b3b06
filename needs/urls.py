"""Addresses of needs."""

from django.urls import path

from needs import views

app_name = "needs"

urlpatterns = [
    path("behov/", views.needs, name="needs"),
    path("behov/<int:need_id>/", views.need, name="need"),
    path("behov/<int:need_id>/lyft/", views.raise_higher, name="raise_higher"),
    path("behov/<int:need_id>/aterkoppla/", views.feed_back, name="feed_back"),
    path("arenden/<uuid:case_id>/behov/nytt/", views.raise_need, name="raise_need"),
]

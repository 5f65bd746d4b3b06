"""Every address of the house."""

from django.urls import include, path

from samverkan import views

urlpatterns = [
    path("halsa/live", views.live, name="live"),
    path("halsa/redo", views.ready, name="ready"),
    path("konto/", include("allauth.account.urls")),
]

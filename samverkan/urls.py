"""Every address of the house."""

from django.contrib import admin
from django.urls import include, path

from samverkan import views

handler500 = "samverkan.views.server_error"

urlpatterns = [
    path("halsa/live", views.live, name="live"),
    path("halsa/redo", views.ready, name="ready"),
    path("konto/", include("accounts.urls")),
    path("konto/", include("accounts.allauth_urls")),
    path("administration/", admin.site.urls),
    path("", include("reports.urls")),
    path("", include("projects.urls")),
    path("", include("meetings.urls")),
    path("", include("needs.urls")),
    path("", include("actionplans.urls")),
    path("", include("consent.urls")),
    path("", include("notices.urls")),
    path("", include("cases.urls")),
    path("", include("desk.urls")),
]

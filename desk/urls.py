"""Addresses of desk."""

app_name = "desk"

urlpatterns = []

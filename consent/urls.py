"""Addresses of consent."""

app_name = "consent"

assignments = []

consents = []

urlpatterns = [*assignments, *consents]

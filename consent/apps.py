"""Who may see and who has seen: consents, the gate, assignments."""

from django.apps import AppConfig


class ConsentConfig(AppConfig):
    name = "consent"
    verbose_name = "Samtycke"

"""The append-only log of reads, changes, refusals and log-ins."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "audit"
    verbose_name = "Logg"

"""Unmet needs and their way to a decision."""

from django.apps import AppConfig


class NeedsConfig(AppConfig):
    name = "needs"
    verbose_name = "Behov"

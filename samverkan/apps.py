"""The whole: settings, addresses, demo."""

from django.apps import AppConfig
from django.core.checks import Tags, register

from samverkan.checks import promises


class SamverkanConfig(AppConfig):
    name = "samverkan"
    verbose_name = "Samverkan"

    def ready(self):
        register(promises, Tags.security, deploy=True)

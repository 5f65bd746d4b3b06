"""Individual, household, case, deadlines and what is written down about them."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "cases"
    verbose_name = "Ärenden"

"""Municipality, organisation, unit, user and dated roles."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "Användare och organisationer"

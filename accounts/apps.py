"""Municipality, organisation, unit, user and dated roles."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "Användare och organisationer"


class AdministrationConfig(AdminConfig):
    """Django's admin with our own door."""

    default_site = "accounts.reference_admin.ReferenceSite"

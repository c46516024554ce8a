"""Django's registration of the package."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """Accounts, agencies, roles and grants."""

    name = "kept.access"
    label = "access"

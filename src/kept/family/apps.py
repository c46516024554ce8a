"""Django's registration of the package."""

from django.apps import AppConfig


class FamilyConfig(AppConfig):
    """The family's page."""

    name = "kept.family"
    label = "family"

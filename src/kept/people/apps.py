"""Django's registration of the package."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Children, families and settings."""

    name = "kept.people"
    label = "people"

"""Django's registration of the package."""

from django.apps import AppConfig


class PartnersConfig(AppConfig):
    """The partners' desk."""

    name = "kept.partners"
    label = "partners"

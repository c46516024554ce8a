"""Django's registration of the package."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """Statutory notices."""

    name = "kept.notices"
    label = "notices"

"""Django's registration of the package."""

from django.apps import AppConfig


class WaitingConfig(AppConfig):
    """Waiting lists."""

    name = "kept.waiting"
    label = "waiting"
